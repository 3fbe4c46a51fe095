export { QueryProvider, withQueries, queryClientOf } from './QueryProvider';
export { usePolled, usePolledPage } from './usePolled';
export type { Polled, PolledQuery } from './usePolled';
export type { PolledPage } from './usePolled';
