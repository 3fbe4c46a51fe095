import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../../api';
import { usePolled } from '../../../kit/query';
import { NewestCharts, newestOf } from './newestCharts';
import { ReleaseRow } from './ReleaseCollector';

/** The API takes no more names in one request, and returns no more charts. */
const MOST = 100;
const EVERY_MS = 5 * 60_000;
const NONE: NewestCharts = new Map();

/** Asks for the latest versions of the charts of all releases in one request, if the portal knows where they came from. */
export function useNewestCharts(rows: readonly ReleaseRow[]): NewestCharts {
  const api = useApi(berthApiRef);
  const { repository, name } = useMemo(() => originsOf(rows), [rows]);
  const { value } = usePolled({
    key: ['charts', 'newest', repository, name],
    load: async () =>
      name.length === 0
        ? []
        : (await api.listCharts({ repository, name, limit: MOST })).items,
    every: EVERY_MS,
  });
  return useMemo(() => (value ? newestOf(value) : NONE), [value]);
}

function originsOf(rows: readonly ReleaseRow[]) {
  const repository = new Set<string>();
  const name = new Set<string>();
  for (const { release } of rows) {
    if (release.origin && release.chart) {
      repository.add(release.origin.repository);
      name.add(release.chart.name);
    }
  }
  return {
    repository: [...repository].sort().slice(0, MOST),
    name: [...name].sort().slice(0, MOST),
  };
}
