import { Alert, Flex, Text } from '@backstage/ui';
import { Cluster, ClusterStatus } from '@berth/plugin-berth-common';
import { formatCpu, formatMemory } from '../../../kit/format';
import { Facts, Moment, Translate, useMomentText, useText } from '../../../kit';
import { Section } from '../../../kit/Section';

/** Shows the capacity of a cluster, as of the last successful probe. */
export function CapacitySection({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { state, lastSeenAt } = cluster.status;
  return (
    <Section title={t('cluster.capacity.title')}>
      <Flex direction="column" gap="3">
        {state !== 'Connected' && lastSeenAt && (
          <LastKnownAlert lastSeenAt={lastSeenAt} />
        )}
        <Facts items={figuresOf(t, cluster.status)} />
        {lastSeenAt && (
          <Text variant="body-small" color="secondary">
            {t('cluster.capacity.asOf', { when: <Moment at={lastSeenAt} /> })}
          </Text>
        )}
      </Flex>
    </Section>
  );
}

function figuresOf(t: Translate, status: ClusterStatus) {
  const { nodes, cpu, memory, pods } = status;
  const unknown = t('cluster.capacity.unknown');
  return [
    { label: t('clusters.column.nodes'), value: nodes ?? unknown },
    {
      label: t('clusters.column.cpu'),
      value: cpu === undefined ? unknown : formatCpu(cpu),
    },
    {
      label: t('clusters.column.memory'),
      value: memory === undefined ? unknown : formatMemory(memory),
    },
    {
      label: t('cluster.capacity.pods'),
      value:
        pods === undefined
          ? unknown
          : t('cluster.capacity.atMost', { number: String(pods) }),
    },
    { label: t('clusters.column.gpus'), value: gpusText(t, status) },
  ];
}

/** With time-slicing and MIG there are two figures: physical and advertised GPUs. */
function gpusText(t: Translate, { gpus, advertisedGpus }: ClusterStatus) {
  if (gpus === undefined && advertisedGpus === undefined) {
    return t('cluster.capacity.unknown');
  }
  if (!gpus && !advertisedGpus) {
    return t('clusters.noGpus');
  }
  if (gpus === undefined) {
    return t('cluster.capacity.gpusAdvertised', {
      advertised: String(advertisedGpus),
    });
  }
  return advertisedGpus === undefined || advertisedGpus === gpus
    ? String(gpus)
    : t('cluster.capacity.gpusBoth', {
        physical: String(gpus),
        advertised: String(advertisedGpus),
      });
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
