import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../../api';
import { readPages, usePolled } from '../../../kit/query';
import {
  ChartOfRelease,
  NewestCharts,
  newestOf,
  originsOf,
} from './newestCharts';

const EVERY_MS = 5 * 60_000;
/** The API takes no more names in one request, and returns no more charts in a page. */
const MOST = 100;
/** More charts than the repositories of a portal have of the same names. */
const MOST_CHARTS = 2_000;
const NONE: NewestCharts = new Map();

/** Asks for the latest versions of the charts of all releases, if the portal knows where they came from. */
export function useNewestCharts(
  releases: readonly ChartOfRelease[],
): NewestCharts {
  const api = useApi(berthApiRef);
  const { repository, name } = useMemo(() => originsOf(releases), [releases]);
  const { value } = usePolled({
    key: ['charts', 'newest', repository, name],
    load: async () => {
      const charts = [];
      for (const repositories of partsOf(repository)) {
        for (const names of partsOf(name)) {
          const found = await readPages(MOST_CHARTS, page =>
            api.listCharts({
              ...{ repository: repositories, name: names },
              ...{ limit: MOST, ...page },
            }),
          );
          charts.push(...found);
        }
      }
      return charts;
    },
    every: EVERY_MS,
  });
  return useMemo(() => (value ? newestOf(value) : NONE), [value]);
}

function partsOf(names: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(names.length / MOST) }, (_, part) =>
    names.slice(part * MOST, (part + 1) * MOST),
  );
}
