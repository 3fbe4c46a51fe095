import { useMemo } from 'react';
import { Cell, ColumnConfig, Table, useBreakpoint } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { formatCpu, formatMemory } from '../../format';
import { KubeconfigButton } from '../Kubeconfig';
import { Translate, useText } from '../common';
import {
  CapacityCell,
  FigureCell,
  GroupsCell,
  LastSeenCell,
  NameCell,
  StateCell,
} from './cells';
import {
  ClusterQuery,
  ClusterSelection,
  ClusterSortColumn,
  PAGE_SIZES,
} from './clusterQuery';

/** The clusters of one page of the list. Without a selection, its skeleton. */
export function ClustersTable(props: {
  selection?: ClusterSelection;
  query: ClusterQuery;
  onQueryChange: (change: Partial<ClusterQuery>) => void;
  onKubeconfig: (cluster: Cluster) => void;
}) {
  const { selection, query, onQueryChange, onKubeconfig } = props;
  const t = useText();
  const narrow = useBreakpoint().down('xl');
  const columns = useMemo(
    () => columnsOf(t, narrow, onKubeconfig),
    [t, narrow, onKubeconfig],
  );
  const { offset = 0, totalItems = 0 } = selection ?? {};
  const end = Math.min(offset + query.pageSize, totalItems);
  return (
    <Table
      columnConfig={columns}
      data={selection?.items}
      isPending={!selection}
      sort={{
        descriptor: query.sort,
        onSortChange: ({ column, direction }) =>
          onQueryChange({
            sort: { column: column as ClusterSortColumn, direction },
          }),
      }}
      pagination={
        totalItems > PAGE_SIZES[0]
          ? {
              type: 'page',
              pageSize: query.pageSize,
              pageSizeOptions: PAGE_SIZES,
              offset,
              totalCount: totalItems,
              hasNextPage: end < totalItems,
              hasPreviousPage: offset > 0,
              onNextPage: () => onQueryChange({ page: query.page + 1 }),
              onPreviousPage: () => onQueryChange({ page: query.page - 1 }),
              onPageSizeChange: pageSize => onQueryChange({ pageSize }),
              getLabel: () =>
                t('clusters.page', {
                  from: String(offset + 1),
                  to: String(end),
                  total: String(totalItems),
                }),
            }
          : { type: 'none' }
      }
    />
  );
}

function columnsOf(
  t: Translate,
  narrow: boolean,
  onKubeconfig: (cluster: Cluster) => void,
): ColumnConfig<Cluster>[] {
  const columns: ColumnConfig<Cluster>[] = [
    {
      id: 'name',
      label: t('clusters.column.name'),
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '1.2fr',
      minWidth: 140,
      cell: cluster => <NameCell cluster={cluster} />,
    },
    {
      id: 'state',
      label: t('clusters.column.state'),
      isSortable: true,
      defaultWidth: '2fr',
      minWidth: 200,
      cell: cluster => <StateCell cluster={cluster} />,
    },
    {
      id: 'version',
      label: t('clusters.column.version'),
      isSortable: true,
      minWidth: 90,
      cell: cluster => (
        <FigureCell cluster={cluster} text={cluster.status.version} />
      ),
    },
    {
      id: 'capacity',
      label: t('clusters.column.capacity'),
      isHidden: !narrow,
      defaultWidth: '1.2fr',
      minWidth: 150,
      cell: cluster => <CapacityCell cluster={cluster} />,
    },
    ...figureColumns(t).map(column => ({ ...column, isHidden: narrow })),
    {
      id: 'groups',
      label: t('clusters.column.groups'),
      defaultWidth: '1.2fr',
      minWidth: 120,
      cell: cluster => <GroupsCell cluster={cluster} />,
    },
    {
      id: 'lastSeen',
      label: t('clusters.column.lastSeen'),
      isSortable: true,
      minWidth: 110,
      cell: cluster => <LastSeenCell cluster={cluster} />,
    },
    {
      id: 'actions',
      label: t('clusters.column.actions'),
      width: 110,
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
  return columns;
}

function figureColumns(t: Translate): ColumnConfig<Cluster>[] {
  const figures: {
    id: 'nodes' | 'cpu' | 'memory' | 'gpus';
    width: number;
    textOf: (status: Cluster['status']) => string | undefined;
  }[] = [
    { id: 'nodes', width: 80, textOf: ({ nodes }) => nodes?.toString() },
    { id: 'cpu', width: 95, textOf: ({ cpu }) => cpu && formatCpu(cpu) },
    {
      id: 'memory',
      width: 100,
      textOf: ({ memory }) => memory && formatMemory(memory),
    },
    {
      id: 'gpus',
      width: 80,
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
