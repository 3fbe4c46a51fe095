import { useCallback, useMemo } from 'react';
import { Cell, ColumnConfig, Link } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { ChartAddress, ChartVersion } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  Ellipsis,
  NoMatch,
  ResourceList,
  Translate,
  TwoLines,
  useText,
} from '../../../kit';
import { useUrlQuery } from '../../../kit/hooks';
import {
  FIRST_PAGE,
  formatPaging,
  pageRequestOf,
  Paging,
  parsePaging,
} from '../../../kit/list';
import { usePolledPage } from '../../../kit/query';
import { chartRouteRef } from '../../../routes';
import { BREAKPOINTS, CreatedCell, Details, TextCell } from '../cells';

interface VersionRow extends ChartVersion {
  id: string;
}

const formatPage = (paging: Paging) =>
  new URLSearchParams(formatPaging(paging));

/** Lists the versions of a chart, the latest first. */
export function ChartVersionsTab({ address }: { address: ChartAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const route = useRouteRef(chartRouteRef);
  const [query, onQueryChange] = useUrlQuery(parsePaging, formatPage);
  const request = pageRequestOf(query);
  const list = usePolledPage({
    key: ['chart', address, 'versions', request],
    load: () => api.listChartVersions(address, request),
  });
  const { shown } = list;
  const page = useMemo(
    () =>
      shown && {
        ...shown,
        items: shown.items.map(one => ({ ...one, id: one.version })),
      },
    [shown],
  );
  const { repository, chart } = address;
  const columns = useCallback(
    (fitting: number) =>
      versionColumns(
        t,
        fitting,
        version =>
          `${route({ repository, chart })}?${new URLSearchParams({ version })}`,
      ),
    [t, route, repository, chart],
  );
  return (
    <ResourceList
      polled={list}
      page={page}
      isStale={list.isStale}
      columns={columns}
      breakpoints={BREAKPOINTS}
      query={query}
      onQueryChange={onQueryChange}
      pageLabel={range => t('charts.versions.page', range)}
      filters={null}
      noMatch={
        <NoMatch
          title={t('charts.noMatch.title')}
          clear={t('charts.noMatch.clear')}
          onClear={() => onQueryChange(FIRST_PAGE)}
        />
      }
    />
  );
}

/** @param fitting - the number of breakpoints that the table reaches */
function versionColumns(
  t: Translate,
  fitting: number,
  hrefOf: (version: string) => string,
): ColumnConfig<VersionRow>[] {
  return [
    {
      id: 'version',
      label: t('charts.facts.version'),
      isRowHeader: true,
      defaultWidth: '1fr',
      minWidth: 130,
      cell: ({ version, deprecated, prerelease }) => (
        <Cell>
          <TwoLines>
            <Ellipsis>
              <Link href={hrefOf(version)} standalone title={version}>
                {version}
              </Link>
            </Ellipsis>
            <Details
              of={[
                deprecated && t('charts.deprecated'),
                prerelease && t('charts.prerelease'),
              ]}
            />
          </TwoLines>
        </Cell>
      ),
    },
    {
      id: 'appVersion',
      label: t('charts.facts.appVersion'),
      defaultWidth: '0.8fr',
      minWidth: 110,
      cell: ({ appVersion }) => <TextCell text={appVersion} />,
    },
    {
      id: 'kubeVersion',
      label: t('charts.facts.kubeVersion'),
      isHidden: fitting < BREAKPOINTS.length,
      defaultWidth: '0.8fr',
      minWidth: 110,
      cell: ({ kubeVersion }) => <TextCell text={kubeVersion} />,
    },
    {
      id: 'created',
      label: t('charts.facts.created'),
      isHidden: fitting === 0,
      defaultWidth: '0.6fr',
      minWidth: 110,
      cell: ({ createdAt }) => <CreatedCell at={createdAt} />,
    },
  ];
}
