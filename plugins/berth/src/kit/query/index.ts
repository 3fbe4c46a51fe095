export { QueryProvider, withQueries, queryClientOf } from './QueryProvider';
export { readPages } from './readPages';
export { untilLoaded, usePolled, usePolledPage } from './usePolled';
export type { Fetch, Polled, PolledPage, PolledQuery } from './usePolled';
export { useReportedChanges } from './useReportedChanges';
