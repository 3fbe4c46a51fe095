import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Knex } from 'knex';
import { ClusterConnector, ClusterStore, ShareStore } from '../registry/types';
import { ClusterReconciler } from './ClusterReconciler';
import { DatabaseInventory } from './DatabaseInventory';
import { DeletionBreaker } from './DeletionBreaker';
import { ReadingObserver } from './ReadingObserver';
import { ReconcilerWorkers } from './ReconcilerWorkers';

export interface ReconcilerOptions {
  config: Config;
  knex: Knex;
  clusters: ClusterStore;
  shares: ShareStore;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
  logger: LoggerService;
}

/** Puts the room together. Nothing runs until `start()`. */
export function createReconciler(
  options: ReconcilerOptions,
): ReconcilerWorkers {
  const { config, knex, clusters, shares, connect, logger } = options;
  return ReconcilerWorkers.fromConfig(config, {
    clusters,
    logger,
    reconciler: new ClusterReconciler({
      shares,
      connect,
      logger,
      inventory: DatabaseInventory.create(knex),
      observer: new ReadingObserver(),
      breaker: new DeletionBreaker(),
    }),
  });
}
