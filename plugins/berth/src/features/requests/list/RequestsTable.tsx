import { useMemo } from 'react';
import { AccessRequest, List } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { ListTable, SteadyTable, paginationOf, useText } from '../../../kit';
import { requestColumns } from './requestColumns';
import { ListQuery } from './requestsQuery';

const WIDE = 820;
const NARROW = 480;

/** One page of requests. Without a list, its skeleton. */
export function RequestsTable(props: {
  list?: List<AccessRequest>;
  isStale: boolean;
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
}) {
  const { list, isStale, query, onQueryChange } = props;
  const t = useText();
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  // Where nothing can be measured, nothing is hidden.
  const wide = width === 0 || width >= WIDE;
  const narrow = width > 0 && width < NARROW;
  const mine = query.section === 'mine';
  const columns = useMemo(
    () => requestColumns(t, { wide, narrow, mine }),
    [t, wide, narrow, mine],
  );
  return (
    <ListTable ref={ref} isStale={isStale && Boolean(list)}>
      <SteadyTable
        columnConfig={columns}
        data={list?.items}
        isPending={!list}
        pagination={paginationOf({
          offset: (query.page - 1) * query.pageSize,
          pageSize: query.pageSize,
          totalItems: list?.totalItems ?? 0,
          label: range => t('requests.page', range),
          onPage: page => onQueryChange({ page }),
          onPageSize: pageSize => onQueryChange({ pageSize }),
        })}
      />
    </ListTable>
  );
}
