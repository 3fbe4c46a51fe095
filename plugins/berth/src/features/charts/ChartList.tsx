import { useCallback, useMemo } from 'react';
import { ButtonLink, Select, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { ChartRepository } from '@berth/plugin-berth-common';
import { RiInboxLine } from '@remixicon/react';
import { berthApiRef } from '../../api';
import { ListSearch, NoMatch, Notice, ResourceList, useText } from '../../kit';
import { useUrlQuery } from '../../kit/hooks';
import { usePolledPage } from '../../kit/query';
import { chartRouteRef, repositoriesRouteRef } from '../../routes';
import { BREAKPOINTS } from './cells';
import { chartColumns } from './chartColumns';
import styles from './charts.module.css';
import {
  chartRequestOf,
  ChartsQuery,
  formatChartsQuery,
  NO_FILTERS,
  parseChartsQuery,
} from './chartsQuery';
import { useRepositories } from './useRepositories';

const ALL = 'all';
const INTERVAL = 60_000;
/** Lists the charts of all repositories. The search and the filter are in the URL. */
export function ChartList() {
  const t = useText();
  const api = useApi(berthApiRef);
  const route = useRouteRef(chartRouteRef);
  const [query, onQueryChange] = useUrlQuery(
    parseChartsQuery,
    formatChartsQuery,
  );
  const repositories = useRepositories().value?.items;
  const request = chartRequestOf(query);
  const list = usePolledPage({
    key: ['charts', request],
    load: () => api.listCharts(request),
    every: INTERVAL,
  });
  const { shown } = list;
  const page = useMemo(
    () =>
      shown && {
        ...shown,
        items: shown.items.map(chart => ({
          id: `${chart.repository}/${chart.name}`,
          chart,
        })),
      },
    [shown],
  );
  const columns = useCallback(
    (fitting: number) =>
      chartColumns(t, fitting, ({ repository, name }) =>
        route({ repository, chart: name }),
      ),
    [t, route],
  );
  const isFiltered = Boolean(query.search.trim() || query.repository);
  return (
    <ResourceList
      polled={list}
      page={page}
      isStale={list.isStale}
      columns={columns}
      breakpoints={BREAKPOINTS}
      query={query}
      onQueryChange={onQueryChange}
      pageLabel={range => t('charts.page', range)}
      filters={
        <Filters
          query={query}
          onQueryChange={onQueryChange}
          repositories={repositories ?? []}
        />
      }
      empty={
        shown?.totalItems === 0 &&
        !isFiltered &&
        !list.isStale &&
        repositories && <NoCharts repositories={repositories} />
      }
      noMatch={
        <NoMatch
          title={t('charts.noMatch.title')}
          description={t('charts.noMatch.description')}
          clear={t('charts.noMatch.clear')}
          onClear={() => onQueryChange(NO_FILTERS)}
        />
      }
    />
  );
}

function Filters(props: {
  query: ChartsQuery;
  onQueryChange: (change: Partial<ChartsQuery>) => void;
  repositories: ChartRepository[];
}) {
  const { query, onQueryChange, repositories } = props;
  const t = useText();
  const names = repositories.map(({ name }) => name);
  const offered =
    query.repository === '' || names.includes(query.repository)
      ? names
      : [query.repository, ...names];
  return (
    <>
      <ListSearch
        className={styles.search}
        label={t('charts.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Select
        className={styles.filter}
        aria-label={t('charts.filter.repository')}
        value={query.repository || ALL}
        onChange={key =>
          onQueryChange({ repository: key === ALL ? '' : String(key) })
        }
        options={[
          { id: ALL, label: t('charts.filter.all') },
          ...offered.map(name => ({ id: name, label: name })),
        ]}
      />
    </>
  );
}

function NoCharts({ repositories }: { repositories: ChartRepository[] }) {
  const t = useText();
  const route = useRouteRef(repositoriesRouteRef);
  const isNone = repositories.length === 0;
  return (
    <Notice
      role="status"
      icon={RiInboxLine}
      title={t('charts.empty.title')}
      actions={
        !isNone && (
          <ButtonLink variant="secondary" href={route()}>
            {t('charts.empty.toRepositories')}
          </ButtonLink>
        )
      }
    >
      <Text color="secondary">
        {t(isNone ? 'charts.empty.none' : 'charts.empty.waiting')}
      </Text>
    </Notice>
  );
}
