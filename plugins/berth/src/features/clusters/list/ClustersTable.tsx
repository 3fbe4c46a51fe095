import { useMemo } from 'react';
import { Cluster } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { ListTable, SteadyTable, paginationOf, useText } from '../../../kit';
import { clusterColumns, roomOf } from './clusterColumns';
import {
  ClusterQuery,
  ClusterSelection,
  ClusterSortColumn,
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
        pagination={paginationOf({
          offset,
          pageSize: query.pageSize,
          totalItems,
          label: range => t('clusters.page', range),
          onPage: page => onQueryChange({ page }),
          onPageSize: pageSize => onQueryChange({ pageSize }),
        })}
      />
    </ListTable>
  );
}
