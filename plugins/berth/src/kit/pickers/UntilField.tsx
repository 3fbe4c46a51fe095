import { Text } from '@backstage/ui';
import { DateTime } from 'luxon';
import styles from './UntilField.module.css';

/* The browser's own picker, which @backstage/ui lacks: it knows the person's calendar, time zone and keyboard. */
/** Chooses the end of something; empty means never. */
export function UntilField(props: {
  label: string;
  showLabel?: boolean;
  /** Shown next to the label, if that is visible. */
  secondaryLabel?: string;
  /** ISO 8601. */
  expiresAt?: string;
  isInvalid?: boolean;
  /** Id of the element with a description. */
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

/** Writes an ISO 8601 time for a `datetime-local` input, in the time zone of the browser. */
export function toLocalInput(time: string | undefined): string {
  return time === undefined
    ? ''
    : DateTime.fromISO(time).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** Reads the value of a `datetime-local` input; undefined if it is empty or incomplete. */
export function fromLocalInput(typed: string): string | undefined {
  return DateTime.fromISO(typed).toUTC().toISO() ?? undefined;
}
