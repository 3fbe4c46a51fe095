import { useCallback, useMemo } from 'react';
import { Select, Text } from '@backstage/ui';
import { useRouteRef, useApi } from '@backstage/core-plugin-api';
import { RiShipLine, RiAddLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import {
  CountedPage,
  List,
  ManagedNamespace,
} from '@berth/plugin-berth-common';
import { useClusters, useUrlQuery } from '../../../kit/hooks';
import { GroupPicker } from '../../../kit/pickers';
import { namespaceRouteRef } from '../../../routes';
import { CreateNamespaceDialog } from '../create/CreateNamespaceDialog';
import {
  ClusterBanners,
  ClusterFilter,
  ListSearch,
  NoMatch,
  Notice,
  ResourceList,
  useText,
  ActionButton,
  useReadOnlyReason,
} from '../../../kit';
import { NAMESPACE_BREAKPOINTS, namespaceColumns } from './namespaceColumns';
import styles from './NamespacesPage.module.css';
import {
  DEFAULT_QUERY,
  ListQuery,
  PHASES,
  formatListQuery,
  isFiltered,
  parseListQuery,
  requestOf,
} from './namespacesQuery';
import { berthApiRef } from '../../../api';
import { PolledPage, usePolledPage } from '../../../kit/query';

const ALL = 'all';

/** Lists the namespaces that match a search and filters, for platform admins, with the form to create one. */
export function NamespacesList(props: {
  /** Shows only the namespaces of this cluster. */
  cluster?: string;
  /** Whether the form is open. */
  creating: boolean;
  onCreating: (creating: boolean) => void;
}) {
  const { cluster, creating, onCreating } = props;
  const t = useText();
  const readOnly = useReadOnlyReason();
  const navigate = useNavigate();
  const route = useRouteRef(namespaceRouteRef);
  const [query, changeQuery] = useUrlQuery(parseListQuery, formatListQuery);
  const list = useNamespaces(
    cluster === undefined ? query : { ...query, cluster },
  );
  const clusters = useClusters().value?.items;
  const shown = cluster ?? query.cluster;
  const shownClusters = (clusters ?? []).filter(
    ({ name }) => !shown || name === shown,
  );
  const withCluster = cluster === undefined;
  const { shown: shownPage } = list;
  const page = useMemo(() => {
    const states = new Map(
      clusters?.map(({ name, status }) => [name, status.state]),
    );
    return (
      shownPage && {
        ...shownPage,
        items: shownPage.items.map(namespace => ({
          id: `${namespace.cluster}/${namespace.name}`,
          namespace,
          clusterState: states.get(namespace.cluster),
        })),
      }
    );
  }, [shownPage, clusters]);
  const columns = useCallback(
    (fitting: number) => namespaceColumns(t, fitting, withCluster),
    [t, withCluster],
  );
  const isEmpty =
    shownPage?.totalItems === 0 && !isFiltered(query) && !list.isStale;
  return (
    <>
      <ResourceList
        polled={list}
        page={page}
        isStale={list.isStale}
        columns={columns}
        breakpoints={NAMESPACE_BREAKPOINTS}
        query={query}
        onQueryChange={changeQuery}
        pageLabel={range => t('namespaces.page', range)}
        banner={<ClusterBanners clusters={shownClusters} />}
        filters={
          <Filters
            query={query}
            onQueryChange={changeQuery}
            withCluster={withCluster}
          />
        }
        empty={
          isEmpty && (
            <Notice
              icon={RiShipLine}
              title={t('namespaces.empty.title')}
              actions={
                <CreateNamespaceButton onPress={() => onCreating(true)} />
              }
            >
              <Text color="secondary">{t('namespaces.empty.description')}</Text>
            </Notice>
          )
        }
        noMatch={
          <NoMatch
            title={t('namespaces.noMatch.title')}
            description={t('namespaces.noMatch.description')}
            clear={t('namespaces.noMatch.clear')}
            onClear={() => changeQuery(DEFAULT_QUERY)}
          />
        }
      />
      {creating && !readOnly && (
        <CreateNamespaceDialog
          cluster={cluster ?? query.cluster}
          onClose={() => onCreating(false)}
          onCreated={made =>
            // Back leads to the list and not to the form, which has an address.
            navigate(route({ name: made.cluster, namespace: made.name }), {
              replace: true,
            })
          }
        />
      )}
    </>
  );
}

function Filters(props: {
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
  /** Whether the cluster can be chosen. */
  withCluster: boolean;
}) {
  const { query, onQueryChange, withCluster } = props;
  const t = useText();
  return (
    <>
      <ListSearch
        className={styles.search}
        label={t('namespaces.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      {withCluster && (
        <ClusterFilter
          className={styles.filter}
          value={query.cluster}
          onChange={cluster => onQueryChange({ cluster })}
        />
      )}
      <Select
        className={styles.filter}
        aria-label={t('namespaces.filter.phase')}
        value={query.phase || ALL}
        onChange={key =>
          onQueryChange({ phase: PHASES.find(name => name === key) ?? '' })
        }
        options={[
          { id: ALL, label: t('namespaces.filter.allPhases') },
          ...PHASES.map(name => ({ id: name, label: t(`phase.${name}`) })),
        ]}
      />
      <GroupPicker
        className={styles.group}
        label={t('namespaces.filter.group')}
        hideLabel
        placeholder={t('namespaces.filter.allGroups')}
        value={query.group || undefined}
        onChange={group => onQueryChange({ group: group ?? '' })}
      />
    </>
  );
}

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;

/** Polls the page of namespaces for a query; the former page stays until the new one is loaded. */
export function useNamespaces(
  query: ListQuery,
): PolledPage<CountedPage<ManagedNamespace>> {
  const api = useApi(berthApiRef);
  const request = requestOf(query);
  return usePolledPage({
    key: ['namespaces', request],
    load: () => api.listNamespaces(request),
    every: intervalFor,
  });
}

function intervalFor(list?: List<ManagedNamespace>): number {
  return list?.items.some(({ phase }) => phase !== 'Active')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}

/** Opens the form that creates a namespace. */
export function CreateNamespaceButton({ onPress }: { onPress: () => void }) {
  const t = useText();
  return (
    <ActionButton
      variant="primary"
      iconStart={<RiAddLine />}
      onPress={onPress}
      disabledReason={useReadOnlyReason()}
    >
      {t('namespaces.create')}
    </ActionButton>
  );
}
