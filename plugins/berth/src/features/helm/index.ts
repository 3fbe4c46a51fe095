export { ReleaseList } from './list/ReleaseList';
export type { ReleaseScope } from './list/ReleaseList';
export { ElsewherePage } from './elsewhere/ElsewherePage';
export { InstallPage } from './install/InstallPage';
export { OperationPage } from './operations/OperationPage';
export { ReleasePage } from './release/ReleasePage';
export { ReleaseSummary } from './ReleaseSummary';
export { UpgradePage } from './upgrade/UpgradePage';
