export { QueryProvider, withQueries } from './QueryProvider';
export { queryClientOf } from './queryClient';
export { usePolled } from './usePolled';
export type { Polled, PolledQuery } from './usePolled';
export { usePolledPage } from './usePolledPage';
export type { PolledPage } from './usePolledPage';
