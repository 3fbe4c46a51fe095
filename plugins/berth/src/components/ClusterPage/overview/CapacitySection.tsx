import { Alert, Flex } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { formatCpu, formatMemory } from '../../../format';
import { Facts, useMomentText, useText } from '../../common';
import { Section } from '../Section';

/** How big a cluster is, or was when it was last seen. */
export function CapacitySection({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { state, lastSeenAt, nodes, cpu, memory, gpus } = cluster.status;
  const unknown = t('cluster.capacity.unknown');
  return (
    <Section title={t('cluster.capacity.title')}>
      <Flex direction="column" gap="3">
        {state !== 'Connected' && lastSeenAt && (
          <LastKnownAlert lastSeenAt={lastSeenAt} />
        )}
        <Facts
          items={[
            {
              label: t('clusters.column.nodes'),
              value: nodes ?? unknown,
            },
            {
              label: t('clusters.column.cpu'),
              value: cpu === undefined ? unknown : formatCpu(cpu),
            },
            {
              label: t('clusters.column.memory'),
              value: memory === undefined ? unknown : formatMemory(memory),
            },
            {
              label: t('clusters.column.gpus'),
              value: gpus === 0 ? t('clusters.noGpus') : gpus ?? unknown,
            },
          ]}
        />
      </Flex>
    </Section>
  );
}

function LastKnownAlert({ lastSeenAt }: { lastSeenAt: string }) {
  const t = useText();
  const { relative } = useMomentText(lastSeenAt);
  return (
    <Alert
      status="warning"
      icon
      title={t('cluster.capacity.old', { when: relative })}
    />
  );
}
