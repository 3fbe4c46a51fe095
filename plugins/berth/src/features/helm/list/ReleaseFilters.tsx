import { useText } from '../../../kit';
import { PlaceFilters, Several, StatusFilter } from '../../../kit/listing';
import { ReleasesQuery } from './releasesQuery';
import { countStates } from './select';

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
  return (
    <>
      <PlaceFilters
        searchLabel={t('helm.filter.search')}
        query={query}
        onQueryChange={onQueryChange}
        clusters={choices.clusters}
        namespaces={choices.namespaces}
      />
      <Several
        label={t('helm.filter.charts')}
        placeholder={t('helm.filter.allCharts')}
        names={choices.charts}
        chosen={query.charts}
        onChange={charts => onQueryChange({ charts })}
      />
      <StatusFilter
        value={query.status}
        onChange={status => onQueryChange({ status })}
        problems={choices.problems}
        states={choices.states.map(([word, count]) => ({
          id: word,
          label: t(`helm.state.${word}`),
          count,
        }))}
      />
    </>
  );
}
