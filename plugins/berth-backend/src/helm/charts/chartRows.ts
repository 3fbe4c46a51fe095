import {
  Chart,
  ChartRepository,
  ChartVersion,
  ChartView,
} from '@berth/plugin-berth-common';
import { IndexedChart, RepositorySettings } from './types';

const MAX_SEARCH = 2_000;
const PLACE_DIGITS = 6;

export interface RepositoryRow
  extends Pick<RepositorySettings, 'name' | 'url'> {
  fingerprint: string | null;
  etag: string | null;
  last_modified: string | null;
  charts: number;
  versions: number;
  refreshed_at: string | null;
  problem: string | null;
  problem_at: string | null;
  source: ChartRepository['source'];
  ca_pem: string | null;
  keyring: string | null;
  only: string | null;
  has_credential: boolean | number;
  credential: string | null;
}

export interface ChartRow {
  repository: string;
  name: string;
  version: string;
  app_version: string | null;
  kube_version: string | null;
  description: string | null;
  home: string | null;
  sources: string;
  keywords: string;
  /** A number in SQLite. */
  deprecated: boolean | number;
  created_at: string | null;
  versions: number;
  search: string;
}

export interface VersionRow {
  repository: string;
  chart: string;
  place: string;
  version: string;
  app_version: string | null;
  kube_version: string | null;
  created_at: string | null;
  digest: string | null;
  url: string;
  deprecated: boolean | number;
  prerelease: boolean | number;
}

export function chartRowOf(repository: string, chart: IndexedChart): ChartRow {
  const { name, latest, description, keywords, versions } = chart;
  return {
    repository,
    name,
    version: latest.version,
    app_version: latest.appVersion ?? null,
    kube_version: latest.kubeVersion ?? null,
    description: description ?? null,
    home: chart.home ?? null,
    sources: JSON.stringify(chart.sources),
    keywords: JSON.stringify(keywords),
    deprecated: latest.deprecated,
    created_at: latest.createdAt ?? null,
    versions: versions.length,
    search: [name, description, ...keywords]
      .join(' ')
      .toLowerCase()
      .slice(0, MAX_SEARCH),
  };
}

export function versionRowsOf(
  repository: string,
  { name, versions }: IndexedChart,
): VersionRow[] {
  return versions.map((version, index) => ({
    repository,
    chart: name,
    place: String(index).padStart(PLACE_DIGITS, '0'),
    version: version.version,
    app_version: version.appVersion ?? null,
    kube_version: version.kubeVersion ?? null,
    created_at: version.createdAt ?? null,
    digest: version.digest ?? null,
    url: version.url,
    deprecated: version.deprecated,
    prerelease: version.prerelease,
  }));
}

export function toRepository(row: RepositoryRow): ChartRepository {
  const { name, url, charts, versions, refreshed_at, problem } = row;
  const unless = refreshed_at === null ? 'Pending' : 'Ready';
  return {
    name,
    url,
    source: row.source,
    hasCredential: Boolean(row.has_credential),
    hasCa: row.ca_pem !== null,
    hasKeyring: row.keyring !== null,
    ...(row.only !== null && { only: JSON.parse(row.only) }),
    state: problem === null ? unless : 'Failed',
    charts,
    versions,
    ...(refreshed_at !== null && { refreshedAt: refreshed_at }),
    ...(problem !== null && {
      problem: { message: problem, at: row.problem_at! },
    }),
  };
}

export function toChart(row: ChartRow): Chart {
  return {
    repository: row.repository,
    name: row.name,
    version: row.version,
    ...(row.app_version !== null && { appVersion: row.app_version }),
    ...(row.description !== null && { description: row.description }),
    keywords: JSON.parse(row.keywords),
    deprecated: Boolean(row.deprecated),
    ...(row.created_at !== null && { createdAt: row.created_at }),
  };
}

export function toChartView(row: ChartRow, refreshedAt?: string): ChartView {
  return {
    ...toChart(row),
    versions: row.versions,
    ...(row.kube_version !== null && { kubeVersion: row.kube_version }),
    ...(row.home !== null && { home: row.home }),
    sources: JSON.parse(row.sources),
    ...(refreshedAt !== undefined && { refreshedAt }),
  };
}

export function toVersion(row: VersionRow): ChartVersion {
  return {
    version: row.version,
    ...(row.app_version !== null && { appVersion: row.app_version }),
    ...(row.kube_version !== null && { kubeVersion: row.kube_version }),
    ...(row.created_at !== null && { createdAt: row.created_at }),
    ...(row.digest !== null && { digest: row.digest }),
    deprecated: Boolean(row.deprecated),
    prerelease: Boolean(row.prerelease),
  };
}
