import { Cell, Column, ColumnConfig, VisuallyHidden } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { formatCpu, formatMemory } from '../../../kit/format';
import { KubeconfigButton } from '../../../kit/kubeconfig/KubeconfigButton';
import { Translate } from '../../../kit';
import {
  CapacityCell,
  FigureCell,
  GroupsCell,
  LastSeenCell,
  NameCell,
  StateCell,
} from './clusterCells';

const ACTIONS_WIDTH = 50;

/** Table widths from which more columns fit, in pixels. */
export const CLUSTER_BREAKPOINTS = [520, 760, 1000];

const ROOMS = ['phone', 'narrow', 'medium', 'wide'] as const;

/**
 * Returns the columns of the list, each with its least readable width.
 *
 * @param fitting - the number of breakpoints that the table reaches
 */
export function clusterColumns(
  t: Translate,
  fitting: number,
  onKubeconfig: (cluster: Cluster) => void,
): ColumnConfig<Cluster>[] {
  const room = ROOMS[fitting];
  return [
    {
      id: 'name',
      label: t('clusters.column.name'),
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '1.2fr',
      minWidth: 110,
      cell: cluster => <NameCell cluster={cluster} />,
    },
    {
      id: 'state',
      label: t('clusters.column.state'),
      isSortable: true,
      defaultWidth: '2fr',
      minWidth: 150,
      cell: cluster => <StateCell cluster={cluster} />,
    },
    {
      id: 'version',
      label: t('clusters.column.version'),
      isSortable: true,
      isHidden: room === 'narrow' || room === 'phone',
      minWidth: 94,
      cell: cluster => (
        <FigureCell cluster={cluster} text={cluster.status.version} />
      ),
    },
    {
      id: 'capacity',
      label: t('clusters.column.capacity'),
      isHidden: room === 'wide' || room === 'phone',
      defaultWidth: '1.2fr',
      minWidth: 130,
      cell: cluster => (
        <CapacityCell cluster={cluster} withVersion={room === 'narrow'} />
      ),
    },
    ...(room === 'wide' ? figureColumns(t) : []),
    {
      id: 'groups',
      label: t('clusters.column.groups'),
      isHidden: room === 'phone',
      defaultWidth: '1.2fr',
      minWidth: 100,
      cell: cluster => <GroupsCell cluster={cluster} />,
    },
    {
      id: 'lastSeen',
      label: t('clusters.column.lastSeen'),
      isSortable: true,
      isHidden: room === 'narrow' || room === 'phone',
      minWidth: 104,
      cell: cluster => <LastSeenCell cluster={cluster} />,
    },
    {
      id: 'actions',
      label: t('clusters.column.actions'),
      header: () => (
        <Column id="actions" width={ACTIONS_WIDTH}>
          <VisuallyHidden>{t('clusters.column.actions')}</VisuallyHidden>
        </Column>
      ),
      width: ACTIONS_WIDTH,
      cell: cluster => (
        <Cell>
          <KubeconfigButton
            cluster={cluster}
            compact
            onOpen={() => onKubeconfig(cluster)}
          />
        </Cell>
      ),
    },
  ];
}

function figureColumns(t: Translate): ColumnConfig<Cluster>[] {
  const figures: {
    id: 'nodes' | 'cpu' | 'memory' | 'gpus';
    width: number;
    textOf: (status: Cluster['status']) => string | undefined;
  }[] = [
    { id: 'nodes', width: 84, textOf: ({ nodes }) => nodes?.toString() },
    { id: 'cpu', width: 88, textOf: ({ cpu }) => cpu && formatCpu(cpu) },
    {
      id: 'memory',
      width: 94,
      textOf: ({ memory }) => memory && formatMemory(memory),
    },
    {
      id: 'gpus',
      width: 78,
      textOf: ({ gpus }) =>
        gpus === 0 ? t('clusters.noGpus') : gpus?.toString(),
    },
  ];
  return figures.map(({ id, width, textOf }) => ({
    id,
    label: t(`clusters.column.${id}`),
    isSortable: true,
    width,
    cell: cluster => (
      <FigureCell cluster={cluster} text={textOf(cluster.status)} />
    ),
  }));
}
