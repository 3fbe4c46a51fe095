import { ReactNode, useId, useState } from 'react';
import { Button } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { ActivityEntry } from '@berth/plugin-berth-common';
import { Facts, Moment, useText } from '../../kit';
import styles from './activity.module.css';

/** Shows the details of an entry, if any, behind a button. */
export function EntryDetails({ entry }: { entry: ActivityEntry }) {
  const t = useText();
  const details = Object.entries(entry.meta ?? {});
  if (details.length === 0) {
    return null;
  }
  return (
    <Expander label={t('activity.details')}>
      <Facts
        items={details.map(([label, value]) => ({
          label,
          value: valueText(value),
        }))}
      />
    </Expander>
  );
}

/** Shows several tokens of one person for one cluster behind a button, each with its time and name. */
export function FoldedTokens({ entries }: { entries: ActivityEntry[] }) {
  const t = useText();
  return (
    <Expander label={t('activity.showTokens')}>
      <ul className={styles.tokens}>
        {entries.map(({ id, at, jti }) => (
          <li key={id}>
            <Moment at={at} display="clock" />
            {jti && ` · ${t('activity.jti', { jti })}`}
          </li>
        ))}
      </ul>
    </Expander>
  );
}

function Expander(props: { label: string; children: ReactNode }) {
  const { label, children } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={styles.expander}>
      <Button
        size="small"
        variant="tertiary"
        iconStart={open ? <RiArrowDownSLine /> : <RiArrowRightSLine />}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onPress={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div id={id} className={styles.expanded}>
          {children}
        </div>
      )}
    </div>
  );
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(valueText).join(', ');
  }
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : String(value);
}
