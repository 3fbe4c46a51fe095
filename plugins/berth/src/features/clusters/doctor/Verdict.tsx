import { Flex, Text } from '@backstage/ui';
import { CheckRun, ClusterCheck } from '@berth/plugin-berth-common';
import { Moment, Translate, useText } from '../../../kit';
import { CheckMark } from './CheckMark';
import { countChecks, verdictOf } from './summarize';

/** The result of a run in one line. */
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
