import { Text } from '@backstage/ui';
import { DateTime } from 'luxon';
import styles from './UntilField.module.css';

/* The browser's own picker, which @backstage/ui has not: it knows the person's calendar, time zone and keyboard. */
/** When something ends; empty for never. */
export function UntilField(props: {
  label: string;
  showLabel?: boolean;
  /** Next to the label where that is shown. */
  secondaryLabel?: string;
  /** ISO 8601. */
  expiresAt?: string;
  isInvalid?: boolean;
  /** Id of the element that says more of it. */
  describedBy?: string;
  onChange: (expiresAt: string | undefined) => void;
}) {
  const { label, showLabel, secondaryLabel, expiresAt } = props;
  const { isInvalid, describedBy, onChange } = props;
  return (
    <div className={styles.until}>
      {showLabel && (
        <Text as="p" variant="body-small" aria-hidden="true">
          {label}
          {secondaryLabel && (
            <Text as="span" variant="body-small" color="secondary">
              {` (${secondaryLabel})`}
            </Text>
          )}
        </Text>
      )}
      <input
        className={styles.moment}
        type="datetime-local"
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        value={toLocalInput(expiresAt)}
        onChange={event => onChange(fromLocalInput(event.target.value))}
      />
    </div>
  );
}

/** Writes an ISO 8601 time as a `datetime-local` input wants it, in the time zone of the browser. */
export function toLocalInput(time: string | undefined): string {
  return time === undefined
    ? ''
    : DateTime.fromISO(time).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** Reads what a `datetime-local` input gives; undefined where nothing or nothing whole was typed. */
export function fromLocalInput(typed: string): string | undefined {
  return DateTime.fromISO(typed).toUTC().toISO() ?? undefined;
}
