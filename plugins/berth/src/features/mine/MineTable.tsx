import { ReactNode, useCallback, useMemo, useState } from 'react';
import { Cell, Column, ColumnConfig, VisuallyHidden } from '@backstage/ui';
import { Cluster, ManagedNamespace } from '@berth/plugin-berth-common';
import { KubeconfigDialog } from '../../kit/kubeconfig/KubeconfigDialog';
import { TightestBar } from '../../kit/quota';
import {
  FIRST_PAGE,
  PAGE_SIZES,
  Paging,
  ResourceTable,
  ResourceTableProps,
  Translate,
  pageOf,
  useText,
} from '../../kit';
import { ClusterCell, RolesCell, KubeconfigCell, NameCell } from './mineCells';
import { MineQuery, MineRow, DEFAULT_QUERY, rowsOf, selectRows } from './mine';

const ACTIONS_WIDTH = 64;
/** Below this width the cluster moves to the namespace's cell, and only the namespace's page shows the usage. */
const BREAKPOINTS = [600];

interface MineTableProps {
  rows?: MineRow[];
  query: MineQuery;
  onQueryChange: (change: Partial<MineQuery>) => void;
  /** Heading of the column with the roles, if they are not the caller's. */
  rolesLabel?: string;
}

/** Shows the namespaces of the caller. Without rows, shows a skeleton. */
export function MineTable(props: MineTableProps) {
  const { table, dialog } = useMineTable(props);
  return (
    <>
      <ResourceTable {...table} />
      {dialog}
    </>
  );
}

/** Returns the table of the caller's namespaces, with pages, and the dialog that its buttons open. */
export function useMineTable(props: MineTableProps): {
  table: ResourceTableProps<MineRow, MineQuery & Paging>;
  dialog: ReactNode;
} {
  const { rows, query, onQueryChange } = props;
  const t = useText();
  const rolesLabel = props.rolesLabel ?? t('mine.column.held');
  const [kubeconfigFor, setKubeconfigFor] = useState<MineRow>();
  const [paging, setPaging] = useState<Paging>({
    ...FIRST_PAGE,
    pageSize: PAGE_SIZES[1],
  });
  const columns = useCallback(
    (fitting: number) =>
      columnsOf(t, {
        rolesLabel,
        wide: fitting === BREAKPOINTS.length,
        onKubeconfig: setKubeconfigFor,
      }),
    [t, rolesLabel],
  );
  const page = useMemo(() => rows && pageOf(rows, paging), [rows, paging]);
  return {
    table: {
      page,
      columns,
      breakpoints: BREAKPOINTS,
      query: { ...query, ...paging },
      onQueryChange: ({ sort, ...change }) => {
        setPaging(before => ({ ...before, ...change }));
        if (sort) {
          onQueryChange({ sort });
        }
      },
      pageLabel: range => t('namespaces.page', range),
    },
    dialog: kubeconfigFor?.cluster && (
      <KubeconfigDialog
        cluster={kubeconfigFor.cluster}
        namespace={kubeconfigFor.namespace.name}
        onClose={() => setKubeconfigFor(undefined)}
      />
    ),
  };
}

function columnsOf(
  t: Translate,
  options: {
    rolesLabel: string;
    wide: boolean;
    onKubeconfig: (row: MineRow) => void;
  },
): ColumnConfig<MineRow>[] {
  const { rolesLabel, wide, onKubeconfig } = options;
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
      label: rolesLabel,
      isSortable: true,
      defaultWidth: '1.4fr',
      minWidth: 130,
      cell: row => <RolesCell row={row} />,
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

/** Shows namespaces with the roles of some groups. Without namespaces, shows a skeleton. */
export function RolesTable(props: {
  namespaces?: ManagedNamespace[];
  clusters?: Cluster[];
  /** Entity refs. */
  groups: string[];
  /** Entity ref of the person whose personal namespaces are shown as such. */
  user?: string;
  rolesLabel?: string;
}) {
  const [query, setQuery] = useState(DEFAULT_QUERY);
  const { namespaces, clusters = [], groups, user, rolesLabel } = props;
  return (
    <MineTable
      rows={
        namespaces &&
        selectRows(rowsOf(namespaces, clusters, { groups, user }), query)
      }
      query={query}
      rolesLabel={rolesLabel}
      onQueryChange={change => setQuery(before => ({ ...before, ...change }))}
    />
  );
}
