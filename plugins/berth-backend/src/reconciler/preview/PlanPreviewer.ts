import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ClusterPlan,
  PlannedChange,
  PlanFailure,
  PlannedObject,
  TakeOverResult,
} from '@berth/plugin-berth-common';
import { isKubeError, KubeClient } from '../../kube';
import {
  ClusterConnector,
  ClusterRecord,
  ShareStore,
} from '../../registry/types';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../../registry/identity/assertSameCluster';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { desired } from '../desired';
import { FormerClusters } from '../former/DatabaseFormerClusters';
import { namespacesOfFormer, takeOver } from '../former/takeOver';
import { forEachBounded } from '../forEachBounded';
import { keyText } from '../keys';
import { KINDS } from '../kinds';
import { judgeLeftover, JudgedLeftover } from '../leftovers/judgeLeftover';
import { listLeftovers } from '../leftovers/readLeftovers';
import { keysToObserve, plan, unwanted } from '../plan';
import { problemOf } from '../problems';
import { ReadingObserver } from '../ReadingObserver';
import {
  DesiredSubject,
  Inventory,
  InventoryEntry,
  Subject,
  Tenants,
  TenantSource,
} from '../types';
import { foreignBindings } from './foreignBindings';
import { presentKey, presentPlan } from './presentPlan';

/** How long reading a cluster may take, as a person waits for it. */
const DEADLINE_MS = 30_000;
const CONCURRENCY = 8;

export interface PlanPreviewerOptions {
  shares: Pick<ShareStore, 'list'>;
  tenants: TenantSource;
  inventory: Pick<Inventory, 'list'>;
  formers: FormerClusters;
  breaker: DeletionBreaker;
  /** For what is left from before a restore. */
  leftoverBreaker: DeletionBreaker;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
}

interface State {
  wanted: DesiredSubject[];
  tenants: Tenants;
  inventory: InventoryEntry[];
  deletions: Parameters<DeletionBreaker['peek']>[0];
}

/**
 * Shows what a pass over a cluster would do now, by reading the cluster. It needs no lease, as it writes
 * nothing, so every replica can answer.
 */
export class PlanPreviewer {
  readonly #options: PlanPreviewerOptions;

  constructor(options: PlanPreviewerOptions) {
    this.#options = options;
  }

  /** A cluster that cannot be read gives a plan with a `failure`. */
  async preview(cluster: ClusterRecord): Promise<ClusterPlan> {
    const state = await this.#state(cluster);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await this.#read(cluster, state, signal);
    } catch (error) {
      if (
        isKubeError(error) ||
        error instanceof AnotherClusterError ||
        signal.aborted
      ) {
        return {
          ...EMPTY_PLAN,
          cluster: cluster.name,
          plannedAt: new Date().toISOString(),
          failure: failureOf(error),
        };
      }
      throw error;
    }
  }

  async #read(
    cluster: ClusterRecord,
    { wanted, tenants, inventory, deletions }: State,
    signal: AbortSignal,
  ): Promise<ClusterPlan> {
    const { breaker, connect, formers, leftoverBreaker } = this.#options;
    const client = connect(cluster);
    await assertSameCluster(client, cluster, { signal });
    const observed = await new ReadingObserver().observe({
      cluster,
      client,
      keys: keysToObserve(wanted, inventory),
      wanted: [],
      inventory,
      signal,
    });
    const former = await formers.of(cluster);
    const planned = plan({
      cluster,
      desired: wanted,
      observed,
      inventory,
      formers: new Map(former.map(({ id, name }) => [id, name])),
    });
    const waiting = await breaker.peek(deletions);
    const { items, problems } = presentPlan(
      planned,
      observed,
      waiting.objects,
      subject => groupsOf(subject, tenants),
    );
    const leftovers = await this.#leftovers(
      cluster,
      client,
      { wanted, inventory },
      signal,
    );
    const certain = leftovers.filter(({ doubt }) => doubt === undefined);
    const waitingLeftovers = await leftoverBreaker.peek(
      leftoverDeletions(cluster, inventory, certain),
    );
    const leftoverItems = certain.map(
      ({ key }): PlannedChange => ({
        action: 'delete',
        object: presentKey(key),
        groups: [],
        differences: [],
        held: waitingLeftovers.objects.has(keyText(key)),
        leftover: true,
      }),
    );
    const namespacesOf = await namespacesOfFormer(client, former, signal);
    return {
      cluster: cluster.name,
      plannedAt: new Date().toISOString(),
      items: [...leftoverItems, ...items],
      totalItems: leftoverItems.length + items.length,
      problems,
      foreign: await foreignBindings(
        client,
        namespacesIn(wanted, inventory),
        new Set([
          ...inventory.map(keyText),
          ...keysToObserve(wanted, []).map(keyText),
          ...leftovers.map(({ key }) => keyText(key)),
        ]),
        signal,
      ),
      leftovers: leftovers.flatMap(({ doubt, key, uid }) =>
        doubt === undefined ? [] : [{ uid, object: presentKey(key), doubt }],
      ),
      formerRegistrations: former.flatMap(one => {
        const namespaces = namespacesOf.get(one.id) ?? [];
        return namespaces.length > 0 ? [{ ...one, namespaces }] : [];
      }),
      ...(waiting.held && { held: waiting.held }),
      ...(waitingLeftovers.held && { heldLeftovers: waitingLeftovers.held }),
    };
  }

  /**
   * Lets deletions that are held go ahead.
   *
   * @param held - which, as a preview named them
   * @throws ConflictError if these are not what is held now
   */
  async confirm(cluster: ClusterRecord, held: string): Promise<void> {
    const { breaker, connect, leftoverBreaker } = this.#options;
    const { deletions, inventory, wanted } = await this.#state(cluster);
    const waiting = await breaker.peek(deletions);
    if (waiting.held?.id === held) {
      await breaker.confirm(deletions, held);
      return;
    }
    const leftovers = await this.#leftovers(
      cluster,
      connect(cluster),
      { wanted, inventory },
      AbortSignal.timeout(DEADLINE_MS),
    );
    const certain = leftovers.filter(({ doubt }) => doubt === undefined);
    const ofLeftovers = leftoverDeletions(cluster, inventory, certain);
    const { held: heldLeftovers } = await leftoverBreaker.peek(ofLeftovers);
    await (heldLeftovers?.id === held || !waiting.held
      ? leftoverBreaker.confirm(ofLeftovers, held)
      : breaker.confirm(deletions, held));
  }

  /**
   * Deletes objects that are left from before a restore, on an admin's word.
   *
   * @returns what was deleted
   * @throws ConflictError if one of them is not such an object, or cannot be deleted
   */
  async removeLeftovers(
    cluster: ClusterRecord,
    uids: string[],
  ): Promise<PlannedObject[]> {
    const { inventory, wanted } = await this.#state(cluster);
    const client = this.#options.connect(cluster);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    return this.#onCluster(cluster, async () => {
      const known = new Map(
        (
          await this.#leftovers(cluster, client, { wanted, inventory }, signal)
        ).map(leftover => [leftover.uid, leftover]),
      );
      const missing = uids.filter(uid => !known.has(uid));
      if (missing.length > 0) {
        throw new ConflictError(
          `uids holds ${missing.join(', ')}, which is no leftover on ${
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
   * Takes over the namespaces of a registration of this cluster that was deleted.
   *
   * @throws NotFoundError if there is no such registration; ConflictError if the cluster refuses
   */
  async takeOver(
    cluster: ClusterRecord,
    formerId: string,
  ): Promise<TakeOverResult> {
    const { connect, formers } = this.#options;
    const former = (await formers.of(cluster)).find(
      ({ id }) => id === formerId,
    );
    if (!former) {
      throw new NotFoundError(
        `formerId "${formerId}" is not a deleted registration of the cluster ${cluster.name}`,
      );
    }
    const { wanted } = await this.#state(cluster);
    return this.#onCluster(cluster, () =>
      takeOver(
        connect(cluster),
        cluster,
        former,
        wanted,
        AbortSignal.timeout(DEADLINE_MS),
      ),
    );
  }

  /** A cluster's refusal is not the portal's failure. */
  async #onCluster<T>(
    cluster: ClusterRecord,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      await assertSameCluster(this.#options.connect(cluster), cluster);
      return await work();
    } catch (error) {
      if (isKubeError(error) || error instanceof AnotherClusterError) {
        throw new ConflictError(
          `The cluster ${cluster.name} did not do it: ${error.message}. What was done before stays; try again`,
        );
      }
      throw error;
    }
  }

  async #leftovers(
    cluster: ClusterRecord,
    client: KubeClient,
    { wanted, inventory }: Pick<State, 'wanted' | 'inventory'>,
    signal: AbortSignal,
  ): Promise<JudgedLeftover[]> {
    const candidates = await listLeftovers(
      client,
      {
        cluster,
        keys: [],
        wanted: wanted.flatMap(one => [one.namespace, ...one.objects]),
        inventory,
      },
      signal,
    );
    const namespaces = new Set(
      wanted.map(({ namespace }) => namespace.metadata.name),
    );
    return candidates.flatMap(
      candidate => judgeLeftover(candidate, { cluster, namespaces }) ?? [],
    );
  }

  async #state(cluster: ClusterRecord): Promise<State> {
    const shares = await this.#options.shares.list(cluster.id);
    const tenants = await this.#options.tenants.read(cluster);
    const inventory = await this.#options.inventory.list(cluster.id);
    const wanted = desired(cluster, shares, tenants);
    return {
      wanted,
      tenants,
      inventory,
      deletions: {
        clusterId: cluster.id,
        unwanted: unwanted(wanted, inventory),
        inventory,
      },
    };
  }
}

function failureOf(error: unknown): PlanFailure {
  if (isKubeError(error) || error instanceof AnotherClusterError) {
    const { cause, message } = problemOf(error);
    return { cause, message };
  }
  return {
    cause: 'Timeout',
    message: `Reading the cluster took longer than ${DEADLINE_MS / 1_000} s`,
  };
}

const EMPTY_PLAN = {
  items: [],
  totalItems: 0,
  problems: [],
  foreign: [],
  leftovers: [],
  formerRegistrations: [],
};

/** As the reconciler counts them. */
function leftoverDeletions(
  { id: clusterId }: ClusterRecord,
  inventory: InventoryEntry[],
  leftovers: JudgedLeftover[],
) {
  const entries = leftovers.map(({ key, uid }) => ({ ...key, uid }));
  return {
    clusterId,
    unwanted: entries,
    inventory: [...inventory, ...entries],
  };
}

function namespacesIn(
  wanted: DesiredSubject[],
  inventory: InventoryEntry[],
): Set<string> {
  return new Set([
    ...wanted.map(({ namespace }) => namespace.metadata.name),
    ...inventory
      .filter(({ kind, uid }) => kind === 'Namespace' && uid !== undefined)
      .map(({ name }) => name),
  ]);
}

function groupsOf(subject: Subject, { grants }: Tenants): string[] {
  switch (subject.type) {
    case 'share':
      return [subject.group];
    case 'grant':
      return grants
        .filter(({ id }) => id === subject.id)
        .map(({ group }) => group);
    default:
      return [];
  }
}
