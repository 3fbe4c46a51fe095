import { Cluster } from '@berth/plugin-berth-common';
import { formatCpu, formatMemory } from '../../../../kit/format';
import { useText } from '../../../../kit';
import { FigureCell } from './FigureCell';

/** All capacity in one column, for narrow windows. */
export function CapacityCell(props: {
  cluster: Cluster;
  withVersion: boolean;
}) {
  const { cluster, withVersion } = props;
  const t = useText();
  const { version, nodes, cpu, memory, gpus } = cluster.status;
  const parts = [
    withVersion && version,
    nodes !== undefined && t('clusters.nodes', { count: nodes }),
    cpu !== undefined && formatCpu(cpu),
    memory !== undefined && formatMemory(memory),
    gpus ? t('clusters.gpus', { count: gpus }) : undefined,
  ].filter(Boolean);
  return (
    <FigureCell
      cluster={cluster}
      text={parts.length > 0 ? parts.join(' · ') : undefined}
      wrap
    />
  );
}
