import { useMemo } from 'react';
import { Cluster } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { ListTable, SteadyTable, useText } from '../common';
import { clusterColumns, roomOf } from './clusterColumns';
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
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const room = roomOf(width);
  const columns = useMemo(
    () => clusterColumns(t, room, onKubeconfig),
    [t, room, onKubeconfig],
  );
  const { offset = 0, totalItems = 0 } = selection ?? {};
  const end = Math.min(offset + query.pageSize, totalItems);
  return (
    <ListTable ref={ref}>
      <SteadyTable
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
    </ListTable>
  );
}
