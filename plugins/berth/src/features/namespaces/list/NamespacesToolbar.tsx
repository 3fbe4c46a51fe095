import { Select } from '@backstage/ui';
import { Polled } from '../../../kit/query';
import { GroupPicker } from '../../../kit/pickers';
import { ClusterFilter, ListSearch, ListToolbar, useText } from '../../../kit';
import { ListQuery, PHASES } from './namespacesQuery';
import styles from './NamespacesPage.module.css';

const ALL = 'all';

/** Search, filters and refresh above the list. */
export function NamespacesToolbar(props: {
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
  polled: Polled<unknown>;
  /** Whether the cluster can be chosen. */
  withCluster: boolean;
}) {
  const { query, onQueryChange, polled, withCluster } = props;
  const t = useText();
  return (
    <ListToolbar polled={polled}>
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
    </ListToolbar>
  );
}
