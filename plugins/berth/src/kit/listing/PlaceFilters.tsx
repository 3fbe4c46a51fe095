import { ListSearch } from '../list';
import { useText } from '../useText';
import styles from './listing.module.css';
import { PlacesQuery } from './placesQuery';
import { Several } from './Several';

/** The search of a list over clusters, and the filters by cluster and namespace. */
export function PlaceFilters(props: {
  searchLabel: string;
  query: PlacesQuery;
  onQueryChange: (change: Partial<PlacesQuery>) => void;
  clusters: readonly string[];
  /** Absent if the rows have no namespace. */
  namespaces?: readonly string[];
}) {
  const { searchLabel, query, onQueryChange, clusters, namespaces } = props;
  const t = useText();
  return (
    <>
      <ListSearch
        className={styles.search}
        label={searchLabel}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Several
        label={t('resources.filter.clusters')}
        placeholder={t('clusterFilter.all')}
        names={clusters}
        chosen={query.clusters}
        onChange={chosen => onQueryChange({ clusters: chosen })}
      />
      {namespaces && (
        <Several
          label={t('resources.filter.namespaces')}
          placeholder={t('resources.filter.allNamespaces')}
          names={namespaces}
          chosen={query.namespaces}
          onChange={chosen => onQueryChange({ namespaces: chosen })}
        />
      )}
    </>
  );
}
