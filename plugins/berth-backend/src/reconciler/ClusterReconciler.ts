import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isKubeError, KubeClient, redact } from '../kube';
import {
  ClusterConnector,
  ClusterRecord,
  ShareRecord,
  ShareStore,
} from '../registry/types';
import { DeletionBreaker } from './DeletionBreaker';
import { desired } from './desired';
import { forEachBounded } from './forEachBounded';
import { noteFailedPass, noteOutcomes, Problems } from './noteOutcomes';
import { keysToObserve, plan } from './plan';
import { PlanExecutor } from './PlanExecutor';
import { concernsWholeCluster, problemOf } from './problems';
import {
  Inventory,
  InventoryEntry,
  Observer,
  Revocation,
  SharePlan,
  ShareProblem,
} from './types';

const CONCURRENCY = 8;

export interface ClusterReconcilerOptions {
  shares: ShareStore;
  inventory: Inventory;
  observer: Observer;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
  breaker: DeletionBreaker;
  logger: LoggerService;
}

/** How a pass ended. */
export interface PassResult {
  /** Whether there is nothing that another pass soon could mend. */
  settled: boolean;
  /** Seconds that the API server asked to be left alone. */
  retryAfterSeconds?: number;
}

interface Round {
  problems: Problems;
  /** Whether all that should be gone is gone. */
  revoked: boolean;
}

/**
 * Makes one cluster as the portal says, in one pass: read the shares and the inventory, observe the
 * cluster, plan, act, and note what became of each share. The pass knows nothing of earlier ones, so it
 * does not matter how those ended, and several at once do no harm: each step states what should be,
 * creations fail where the object exists, and deletions name a UID.
 */
export class ClusterReconciler {
  readonly #options: ClusterReconcilerOptions;

  constructor(options: ClusterReconcilerOptions) {
    this.#options = options;
  }

  /**
   * @throws what reading the shares throws: without them nothing is done; and the reason of the signal
   * once it is aborted
   */
  async reconcile(
    cluster: ClusterRecord,
    signal: AbortSignal,
  ): Promise<PassResult> {
    const { logger, shares: store } = this.#options;
    const noting = { cluster, store, logger };
    const shares = await store.list(cluster.id);
    try {
      const client = this.#options.connect(cluster);
      let round = await this.#round(cluster, client, shares, signal);
      if (hasConflict(round)) {
        // Somebody was faster; what they left decides.
        round = await this.#round(cluster, client, shares, signal);
      }
      await noteOutcomes(shares, round.problems, noting);
      return { settled: round.revoked && !hasPassingProblem(round) };
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(
        `Cluster ${cluster.name} cannot be reconciled: ${redact(
          toError(error).message,
        )}`,
      );
      await noteFailedPass(shares, problemOf(error), noting);
      return {
        settled: false,
        retryAfterSeconds: isKubeError(error)
          ? error.retryAfterSeconds
          : undefined,
      };
    }
  }

  async #round(
    cluster: ClusterRecord,
    client: KubeClient,
    shares: ShareRecord[],
    signal: AbortSignal,
  ): Promise<Round> {
    const inventory = await this.#options.inventory.list(cluster.id);
    const wanted = desired(cluster, shares);
    const observed = await this.#options.observer.observe(
      client,
      keysToObserve(wanted, inventory),
      signal,
    );
    const { revocations, shares: plans } = plan({
      cluster,
      desired: wanted,
      observed,
      inventory,
    });
    const executor = new PlanExecutor({
      clusterId: cluster.id,
      client,
      inventory: this.#options.inventory,
      signal,
    });
    return {
      revoked: await this.#revoke(cluster, executor, revocations, inventory),
      problems: await performAll(executor, plans),
    };
  }

  /** A binding that cannot be deleted holds up no other and no share. */
  async #revoke(
    cluster: ClusterRecord,
    executor: PlanExecutor,
    revocations: Revocation[],
    inventory: InventoryEntry[],
  ): Promise<boolean> {
    const { breaker, logger } = this.#options;
    const holdMs = breaker.holdFor(cluster.id, revocations, inventory);
    if (holdMs > 0) {
      logger.warn(
        `Not yet removing ${revocations.length} RoleBindings from cluster ${
          cluster.name
        }, more than half of those that Berth made there: in case the shares were lost by mistake, this waits ${Math.ceil(
          holdMs / 60_000,
        )} more minutes`,
      );
      return true;
    }
    let revoked = true;
    await forEachBounded(revocations, CONCURRENCY, async revocation => {
      try {
        await executor.revoke(revocation);
      } catch (error) {
        if (concernsWholeCluster(error)) {
          throw error;
        }
        revoked = false;
        logger.warn(
          `RoleBinding ${revocation.key.name} cannot be removed from cluster ${
            cluster.name
          }: ${toError(error).message}`,
        );
      }
    });
    return revoked;
  }
}

async function performAll(
  executor: PlanExecutor,
  plans: SharePlan[],
): Promise<Problems> {
  const problems = new Map<string, ShareProblem | undefined>();
  await forEachBounded(plans, CONCURRENCY, async share => {
    problems.set(share.group, share.problem);
    try {
      for (const action of share.actions) {
        await executor.perform(action);
      }
    } catch (error) {
      if (concernsWholeCluster(error)) {
        throw error;
      }
      problems.set(share.group, problemOf(error));
    }
  });
  return problems;
}

function hasConflict({ problems }: Round): boolean {
  return [...problems.values()].some(problem => problem?.cause === 'Conflict');
}

function hasPassingProblem({ problems }: Round): boolean {
  return [...problems.values()].some(problem => problem?.passing);
}
