import type { AccessApi } from './AccessApi';
import type { ActivityApi } from './ActivityApi';
import type { ChartsApi } from './ChartsApi';
import type { ClustersApi } from './ClustersApi';
import type { DirectoryApi } from './DirectoryApi';
import type { HelmApi } from './HelmApi';
import type { KubectlApi } from './KubectlApi';
import type { NamespacesApi } from './NamespacesApi';
import type { PlanApi } from './PlanApi';
import type { RequestsApi } from './RequestsApi';
import type { ResourcesApi } from './ResourcesApi';
import type { TerminalApi } from './TerminalApi';

/**
 * The API of Berth's backend. Every method rejects with a `ResponseError` that contains the backend's error body. A
 * step that is not possible from the state of a request is rejected with status 409 and that state.
 *
 * @public
 */
export interface BerthApi
  extends AccessApi,
    ActivityApi,
    ChartsApi,
    ClustersApi,
    DirectoryApi,
    HelmApi,
    KubectlApi,
    NamespacesApi,
    PlanApi,
    RequestsApi,
    ResourcesApi,
    TerminalApi {}
