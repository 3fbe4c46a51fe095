export { ReleaseList } from './list/ReleaseList';
export type { ReleaseScope } from './list/ReleaseList';
export { ReleasePage } from './release/ReleasePage';
export { ReleasesPage } from './ReleasesPage';
export { ReleaseSummary } from './ReleaseSummary';
