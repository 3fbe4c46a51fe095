import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { HeldDeletions } from '@berth/plugin-berth-common';
import { isKubeError, redact } from '../kube';
import { ClusterRecord } from '../model/clusters';
import { DeletionBreaker } from './breaker/DeletionBreaker';
import { keyText } from './keys';
import {
  classifyLeftover,
  LeftoverCandidate,
} from './leftovers/classifyLeftover';
import { ReconcilerMetrics } from './metrics/types';
import { PlanExecutor } from './PlanExecutor';
import { ClusterSession } from './ClusterSession';
import { DesiredSubject, InventoryEntry, ObjectKey, Revocation } from './types';

export interface RevokerOptions {
  breaker: DeletionBreaker;
  leftoverBreaker: DeletionBreaker;
  metrics: Pick<ReconcilerMetrics, 'held'>;
  logger: LoggerService;
}

/** The cluster on which to delete, and the executor of the deletions. */
export interface RevokerRun {
  cluster: ClusterRecord;
  session: ClusterSession;
  executor: PlanExecutor;
}

/** Deletes objects that are no longer wanted, unless a breaker holds them. */
export class Revoker {
  readonly #options: RevokerOptions;

  constructor(options: RevokerOptions) {
    this.#options = options;
  }

  /** @returns the objects that must wait, by `keyText` */
  async waiting(
    { cluster, session }: RevokerRun,
    unwanted: InventoryEntry[],
    inventory: InventoryEntry[],
  ): Promise<ReadonlySet<string>> {
    const { breaker, logger, metrics } = this.#options;
    const { objects, held } = await breaker.hold(session.lease, {
      unwanted,
      inventory,
    });
    metrics.held(cluster, held?.deletions ?? 0);
    if (held) {
      logger.warn(
        `Not yet removing ${countOf(held)} that Berth made on cluster ${
          cluster.name
        }: in case shares or profiles were lost by mistake, this waits until ${
          held.until
        } or until an admin confirms it on the cluster's page`,
      );
    }
    return objects;
  }

  /**
   * Deletes objects that are left from before a restore and are certainly Berth's. They have a separate
   * breaker, so that objects that only look like Berth's delay no other deletion.
   */
  async revokeLeftovers(
    run: RevokerRun,
    on: {
      wanted: DesiredSubject[];
      inventory: InventoryEntry[];
      candidates: LeftoverCandidate[];
    },
  ): Promise<{ revoked: boolean; held: boolean }> {
    const { leftoverBreaker, logger } = this.#options;
    const { cluster, session } = run;
    const leftovers = certainLeftovers(cluster, on);
    const { objects, held } = await leftoverBreaker.hold(session.lease, {
      unwanted: leftovers,
      inventory: [...on.inventory, ...leftovers],
    });
    if (held) {
      logger.warn(
        `Not yet removing ${countOf(held)} on cluster ${
          cluster.name
        }: they are left from before a restore of the cluster or of the portal's database. This waits until ${
          held.until
        } or until an admin confirms it on the cluster's page`,
      );
    }
    const due = leftovers.filter(entry => !objects.has(keyText(entry)));
    for (const { kind, namespace, name } of due) {
      logger.warn(
        `Removing ${kind} ${namespace}/${name} from cluster ${cluster.name}: Berth made it, the portal no longer wants it, and the inventory does not list it, as after a restore`,
      );
    }
    const revoked = await this.delete(
      run,
      due.map(({ uid, ...key }) => ({ type: 'delete', key, uid })),
    );
    return { revoked, held: held !== undefined };
  }

  /**
   * @returns whether all objects are deleted that the portal may delete; an object that cannot be deleted stops no
   *   other deletion and no share
   */
  async delete(
    { cluster, executor }: RevokerRun,
    revocations: Revocation[],
  ): Promise<boolean> {
    const failed = await executor.revoke(revocations);
    for (const { key, error } of failed) {
      this.#options.logger.warn(
        `${key.kind} ${key.namespace}/${
          key.name
        } cannot be removed from cluster ${cluster.name}: ${redact(
          toError(error).message,
        )}`,
      );
    }
    return failed.every(mayNotDelete);
  }
}

/** Returns the objects that are left from before a restore, as inventory entries. */
export function certainLeftovers(
  cluster: Pick<ClusterRecord, 'id' | 'groupsPrefix' | 'usernamePrefix'>,
  {
    wanted,
    candidates,
  }: { wanted: DesiredSubject[]; candidates: LeftoverCandidate[] },
): Required<InventoryEntry>[] {
  const namespaces = new Set(
    wanted
      .filter(({ cleanUp }) => !cleanUp)
      .map(({ namespace }) => namespace.metadata.name),
  );
  return candidates.flatMap(candidate => {
    const classified = classifyLeftover(candidate, { cluster, namespaces });
    return classified && classified.reason === undefined
      ? [{ ...classified.key, uid: classified.uid }]
      : [];
  });
}

/**
 * Returns whether the portal has no right to delete a Secret: the cluster does not have the feature any more, or has it
 * for other names, or a member put a Secret of another type in its place. Trying again soon would change nothing, so the
 * Secret stays in the inventory until a later pass may delete it.
 */
function mayNotDelete({ key, error }: { key: ObjectKey; error: unknown }) {
  return key.kind === 'Secret' && isKubeError(error, 'Forbidden');
}

function countOf({ deletions, of }: HeldDeletions): string {
  return `${deletions} of the ${of} objects`;
}
