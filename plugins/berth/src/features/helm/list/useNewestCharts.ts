import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../../api';
import { usePolled } from '../../../kit/query';
import { MOST_CHARTS, NewestCharts, newestOf, originsOf } from './newestCharts';
import { ReleaseRow } from './ReleaseCollector';

const EVERY_MS = 5 * 60_000;
const NONE: NewestCharts = new Map();

/** Asks for the latest versions of the charts of all releases in one request, if the portal knows where they came from. */
export function useNewestCharts(rows: readonly ReleaseRow[]): NewestCharts {
  const api = useApi(berthApiRef);
  const { repository, name } = useMemo(
    () => originsOf(rows.map(({ release }) => release)),
    [rows],
  );
  const { value } = usePolled({
    key: ['charts', 'newest', repository, name],
    load: async () =>
      name.length === 0
        ? []
        : (await api.listCharts({ repository, name, limit: MOST_CHARTS }))
            .items,
    every: EVERY_MS,
  });
  return useMemo(() => (value ? newestOf(value) : NONE), [value]);
}
