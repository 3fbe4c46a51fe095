import { AuthService, SchedulerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ClusterChanges } from './model/clusters';
import {
  createIdentities,
  createReconciler,
  ReconcilerOptions,
  ReconcilerWorkers,
} from './reconciler';

/** The reconciler, and the way to report changes to it. */
export interface Reconciliation {
  changes: ClusterChanges;
  reconciler: ReconcilerWorkers;
}

/** Creates the reconciler, which follows the IDs of the catalog. Each change also reaches open pages. */
export async function createReconciliation({
  auth,
  catalog,
  scheduler,
  ...options
}: Omit<ReconcilerOptions, 'identities'> & {
  auth: AuthService;
  catalog: CatalogService;
  scheduler: SchedulerService;
}): Promise<Reconciliation> {
  const { clusters, database, live, logger, profiles } = options;
  const identities = await createIdentities({
    auth,
    catalog,
    clusters,
    database,
    logger,
    // eslint-disable-next-line @typescript-eslint/no-use-before-define -- they need each other; nothing is read before the start
    onChange: clusterId => changes.changed(clusterId),
    profiles,
    scheduler,
  });
  const reconciler = createReconciler({ ...options, identities });
  const changes: ClusterChanges = {
    changed(clusterId) {
      reconciler.changed(clusterId);
      live.changed();
    },
    recorded(clusterId) {
      reconciler.recorded(clusterId);
      live.changed();
    },
  };
  return { changes, reconciler };
}
