import {
  Flex,
  Skeleton,
  Switch,
  Text,
  Accordion,
  AccordionPanel,
  AccordionTrigger,
} from '@backstage/ui';
import { CheckRun } from '@berth/plugin-berth-common';
import {
  ActionButton,
  ProblemAlert,
  useReadOnlyReason,
  useText,
  useMomentText,
} from '../../../kit';
import { CheckList, Verdict, CheckMark } from './CheckList';
import { isOutdated, verdictOf } from './summarize';
import { Doctor } from './useDoctor';

/** Shows the latest checks of a cluster, and earlier runs. */
export function DoctorPanel(props: {
  doctor: Doctor;
  /** ISO 8601 time of the cluster's last change of state. */
  stateSince?: string;
}) {
  const { doctor, stateSince } = props;
  const t = useText();
  const { runs, running, problem, live, setLive, run } = doctor;
  const readOnly = useReadOnlyReason();
  const [latest, ...earlier] = runs.value ?? [];
  const outdated = latest !== undefined && isOutdated(latest, stateSince);
  return (
    <Flex direction="column" gap="3">
      <Flex
        justify="between"
        align="center"
        gap="3"
        style={{ flexWrap: 'wrap' }}
      >
        <div aria-live="polite">
          {latest && <Verdict run={latest} outdated={outdated} />}
          {!latest && runs.value && (
            <Text color="secondary">
              {running ? t('doctor.looking') : t('doctor.never')}
            </Text>
          )}
        </div>
        <Flex align="center" gap="4">
          {!readOnly && (
            <Switch
              label={t('doctor.live')}
              isSelected={live}
              onChange={setLive}
            />
          )}
          <ActionButton
            variant="secondary"
            onPress={run}
            isPending={running}
            disabledReason={readOnly}
          >
            {t('doctor.run')}
          </ActionButton>
        </Flex>
      </Flex>
      {problem !== undefined && (
        <ProblemAlert error={problem} title={t('doctor.failed')} />
      )}
      {runs.error !== undefined && !runs.value && (
        <ProblemAlert error={runs.error} title={t('doctor.unreadable')} />
      )}
      {!latest && !runs.error && (running || !runs.value) && (
        <Skeleton width="100%" height={160} />
      )}
      {outdated && <Text color="secondary">{t('doctor.outdated')}</Text>}
      {latest && <CheckList checks={latest.items} outdated={outdated} />}
      {earlier.length > 0 && <CheckHistory runs={earlier} />}
    </Flex>
  );
}

/** Earlier runs, collapsed by default. */
export function CheckHistory({ runs }: { runs: CheckRun[] }) {
  const t = useText();
  return (
    <Accordion>
      <AccordionTrigger
        title={t('doctor.history', { count: runs.length })}
        subtitle={t('doctor.historyHint')}
      />
      <AccordionPanel>
        <Flex direction="column" gap="2">
          {runs.map(run => (
            <EarlierRun key={run.id} run={run} />
          ))}
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}

function EarlierRun({ run }: { run: CheckRun }) {
  const { clock } = useMomentText(run.finishedAt);
  const notPassed = run.items.filter(
    ({ status }) => status === 'Failed' || status === 'Warning',
  );
  return (
    <Accordion>
      <AccordionTrigger>
        <Flex align="center" gap="2">
          <CheckMark status={verdictOf(run.items)} />
          <Text>{clock}</Text>
          <Text variant="body-small" color="secondary">
            {notPassed.map(({ title }) => title).join(', ')}
          </Text>
        </Flex>
      </AccordionTrigger>
      <AccordionPanel>
        <CheckList checks={run.items} />
      </AccordionPanel>
    </Accordion>
  );
}
