import { ChartRepository, ChartVersion } from '@berth/plugin-berth-common';
import { FakeChart } from './FakeCharts';
import type { FakeBerthApi } from './FakeBerthApi';

const HOUR_MS = 3_600_000;

/** A repository that was read an hour ago. */
export function aRepository(
  name: string,
  changes: Partial<ChartRepository> = {},
): ChartRepository {
  return {
    name,
    url: `https://charts.example.com/${name}/`,
    source: 'Configuration',
    hasCredential: false,
    hasCa: false,
    hasKeyring: false,
    state: 'Ready',
    charts: 2,
    versions: 12,
    refreshedAt: new Date(Date.now() - HOUR_MS).toISOString(),
    ...changes,
  };
}

/** A chart with versions and files. */
export function aChart(
  name: string,
  changes: Partial<FakeChart['view']> = {},
  files: FakeChart['files'] = {},
  versions: (Partial<ChartVersion> & { version: string })[] = [],
): FakeChart {
  const view = {
    repository: 'shop',
    name,
    version: '1.2.0',
    keywords: [],
    deprecated: false,
    versions: versions.length + 1,
    sources: [],
    ...changes,
  };
  const all = [{ version: view.version }, ...versions];
  return {
    view,
    files,
    versions: all.map(one => ({
      deprecated: false,
      prerelease: false,
      ...one,
    })),
  };
}

/** Adds repositories and charts. */
export function withCharts(berth: FakeBerthApi): void {
  berth.repositories.push(
    aRepository('shop'),
    aRepository('lab', {
      state: 'Failed',
      charts: 1,
      versions: 1,
      problem: {
        message: 'charts.example.com does not have this (404)',
        at: new Date().toISOString(),
      },
    }),
    aRepository('new', {
      state: 'Pending',
      charts: 0,
      versions: 0,
      refreshedAt: undefined,
    }),
  );
  berth.charts.push(
    aChart('cache', {
      description: 'A cache in memory',
      appVersion: '8.0.2',
    }),
    aChart(
      'web',
      {
        description: 'A web application',
        appVersion: '2.14.0',
        home: 'https://example.com/web',
        sources: ['https://example.com/src'],
        keywords: ['http'],
        refreshedAt: new Date(Date.now() - HOUR_MS).toISOString(),
      },
      {
        readme: '# Web\n\nVersion VERSION of the chart.\n',
        values: 'replicas: 2 # VERSION\n',
      },
      [
        { version: '1.1.0', deprecated: true, digest: 'ab'.repeat(32) },
        { version: '1.0.0-rc.1', prerelease: true },
      ],
    ),
    aChart('web', { repository: 'lab', description: 'Another web' }),
  );
}
