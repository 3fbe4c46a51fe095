import { useCallback, useMemo } from 'react';
import {
  ButtonLink,
  Cell,
  ColumnConfig,
  Link,
  Select,
  Text,
} from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Chart, ChartRepository } from '@berth/plugin-berth-common';
import { RiInboxLine } from '@remixicon/react';
import { berthApiRef } from '../../api';
import {
  Ellipsis,
  ListSearch,
  Moment,
  NoMatch,
  Notice,
  ResourceList,
  Translate,
  TwoLines,
  useText,
} from '../../kit';
import { useUrlQuery } from '../../kit/hooks';
import { usePolledPage } from '../../kit/query';
import { chartRouteRef, repositoriesRouteRef } from '../../routes';
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
/** Table widths from which more columns fit, in pixels. */
const BREAKPOINTS = [560, 900];

interface ChartRow {
  id: string;
  chart: Chart;
}

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

/** @param fitting - the number of breakpoints that the table reaches */
function chartColumns(
  t: Translate,
  fitting: number,
  hrefOf: (chart: Chart) => string,
): ColumnConfig<ChartRow>[] {
  const isNarrow = fitting === 0;
  return [
    {
      id: 'name',
      label: t('charts.column.name'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 160,
      cell: ({ chart }) => (
        <Cell>
          <TwoLines>
            <Ellipsis>
              <Link href={hrefOf(chart)} standalone title={chart.name}>
                {chart.name}
              </Link>
            </Ellipsis>
            <Text
              variant="body-small"
              color="secondary"
              truncate
              title={chart.description}
            >
              {[isNarrow && chart.repository, chart.description]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </TwoLines>
        </Cell>
      ),
    },
    {
      id: 'repository',
      label: t('charts.column.repository'),
      isHidden: isNarrow,
      defaultWidth: '0.8fr',
      minWidth: 110,
      cell: ({ chart }) => (
        <Cell>
          <Text truncate title={chart.repository}>
            {chart.repository}
          </Text>
        </Cell>
      ),
    },
    {
      id: 'version',
      label: t(isNarrow ? 'charts.version' : 'charts.column.version'),
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ chart: { version, appVersion, deprecated } }) => (
        <Cell>
          <TwoLines>
            <Ellipsis title={version}>{version}</Ellipsis>
            <Text variant="body-small" color="secondary" truncate>
              {[
                deprecated && t('charts.deprecated'),
                appVersion && t('charts.appVersion', { version: appVersion }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </TwoLines>
        </Cell>
      ),
    },
    {
      id: 'created',
      label: t('charts.column.created'),
      isHidden: fitting < BREAKPOINTS.length,
      defaultWidth: '0.7fr',
      minWidth: 110,
      cell: ({ chart: { createdAt } }) => (
        <Cell>
          {createdAt ? <Moment at={createdAt} display="short" /> : '–'}
        </Cell>
      ),
    },
  ];
}
