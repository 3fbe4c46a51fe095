import { Select } from '@backstage/ui';
import { Polled } from '../../kit/query';
import { ListSearch, ListToolbar, useText } from '../../kit';
import { MineQuery, MineRow } from './mine';
import styles from './MyKubernetesPage.module.css';

/** Search, filter and refresh above the list. */
export function MineToolbar(props: {
  rows: MineRow[];
  query: MineQuery;
  onQueryChange: (change: Partial<MineQuery>) => void;
  polled: Polled<unknown>;
}) {
  const { rows, query, onQueryChange, polled } = props;
  const t = useText();
  const clusters = [
    ...new Set(rows.map(({ namespace }) => namespace.cluster)),
  ].sort();
  return (
    <ListToolbar polled={polled}>
      <ListSearch
        className={styles.search}
        label={t('mine.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Select
        className={styles.filter}
        aria-label={t('mine.cluster')}
        value={query.cluster || 'all'}
        onChange={cluster =>
          onQueryChange({ cluster: cluster === 'all' ? '' : String(cluster) })
        }
        options={[
          { id: 'all', label: t('mine.allClusters') },
          ...clusters.map(name => ({ id: name, label: name })),
        ]}
      />
    </ListToolbar>
  );
}
