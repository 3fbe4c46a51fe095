import { Select } from '@backstage/ui';
import { Cluster, List } from '@berth/plugin-berth-common';
import { Polled } from '../../../kit/query';
import { ListSearch, ListToolbar, useText } from '../../../kit';
import {
  CLUSTER_STATES,
  ClusterQuery,
  ClusterStateFilter,
} from './clusterQuery';
import styles from './ClustersPage.module.css';

/** Search, filter and refresh above the list. */
export function ClustersToolbar(props: {
  query: ClusterQuery;
  onQueryChange: (change: Partial<ClusterQuery>) => void;
  clusters: Polled<List<Cluster>>;
}) {
  const { query, onQueryChange, clusters } = props;
  const t = useText();
  return (
    <ListToolbar polled={clusters}>
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
    </ListToolbar>
  );
}
