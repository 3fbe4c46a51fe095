export { QueryProvider, withQueries, queryClientOf } from './QueryProvider';
export { untilLoaded, usePolled, usePolledPage } from './usePolled';
export type { Polled, PolledPage, PolledQuery } from './usePolled';
