import { ButtonLink, Flex, Header, Select } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  ChartAddress,
  ChartVersion,
  ChartView,
} from '@berth/plugin-berth-common';
import {
  Navigate,
  Route,
  Routes,
  useParams,
  useSearchParams,
} from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { DetailPage, useText } from '../../../kit';
import { useChartVersions, usePageTitle } from '../../../kit/hooks';
import pageStyles from '../../../kit/page.module.css';
import { usePolled } from '../../../kit/query';
import { chartRouteRef, chartsRouteRef } from '../../../routes';
import styles from '../charts.module.css';
import { ChartFileTab } from './ChartFileTab';
import { ChartOverviewTab } from './ChartOverviewTab';
import { ChartVersionsTab } from './ChartVersionsTab';

const TABS = ['overview', 'values', 'schema', 'versions'] as const;

/** Shows one chart: what it is, its README, its values and its versions. */
export function ChartPage() {
  const { repository = '', chart = '' } = useParams();
  // Nothing of one chart stays on the page of another.
  return (
    <AddressedPage
      key={`${repository}/${chart}`}
      address={{ repository, chart }}
    />
  );
}

function AddressedPage({ address }: { address: ChartAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const list = useRouteRef(chartsRouteRef);
  const { '*': path = '' } = useParams();
  const tab = TABS.find(one => one === path) ?? 'overview';
  const [parameters] = useSearchParams();
  const polled = usePolled({
    key: ['chart', address],
    load: () => api.getChart(address),
  });
  const versions = useChartVersions(address);
  const breadcrumbs = [{ label: t('charts.title'), href: list() }];
  usePageTitle(
    ...(tab === 'overview' ? [] : [t(`charts.tab.${tab}`)]),
    address.chart,
    t('charts.title'),
  );
  return (
    <DetailPage
      title={address.chart}
      breadcrumbs={breadcrumbs}
      polled={polled}
      header={view => (
        <ChartHeader
          address={address}
          view={view}
          tab={tab}
          version={parameters.get('version') ?? view.version}
          versions={versions.value?.items ?? []}
          breadcrumbs={breadcrumbs}
        />
      )}
    >
      {view => (
        <div className={pageStyles.tab}>
          <ChartTabs
            address={address}
            view={view}
            version={parameters.get('version') ?? view.version}
            versions={versions.value?.items ?? []}
          />
        </div>
      )}
    </DetailPage>
  );
}

function ChartHeader(props: {
  address: ChartAddress;
  view: ChartView;
  tab: string;
  version: string;
  versions: ChartVersion[];
  breadcrumbs: { label: string; href: string }[];
}) {
  const { address, view, tab, version, versions, breadcrumbs } = props;
  const t = useText();
  const route = useRouteRef(chartRouteRef);
  const [, setParameters] = useSearchParams();
  const base = route(address);
  const search =
    version === view.version ? '' : `?${new URLSearchParams({ version })}`;
  const known = versions.map(one => one.version);
  const offered = known.includes(version) ? known : [version, ...known];
  return (
    <Header
      title={address.chart}
      description={view.description}
      breadcrumbs={breadcrumbs}
      tabs={TABS.map(id => ({
        id,
        label: t(`charts.tab.${id}`),
        href: `${base}${id === 'overview' ? '' : `/${id}`}${search}`,
      }))}
      activeTabId={tab}
      customActions={
        <Flex gap="2" align="center">
          {tab !== 'versions' && (
            <Select
              className={styles.version}
              aria-label={t('charts.version')}
              search={{ placeholder: t('charts.versionSearch') }}
              value={version}
              onChange={chosen =>
                setParameters(
                  chosen === view.version ? {} : { version: String(chosen) },
                )
              }
              options={offered.map(one => ({
                id: one,
                label:
                  one === view.version
                    ? t('charts.latest', { version: one })
                    : one,
              }))}
            />
          )}
          <ButtonLink
            variant="primary"
            href={`${base}/install?${new URLSearchParams({ version })}`}
          >
            {t('charts.install')}
          </ButtonLink>
        </Flex>
      }
    />
  );
}

function ChartTabs(props: {
  address: ChartAddress;
  view: ChartView;
  version: string;
  versions: ChartVersion[];
}) {
  const { address, view, version, versions } = props;
  const route = useRouteRef(chartRouteRef);
  return (
    <Routes>
      <Route
        path="/"
        element={
          <ChartOverviewTab
            address={address}
            view={view}
            version={
              versions.find(one => one.version === version) ?? { version }
            }
          />
        }
      />
      <Route
        path="/values"
        element={
          <ChartFileTab address={address} version={version} file="values" />
        }
      />
      <Route
        path="/schema"
        element={
          <ChartFileTab address={address} version={version} file="schema" />
        }
      />
      <Route
        path="/versions"
        element={<ChartVersionsTab address={address} />}
      />
      <Route path="*" element={<Navigate to={route(address)} replace />} />
    </Routes>
  );
}
