import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { CheckRun } from '@berth/plugin-berth-common';
import { useMomentText, useText } from '../../../kit';
import { CheckList } from './CheckList';
import { CheckMark } from './CheckMark';
import { verdictOf } from './summarize';

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
