import { Text } from '@backstage/ui';
import { ClusterCheck } from '@berth/plugin-berth-common';
import { useCauseText, useText } from '../../../kit';
import { CheckMark } from './CheckMark';
import styles from './Doctor.module.css';

/** The checks of one run in their order; each failed one has its cause and a fix. */
export function CheckList(props: {
  checks: ClusterCheck[];
  /** Whether the state of the cluster has changed since the run. */
  outdated?: boolean;
}) {
  const { checks, outdated = false } = props;
  return (
    <ul className={styles.checks} data-outdated={outdated}>
      {checks.map(check => (
        <li key={check.id} className={styles.check}>
          <CheckMark status={check.status} />
          <CheckText check={check} />
        </li>
      ))}
    </ul>
  );
}

function CheckText({ check }: { check: ClusterCheck }) {
  const t = useText();
  const causeText = useCauseText();
  const { title, message, cause, hint, status } = check;
  return (
    <div className={styles.checkText}>
      <Text
        as="p"
        variant="body-medium"
        weight={
          status === 'Passed' || status === 'Skipped' ? 'regular' : 'bold'
        }
        color={status === 'Skipped' ? 'secondary' : 'primary'}
      >
        {title}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {causeText(cause, message)}
      </Text>
      {hint && (
        <Text as="p" variant="body-small" className={styles.hint}>
          {t('doctor.fix', { hint })}
        </Text>
      )}
    </div>
  );
}
