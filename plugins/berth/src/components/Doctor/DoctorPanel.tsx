import { Button, Flex, Skeleton, Switch, Text } from '@backstage/ui';
import { Moment, ProblemAlert, Translate, useText } from '../common';
import { CheckList } from './CheckList';
import { CheckMark } from './CheckMark';
import { countChecks, verdictOf } from './summarize';
import { Check } from './types';
import { Doctor } from './useDoctor';

/** What the doctor finds, while it looks again and again. */
export function DoctorPanel({ doctor }: { doctor: Doctor }) {
  const t = useText();
  const { value: checks, error, updatedAt, refreshing, refresh } = doctor;
  return (
    <Flex direction="column" gap="3">
      <Flex
        justify="between"
        align="center"
        gap="3"
        style={{ flexWrap: 'wrap' }}
      >
        <div aria-live="polite">
          {checks ? (
            <Verdict checks={checks} at={updatedAt} />
          ) : (
            !error && <Text>{t('doctor.looking')}</Text>
          )}
        </div>
        <Flex align="center" gap="4">
          <Switch
            label={t('doctor.live')}
            isSelected={doctor.live}
            onChange={doctor.setLive}
          />
          <Button
            variant="secondary"
            onPress={refresh}
            isPending={refreshing || (!checks && !error)}
          >
            {t('onboarding.check.action')}
          </Button>
        </Flex>
      </Flex>
      {error !== undefined && (
        <ProblemAlert error={error} title={t('onboarding.check.failed')} />
      )}
      {checks && <CheckList checks={checks} />}
      {!checks && !error && <Skeleton width="100%" height={160} />}
    </Flex>
  );
}

/** The outcome of all checks in one line. */
export function Verdict(props: { checks: Check[]; at?: string | number }) {
  const { checks, at } = props;
  const t = useText();
  const verdict = verdictOf(checks);
  return (
    <Flex align="center" gap="2">
      <CheckMark status={verdict} />
      <Text weight="bold">{verdictText(t, checks)}</Text>
      {at !== undefined && (
        <Text variant="body-small" color="secondary">
          {t('onboarding.check.checked', { when: <Moment at={at} /> })}
        </Text>
      )}
    </Flex>
  );
}

function verdictText(t: Translate, checks: Check[]): string {
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
