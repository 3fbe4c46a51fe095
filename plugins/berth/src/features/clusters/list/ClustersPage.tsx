import { useCallback, useMemo, useState } from 'react';
import { Container, Header, Select } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import {
  useAccess,
  useClusters,
  useGroupTitles,
  usePageTitle,
  useUrlQuery,
} from '../../../kit/hooks';
import { KubeconfigDialog } from '../../../kit/kubeconfig/KubeconfigDialog';
import { ListSearch, NoMatch, ResourceList, useText } from '../../../kit';
import { AddClusterButton, NoClusters } from './NoClusters';
import styles from './ClustersPage.module.css';
import { CLUSTER_BREAKPOINTS, clusterColumns } from './clusterColumns';
import {
  CLUSTER_STATES,
  ClusterQuery,
  ClusterStateFilter,
  DEFAULT_QUERY,
  formatClusterQuery,
  labelsOf,
  parseClusterQuery,
  selectClusters,
} from './clusterQuery';

const ANY = 'any';

/** Lists all clusters that the caller may see, problems first. */
export function ClustersPage() {
  const t = useText();
  usePageTitle(t('clusters.title'));
  const clusters = useClusters();
  const [query, changeQuery] = useUrlQuery(
    parseClusterQuery,
    formatClusterQuery,
  );
  const [kubeconfigFor, setKubeconfigFor] = useState<Cluster>();
  const { value: access, error: accessError } = useAccess();
  const items = clusters.value?.items;
  const page = useMemo(
    () => items && selectClusters(items, query),
    [items, query],
  );
  const columns = useCallback(
    (room: number) => clusterColumns(t, room, setKubeconfigFor),
    [t],
  );
  const isEmpty = items?.length === 0;
  return (
    <>
      <Header
        title={t('clusters.title')}
        customActions={<AddClusterButton />}
      />
      <Container>
        <ResourceList
          polled={clusters}
          // The meaning of an empty list depends on the caller.
          page={isEmpty ? undefined : page}
          columns={columns}
          breakpoints={CLUSTER_BREAKPOINTS}
          query={query}
          onQueryChange={changeQuery}
          pageLabel={range => t('clusters.page', range)}
          filters={
            <Filters
              clusters={items ?? []}
              query={query}
              onQueryChange={changeQuery}
            />
          }
          empty={
            isEmpty &&
            (access !== undefined || accessError !== undefined) && (
              <NoClusters access={access} />
            )
          }
          noMatch={
            <NoMatch
              title={t('clusters.noMatch.title')}
              description={t('clusters.noMatch.description', {
                count: items?.length ?? 0,
              })}
              clear={t('clusters.noMatch.clear')}
              onClear={() => changeQuery(DEFAULT_QUERY)}
            />
          }
        />
        {kubeconfigFor && (
          <KubeconfigDialog
            cluster={kubeconfigFor}
            onClose={() => setKubeconfigFor(undefined)}
          />
        )}
      </Container>
    </>
  );
}

function Filters(props: {
  clusters: Cluster[];
  query: ClusterQuery;
  onQueryChange: (change: Partial<ClusterQuery>) => void;
}) {
  const { clusters, query, onQueryChange } = props;
  const t = useText();
  const groups = optionsOf(
    clusters.flatMap(({ shares }) => shares.map(({ group }) => group)),
    query.group,
  );
  const labels = optionsOf(clusters.flatMap(labelsOf), query.label);
  const titleOf = useGroupTitles(groups);
  return (
    <>
      <ListSearch
        className={styles.search}
        label={t('clusters.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Select
        className={styles.state}
        aria-label={t('clusters.stateFilter')}
        value={query.state}
        onChange={state =>
          onQueryChange({ state: state as ClusterStateFilter })
        }
        options={[
          { id: 'all', label: t('clusters.stateAll') },
          { id: 'problem', label: t('clusters.stateProblem') },
          ...CLUSTER_STATES.map(state => ({
            id: state,
            label: t(`state.${state}`),
          })),
        ]}
      />
      {groups.length > 0 && (
        <Select
          className={styles.state}
          aria-label={t('clusters.groupFilter')}
          search
          value={query.group || ANY}
          onChange={key =>
            onQueryChange({ group: key === ANY ? '' : String(key) })
          }
          options={[
            { id: ANY, label: t('clusters.groupAll') },
            ...groups.map(id => ({ id, label: titleOf(id) })),
          ]}
        />
      )}
      {labels.length > 0 && (
        <Select
          className={styles.state}
          aria-label={t('clusters.labelFilter')}
          search
          value={query.label || ANY}
          onChange={key =>
            onQueryChange({ label: key === ANY ? '' : String(key) })
          }
          options={[
            { id: ANY, label: t('clusters.labelAll') },
            ...labels.map(id => ({ id, label: id })),
          ]}
        />
      )}
    </>
  );
}

/** Returns each value once, and the chosen one even if no cluster has it. */
function optionsOf(values: string[], chosen: string): string[] {
  return [...new Set([...values, ...(chosen ? [chosen] : [])])].sort();
}
