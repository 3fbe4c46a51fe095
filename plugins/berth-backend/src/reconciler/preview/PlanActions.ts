import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ConfirmIdentityRequest,
  PlannedObject,
  TakeOverResult,
} from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../../identity/assertSameCluster';
import { ClusterRecord } from '../../model/clusters';
import { NamespaceKey } from '../../model/tenancy';
import { forEachBounded } from '../forEachBounded';
import { takeOver } from '../former/takeOver';
import { KINDS } from '../kinds';
import {
  DEADLINE_MS,
  leftoverDeletions,
  leftoversOf,
  PlanSources,
  readPlanState,
} from './planState';
import { presentKey } from './presentPlan';

const CONCURRENCY = 8;

/** The decisions of an admin about the plan of a cluster. */
export class PlanActions {
  readonly #sources: PlanSources;

  constructor(sources: PlanSources) {
    this.#sources = sources;
  }

  /**
   * Lets held deletions go ahead.
   *
   * @param held - the id of the deletions in a preview
   * @throws ConflictError if other deletions are held now
   */
  async confirm(cluster: ClusterRecord, held: string): Promise<void> {
    const { breaker, connect, leftoverBreaker } = this.#sources;
    const { deletions, inventory, wanted } = await readPlanState(
      this.#sources,
      cluster,
    );
    const waiting = await breaker.peek(deletions);
    if (waiting.held?.id === held) {
      await breaker.confirm(deletions, held);
      return;
    }
    const leftovers = await leftoversOf(
      cluster,
      connect(cluster),
      { wanted, inventory },
      AbortSignal.timeout(DEADLINE_MS),
    );
    const ofLeftovers = leftoverDeletions(cluster, inventory, leftovers);
    const { held: heldLeftovers } = await leftoverBreaker.peek(ofLeftovers);
    await (heldLeftovers?.id === held || !waiting.held
      ? leftoverBreaker.confirm(ofLeftovers, held)
      : breaker.confirm(deletions, held));
  }

  /**
   * Lets a higher level of Pod Security go ahead.
   *
   * @param by - entity ref of the admin
   * @throws ConflictError if one of the namespaces does not wait for it
   */
  async confirmPodSecurity(
    { id }: ClusterRecord,
    wanted: { level: string; namespaces: string[] },
    by: string,
  ): Promise<void> {
    await this.#sources.podSecurity.confirm(id, wanted, by);
  }

  /**
   * Lets the IDs that the catalog has for an owner of namespaces go ahead.
   *
   * @param by - entity ref of the admin
   * @returns the ids of the clusters on which the owner has namespaces
   * @throws ConflictError if other IDs wait, or none; or if another person has the user ID
   */
  async confirmIdentity(
    cluster: ClusterRecord,
    { owner, entityUid, found }: ConfirmIdentityRequest,
    by: string,
  ): Promise<string[]> {
    const { identities, tenants } = this.#sources;
    const { identities: onCluster } = await tenants.read(cluster);
    if (
      !onCluster?.has(owner) ||
      !(await identities.confirm(owner, { entityUid, values: found }, by))
    ) {
      throw new ConflictError(
        `These IDs of ${owner} do not wait now; read the plan again`,
      );
    }
    return identities.clustersOf(owner);
  }

  /**
   * Deletes objects that are left from before a restore, if an admin confirms them.
   *
   * @returns the deleted objects
   * @throws ConflictError if one of them is not such an object, or cannot be deleted
   */
  async removeLeftovers(
    cluster: ClusterRecord,
    uids: string[],
  ): Promise<PlannedObject[]> {
    const { inventory, wanted } = await readPlanState(this.#sources, cluster);
    const client = this.#sources.connect(cluster);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    return this.#onCluster(cluster, async () => {
      const known = new Map(
        (await leftoversOf(cluster, client, { wanted, inventory }, signal)).map(
          leftover => [leftover.uid, leftover],
        ),
      );
      const missing = uids.filter(uid => !known.has(uid));
      if (missing.length > 0) {
        throw new ConflictError(
          `uids contains ${missing.join(', ')}, which is not a leftover on ${
            cluster.name
          } any more. Nothing was deleted; load the plan again`,
        );
      }
      const chosen = uids.flatMap(uid => known.get(uid) ?? []);
      await forEachBounded(chosen, CONCURRENCY, async ({ key, uid }) => {
        const { kind, name, namespace } = key;
        await client.delete(
          KINDS[kind].resource,
          { name, namespace },
          { uid },
          { signal },
        );
      });
      return chosen.map(({ key }) => presentKey(key));
    });
  }

  /**
   * Takes over the namespaces of a deleted registration of this cluster.
   *
   * @throws NotFoundError if there is no such registration; ConflictError if the cluster refuses
   */
  async takeOver(
    cluster: ClusterRecord,
    formerId: string,
  ): Promise<TakeOverResult> {
    const { connect, formers } = this.#sources;
    const former = (await formers.of(cluster)).find(
      ({ id }) => id === formerId,
    );
    if (!former) {
      throw new NotFoundError(
        `formerId "${formerId}" is not a deleted registration of the cluster ${cluster.name}`,
      );
    }
    const { wanted } = await readPlanState(this.#sources, cluster);
    const taken = await this.#onCluster(cluster, () =>
      takeOver(
        connect(cluster),
        cluster,
        former,
        wanted,
        AbortSignal.timeout(DEADLINE_MS),
      ),
    );
    for (const name of taken.namespaces) {
      await this.#list({ clusterId: cluster.id, name });
    }
    return taken;
  }

  /** Adds a namespace that nobody has a role in to the portal, so that admins find it and can share or delete it. */
  async #list(key: NamespaceKey): Promise<void> {
    const { namespaces } = this.#sources;
    if (await namespaces.get(key)) {
      return;
    }
    try {
      await namespaces.create({ ...key, origin: 'adopted' });
    } catch (error) {
      // The name is kept for the home of a group, and appears once the cluster is shared with the group.
      if (!(error instanceof ConflictError)) {
        throw error;
      }
    }
  }

  /** Runs work on a cluster. A refusal by the cluster is not a failure of the portal. */
  async #onCluster<T>(
    cluster: ClusterRecord,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      await assertSameCluster(this.#sources.connect(cluster), cluster);
      return await work();
    } catch (error) {
      if (isKubeError(error) || error instanceof AnotherClusterError) {
        throw new ConflictError(
          `The cluster ${cluster.name} refused a step: ${error.message}. Earlier steps are done; try again`,
        );
      }
      throw error;
    }
  }
}
