import { useMemo } from 'react';
import { Cluster, List, ManagedNamespace } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { ListTable, SteadyTable, paginationOf, useText } from '../../../kit';
import { namespaceColumns } from './namespaceColumns';
import { ListQuery, SortColumn } from './namespacesQuery';

const WIDE = 900;
const NARROW = 560;

/** One page of namespaces. Without a list, its skeleton. */
export function NamespacesTable(props: {
  list?: List<ManagedNamespace>;
  /** Undefined while they are not known. */
  clusters?: Cluster[];
  isStale: boolean;
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
  withCluster: boolean;
}) {
  const { list, clusters, isStale, query, onQueryChange, withCluster } = props;
  const t = useText();
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  // Where nothing can be measured, nothing is hidden.
  const wide = width === 0 || width >= WIDE;
  const narrow = width > 0 && width < NARROW;
  const columns = useMemo(
    () => namespaceColumns(t, { wide, narrow, withCluster }),
    [t, wide, narrow, withCluster],
  );
  const rows = useMemo(() => {
    const states = new Map(
      clusters?.map(({ name, status }) => [name, status.state]),
    );
    return list?.items.map(namespace => ({
      id: `${namespace.cluster}/${namespace.name}`,
      namespace,
      clusterState: states.get(namespace.cluster),
    }));
  }, [list, clusters]);
  return (
    <ListTable ref={ref} isStale={isStale && Boolean(rows)}>
      <SteadyTable
        columnConfig={columns}
        data={rows}
        isPending={!rows}
        sort={{
          descriptor: query.sort,
          onSortChange: ({ column, direction }) =>
            onQueryChange({
              sort: { column: column as SortColumn, direction },
            }),
        }}
        pagination={paginationOf({
          offset: (query.page - 1) * query.pageSize,
          pageSize: query.pageSize,
          totalItems: list?.totalItems ?? 0,
          label: range => t('namespaces.page', range),
          onPage: page => onQueryChange({ page }),
          onPageSize: pageSize => onQueryChange({ pageSize }),
        })}
      />
    </ListTable>
  );
}
