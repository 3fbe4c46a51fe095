import { Select } from '@backstage/ui';
import { ListSearch, useText } from '../../../kit';
import { Several } from '../../../kit/listing';
import styles from '../helm.module.css';
import { PROBLEMS, ReleasesQuery } from './releasesQuery';
import { countStates } from './select';

const ALL = 'all';

/** The search and the filters of the list of releases. */
export function ReleaseFilters(props: {
  query: ReleasesQuery;
  onQueryChange: (change: Partial<ReleasesQuery>) => void;
  choices: {
    clusters: readonly string[];
    namespaces: readonly string[];
    charts: readonly string[];
  } & ReturnType<typeof countStates>;
}) {
  const { query, onQueryChange, choices } = props;
  const t = useText();
  const counted = (label: string, number: number) =>
    t('resources.filter.counted', { label, number: String(number) });
  const isKnown =
    query.status === PROBLEMS ||
    choices.states.some(([word]) => word === query.status);
  return (
    <>
      <ListSearch
        className={styles.search}
        label={t('helm.filter.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Several
        label={t('resources.filter.clusters')}
        placeholder={t('clusterFilter.all')}
        names={choices.clusters}
        chosen={query.clusters}
        onChange={clusters => onQueryChange({ clusters })}
      />
      <Several
        label={t('resources.filter.namespaces')}
        placeholder={t('resources.filter.allNamespaces')}
        names={choices.namespaces}
        chosen={query.namespaces}
        onChange={namespaces => onQueryChange({ namespaces })}
      />
      <Several
        label={t('helm.filter.charts')}
        placeholder={t('helm.filter.allCharts')}
        names={choices.charts}
        chosen={query.charts}
        onChange={charts => onQueryChange({ charts })}
      />
      <Select
        className={styles.filter}
        aria-label={t('resources.filter.status')}
        value={query.status || ALL}
        onChange={key =>
          onQueryChange({ status: key === ALL ? '' : String(key) })
        }
        options={[
          { id: ALL, label: t('resources.filter.anyStatus') },
          {
            id: PROBLEMS,
            label: counted(t('resources.filter.problems'), choices.problems),
          },
          ...choices.states.map(([word, count]) => ({
            id: word,
            label: counted(t(`helm.state.${word}`), count),
          })),
          ...(query.status && !isKnown
            ? [{ id: query.status, label: query.status }]
            : []),
        ]}
      />
    </>
  );
}
