import {
  Cell,
  Column,
  ColumnConfig,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ClusterState, ManagedNamespace } from '@berth/plugin-berth-common';
import { TightestBar } from '../../../kit/quota';
import {
  Ellipsis,
  Moment,
  NamespaceStatusLabel,
  Translate,
} from '../../../kit';
import { ActionsCell, NameCell, SharedCell } from './namespaceCells';

const ACTIONS_WIDTH = 60;

/** A namespace as a row. */
export interface NamespaceRow {
  id: string;
  namespace: ManagedNamespace;
  /** Undefined while unknown. */
  clusterState?: ClusterState;
}

/** Table widths from which more columns fit, in pixels. */
export const NAMESPACE_BREAKPOINTS = [560, 900];

/**
 * Returns the columns of the list, each with its least readable width.
 *
 * @param fitting - the number of breakpoints that the table reaches
 */
export function namespaceColumns(
  t: Translate,
  fitting: number,
  withCluster: boolean,
): ColumnConfig<NamespaceRow>[] {
  const wide = fitting === NAMESPACE_BREAKPOINTS.length;
  const narrow = fitting === 0;
  return [
    {
      id: 'name',
      label: t('namespaces.column.name'),
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '1.3fr',
      minWidth: 128,
      cell: ({ namespace }) => (
        <NameCell namespace={namespace} withCluster={withCluster && narrow} />
      ),
    },
    {
      id: 'cluster',
      label: t('namespaces.column.cluster'),
      isSortable: true,
      isHidden: !withCluster || narrow,
      defaultWidth: '0.8fr',
      minWidth: 84,
      cell: ({ namespace }) => (
        <Cell>
          <Text truncate title={namespace.cluster}>
            {namespace.cluster}
          </Text>
        </Cell>
      ),
    },
    {
      id: 'owner',
      label: t('namespaces.column.owner'),
      isSortable: true,
      isHidden: !wide,
      defaultWidth: '0.8fr',
      minWidth: 100,
      cell: ({ namespace: { owner } }) => (
        <Cell>
          {owner ? (
            <Ellipsis title={owner}>
              <EntityRefLink entityRef={owner} defaultKind="group" hideIcon />
            </Ellipsis>
          ) : (
            <Text variant="body-small" color="secondary">
              {t('namespaces.noOwner')}
            </Text>
          )}
        </Cell>
      ),
    },
    {
      id: 'shared',
      label: t('namespaces.column.shared'),
      isHidden: narrow,
      defaultWidth: '1.8fr',
      minWidth: 130,
      cell: ({ namespace }) => <SharedCell namespace={namespace} />,
    },
    {
      id: 'use',
      label: t('namespaces.column.use'),
      isHidden: narrow,
      defaultWidth: '1.5fr',
      minWidth: 128,
      cell: ({ namespace }) => (
        <Cell>
          <TightestBar quota={namespace.quota} />
        </Cell>
      ),
    },
    {
      id: 'phase',
      label: t('namespaces.column.status'),
      isSortable: true,
      minWidth: 104,
      cell: ({ namespace, clusterState }) => (
        <Cell>
          <span title={namespace.message}>
            <NamespaceStatusLabel
              namespace={namespace}
              clusterState={clusterState}
            />
          </span>
        </Cell>
      ),
    },
    {
      id: 'createdAt',
      label: t('namespaces.column.age'),
      isSortable: true,
      isHidden: !wide,
      defaultWidth: '0.8fr',
      minWidth: 96,
      cell: ({ namespace }) => (
        <Cell>
          <Text variant="body-small" color="secondary">
            <Moment at={namespace.createdAt} display="age" />
          </Text>
        </Cell>
      ),
    },
    {
      id: 'actions',
      label: t('namespaces.column.actions'),
      header: () => (
        <Column id="actions" width={ACTIONS_WIDTH}>
          <VisuallyHidden>{t('namespaces.column.actions')}</VisuallyHidden>
        </Column>
      ),
      width: ACTIONS_WIDTH,
      cell: ({ namespace }) => <ActionsCell namespace={namespace} />,
    },
  ];
}
