import { Text, VisuallyHidden, Flex } from '@backstage/ui';
import {
  ClusterCheck,
  CheckStatus,
  CheckRun,
} from '@berth/plugin-berth-common';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiIndeterminateCircleLine,
  RemixiconComponentType,
} from '@remixicon/react';
import { useCauseText, useText, Moment, Translate } from '../../../kit';
import styles from './Doctor.module.css';
import { countChecks, verdictOf } from './summarize';

/** Lists the checks of one run in order; each failed check has its cause and a fix. */
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

const ICONS: Record<CheckStatus, RemixiconComponentType> = {
  Passed: RiCheckboxCircleFill,
  Warning: RiAlertFill,
  Failed: RiCloseCircleFill,
  Skipped: RiIndeterminateCircleLine,
};

/** Shows the result of a check as a coloured icon, and as a word for screen readers. */
export function CheckMark({ status }: { status: CheckStatus }) {
  const t = useText();
  const Icon = ICONS[status];
  return (
    <span className={styles.mark} data-status={status}>
      <Icon size={20} aria-hidden="true" />
      <VisuallyHidden>{t(`doctor.status.${status}`)}</VisuallyHidden>
    </span>
  );
}

/** Shows the result of a run in one line. */
export function Verdict(props: { run: CheckRun; outdated: boolean }) {
  const { run, outdated } = props;
  const t = useText();
  return (
    <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
      <CheckMark status={outdated ? 'Skipped' : verdictOf(run.items)} />
      <Text
        weight={outdated ? 'regular' : 'bold'}
        color={outdated ? 'secondary' : 'primary'}
      >
        {verdictText(t, run.items)}
      </Text>
      <Text variant="body-small" color="secondary">
        <Moment at={run.finishedAt} />
        {', '}
        {t(`doctor.trigger.${run.trigger}`)}
      </Text>
    </Flex>
  );
}

function verdictText(t: Translate, checks: ClusterCheck[]): string {
  const { Passed, Warning, Failed, Skipped } = countChecks(checks);
  const total = String(checks.length);
  if (Failed > 0) {
    return t('doctor.verdict.Failed', { count: Failed, total });
  }
  if (Warning > 0) {
    return t('doctor.verdict.Warning', { count: Warning, total });
  }
  if (Passed === 0) {
    return t('doctor.verdict.Skipped');
  }
  return Skipped > 0
    ? t('doctor.verdict.PassedSome', {
        count: Passed,
        skipped: String(Skipped),
      })
    : t('doctor.verdict.Passed', { count: Passed });
}
