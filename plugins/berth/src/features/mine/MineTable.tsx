import { useMemo, useState } from 'react';
import { Cell, Column, ColumnConfig, VisuallyHidden } from '@backstage/ui';
import useMeasure from 'react-use/esm/useMeasure';
import { KubeconfigDialog } from '../../kit/kubeconfig';
import { TightestBar } from '../../kit/quota';
import {
  ListTable,
  PAGE_SIZES,
  SteadyTable,
  paginationOf,
  Translate,
  useText,
} from '../../kit';
import { ClusterCell } from './cells/ClusterCell';
import { HeldCell } from './cells/HeldCell';
import { KubeconfigCell } from './cells/KubeconfigCell';
import { NameCell } from './cells/NameCell';
import { MineQuery, MineRow, MineSortColumn } from './mine';

const ACTIONS_WIDTH = 64;
/** Below it, the cluster is shown with the namespace, and the use only on the namespace's page. */
const WIDE = 600;

/** The namespaces of the caller. Without rows, its skeleton. */
export function MineTable(props: {
  rows?: MineRow[];
  query: MineQuery;
  onQueryChange: (change: Partial<MineQuery>) => void;
  /** Heading of the roles, where they are not the caller's. */
  heldLabel?: string;
}) {
  const { rows, query, onQueryChange } = props;
  const t = useText();
  const heldLabel = props.heldLabel ?? t('mine.column.held');
  const [kubeconfigFor, setKubeconfigFor] = useState<MineRow>();
  const [page, setPage] = useState(1);
  const [pageSize, setPageSize] = useState(PAGE_SIZES[1]);
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  // Where nothing can be measured, nothing is hidden.
  const wide = width === 0 || width >= WIDE;
  const columns = useMemo(
    () => columnsOf(t, { heldLabel, wide, onKubeconfig: setKubeconfigFor }),
    [t, heldLabel, wide],
  );
  const totalItems = rows?.length ?? 0;
  const lastPage = Math.max(1, Math.ceil(totalItems / pageSize));
  const offset = (Math.min(page, lastPage) - 1) * pageSize;
  const shown = useMemo(
    () => rows?.slice(offset, offset + pageSize),
    [rows, offset, pageSize],
  );
  return (
    <ListTable ref={ref}>
      <SteadyTable
        columnConfig={columns}
        data={shown}
        isPending={!rows}
        sort={{
          descriptor: query.sort,
          onSortChange: ({ column, direction }) =>
            onQueryChange({
              sort: { column: column as MineSortColumn, direction },
            }),
        }}
        pagination={paginationOf({
          offset,
          pageSize,
          totalItems,
          label: range => t('namespaces.page', range),
          onPage: setPage,
          onPageSize: setPageSize,
        })}
      />
      {kubeconfigFor?.cluster && (
        <KubeconfigDialog
          cluster={kubeconfigFor.cluster}
          namespace={kubeconfigFor.namespace.name}
          onClose={() => setKubeconfigFor(undefined)}
        />
      )}
    </ListTable>
  );
}

function columnsOf(
  t: Translate,
  options: {
    heldLabel: string;
    wide: boolean;
    onKubeconfig: (row: MineRow) => void;
  },
): ColumnConfig<MineRow>[] {
  const { heldLabel, wide, onKubeconfig } = options;
  return [
    {
      id: 'name',
      label: t('mine.column.name'),
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '1.2fr',
      minWidth: 120,
      cell: ({ namespace, cluster }) => (
        <NameCell
          namespace={namespace}
          clusterState={cluster?.status.state}
          withCluster={!wide}
        />
      ),
    },
    {
      id: 'cluster',
      label: t('mine.column.cluster'),
      isSortable: true,
      isHidden: !wide,
      defaultWidth: '1.4fr',
      minWidth: 125,
      cell: row => <ClusterCell row={row} />,
    },
    {
      id: 'held',
      label: heldLabel,
      isSortable: true,
      defaultWidth: '1.4fr',
      minWidth: 130,
      cell: ({ grants }) => <HeldCell grants={grants} />,
    },
    {
      id: 'use',
      label: t('mine.column.use'),
      isSortable: true,
      isHidden: !wide,
      defaultWidth: '1.2fr',
      minWidth: 120,
      cell: ({ namespace }) => (
        <Cell>
          <TightestBar quota={namespace.quota} />
        </Cell>
      ),
    },
    {
      id: 'actions',
      label: t('mine.column.actions'),
      header: () => (
        <Column id="actions" width={ACTIONS_WIDTH}>
          <VisuallyHidden>{t('mine.column.actions')}</VisuallyHidden>
        </Column>
      ),
      width: ACTIONS_WIDTH,
      cell: row => (
        <Cell>
          <KubeconfigCell row={row} onOpen={() => onKubeconfig(row)} />
        </Cell>
      ),
    },
  ];
}
