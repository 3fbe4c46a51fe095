import { LoggerService } from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';
import { Knex } from 'knex';
import { ActivityLog } from '../audit/types';
import { LiveChanges } from '../live';
import { ClusterConnector, ClusterStore, ShareStore } from '../model/clusters';
import { StatusRecorder } from './status/StatusRecorder';
import { TenancyStores } from '../model/tenancy';
import { DatabaseHoldStore } from './breaker/DatabaseHoldStore';
import { DeletionBreaker } from './breaker/DeletionBreaker';
import { ClusterReconciler } from './ClusterReconciler';
import { DatabaseFormerBindings } from './former/DatabaseFormerBindings';
import { DatabaseFormerClusters } from './former/DatabaseFormerClusters';
import { DatabaseInventory } from './DatabaseInventory';
import { DatabaseOutcomeStore } from './DatabaseOutcomeStore';
import { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
import { DefaultReconcilerMetrics } from './metrics/DefaultReconcilerMetrics';
import { ReflectingObserver } from './observe/ReflectingObserver';
import { recordRepeatedDeletion } from './preview/repeatedDeletions';
import { IdentitySource } from './identities/types';
import { PackObserver } from './pack/PackObserver';
import { DatabasePodSecurityStore } from './podSecurity/DatabasePodSecurityStore';
import { PodSecurityGate } from './podSecurity/PodSecurityGate';
import { Profile } from './profiles/types';
import { createPullSecretParts } from './pullSecrets/createPullSecretParts';
import { PullSecrets } from './pullSecrets/PullSecrets';
import { readTenants } from './readTenants';
import { ReconcilerWorkers } from './ReconcilerWorkers';

export interface ReconcilerOptions {
  activity: Pick<ActivityLog, 'record'>;
  config: Config;
  database: Knex;
  clusters: ClusterStore;
  /** The profiles of the configuration. */
  profiles: readonly Profile[];
  /** The pull secrets of the configuration. */
  pullSecrets: PullSecrets;
  shares: ShareStore;
  tenancy: TenancyStores;
  /** Connects to a cluster with the portal's own credential. */
  connect: ClusterConnector;
  /** Called when the result of a share, namespace, grant or quota changes. */
  live: LiveChanges;
  /** Called with the cluster on which objects of the onboarding manifest changed. */
  onRolesChanged: (clusterId: string) => void;
  metrics: MetricsService;
  logger: LoggerService;
  /** The IDs of the owners of namespaces, for profiles that have IDs. */
  identities?: IdentitySource;
}

/** Builds the reconciler. Nothing runs until `start()`. */
export function createReconciler(
  options: ReconcilerOptions,
): ReconcilerWorkers {
  const { config, database, clusters, shares, connect, live, logger } = options;
  const metrics = DefaultReconcilerMetrics.create(options.metrics);
  // eslint-disable-next-line @typescript-eslint/no-use-before-define -- they need each other; nothing wakes before the start
  const wake = (clusterId: string) => workers.wake(clusterId);
  const reflecting = new ReflectingObserver({
    wake,
    status: new StatusRecorder(options.tenancy, {
      onChange: () => live.changed(),
      onRemoved: wake,
    }),
    onRolesChanged: options.onRolesChanged,
    onRepeatedDeletion: (cluster, binding) => {
      recordRepeatedDeletion(options.activity, cluster, binding).catch(error =>
        logger.warn(
          `Cluster ${cluster.name}: could not write the activity log: ${
            toError(error).message
          }`,
        ),
      );
    },
    logger,
  });
  const observer = new PackObserver({
    observer: reflecting,
    onChange: options.onRolesChanged,
    logger,
  });
  const workers = ReconcilerWorkers.fromConfig(config, {
    clusters,
    observer,
    leases: DatabaseLeaseStore.create(database),
    logger,
    metrics,
    reconciler: new ClusterReconciler({
      shares,
      tenants: readTenants(
        options.tenancy,
        options.profiles,
        options.identities,
      ),
      connect,
      logger,
      metrics,
      inventory: DatabaseInventory.create(database),
      outcomes: DatabaseOutcomeStore.create(database, () => live.changed()),
      activity: options.activity,
      observer,
      formers: DatabaseFormerClusters.create(database),
      formerBindings: DatabaseFormerBindings.create(database),
      breaker: new DeletionBreaker({
        store: DatabaseHoldStore.create(database),
      }),
      leftoverBreaker: new DeletionBreaker({
        store: DatabaseHoldStore.create(database, 'leftover_holds'),
      }),
      podSecurity: new PodSecurityGate(
        DatabasePodSecurityStore.create(database),
      ),
      pullSecrets: createPullSecretParts(database, options.pullSecrets),
    }),
  });
  options.pullSecrets.follow(config, () => workers.wakeAll());
  return workers;
}
