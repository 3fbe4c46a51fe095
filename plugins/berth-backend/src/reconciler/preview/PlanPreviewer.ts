import {
  ClusterPlan,
  PlannedChange,
  PlanFailure,
} from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../../identity/assertSameCluster';
import { ClusterRecord } from '../../model/clusters';
import { namespacesOfFormer } from '../former/takeOver';
import { keyText } from '../keys';
import { keysToObserve, plan } from '../plan';
import { problemOf } from '../problems';
import { ReadingObserver } from '../ReadingObserver';
import { DesiredSubject, InventoryEntry, Subject, Tenants } from '../types';
import { identityWaits } from '../identities/identityWaits';
import { foreignBindings } from './foreignBindings';
import {
  DEADLINE_MS,
  leftoverDeletions,
  leftoversOf,
  PlanSources,
  PlanState,
  readPlanState,
} from './planState';
import { presentKey, presentPlan } from './presentPlan';
import { readRepeatedDeletions } from './repeatedDeletions';

const EMPTY_PLAN = {
  items: [],
  totalItems: 0,
  problems: [],
  foreign: [],
  repeatedDeletions: [],
  leftovers: [],
  formerRegistrations: [],
};

/**
 * Shows what a pass over a cluster would do now, by reading the cluster. It needs no lease, as it writes
 * nothing, so every replica can answer.
 */
export class PlanPreviewer {
  readonly #sources: PlanSources;

  constructor(sources: PlanSources) {
    this.#sources = sources;
  }

  /** Computes the plan of a cluster. If the cluster cannot be read, the plan has a `failure`. */
  async preview(cluster: ClusterRecord): Promise<ClusterPlan> {
    const state = await readPlanState(this.#sources, cluster);
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
    { wanted, tenants, inventory, deletions }: PlanState,
    signal: AbortSignal,
  ): Promise<ClusterPlan> {
    const {
      breaker,
      connect,
      formers,
      leftoverBreaker,
      podSecurity,
      pullSecrets,
    } = this.#sources;
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
    const state = await pullSecrets.pass({
      cluster,
      client,
      wanted: await podSecurity.peek(cluster.id, wanted, observed),
      observed,
      inventory,
      signal,
    });
    const planned = plan({
      cluster,
      desired: state.wanted,
      observed: state.observed,
      inventory: state.inventory,
      formers: new Map(former.map(({ id, name }) => [id, name])),
    });
    const waits = await podSecurity.waiting(cluster.id);
    const identities = identityWaits(tenants.identities);
    const waiting = await breaker.peek(deletions);
    const { items, problems } = presentPlan(
      planned,
      state.observed,
      waiting.objects,
      subject => groupsOf(subject, tenants),
    );
    const leftovers = await leftoversOf(
      cluster,
      client,
      { wanted, inventory },
      signal,
    );
    const certain = leftovers.filter(({ reason }) => reason === undefined);
    const waitingLeftovers = await leftoverBreaker.peek(
      leftoverDeletions(cluster, inventory, leftovers),
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
      repeatedDeletions: await readRepeatedDeletions(
        this.#sources.activity,
        cluster.id,
      ),
      leftovers: leftovers.flatMap(({ reason, key, uid }) =>
        reason === undefined ? [] : [{ uid, object: presentKey(key), reason }],
      ),
      formerRegistrations: former.flatMap(one => {
        const namespaces = namespacesOf.get(one.id) ?? [];
        return namespaces.length > 0 ? [{ ...one, namespaces }] : [];
      }),
      ...(waits.length > 0 && { podSecurity: waits }),
      ...(identities.length > 0 && { identities }),
      ...(waiting.held && { held: waiting.held }),
      ...(waitingLeftovers.held && { heldLeftovers: waitingLeftovers.held }),
    };
  }
}

/** Describes why a cluster could not be read. */
export function failureOf(error: unknown): PlanFailure {
  if (isKubeError(error) || error instanceof AnotherClusterError) {
    const { cause, message } = problemOf(error);
    return { cause, message };
  }
  return {
    cause: 'Timeout',
    message: `Reading the cluster took longer than ${DEADLINE_MS / 1_000} s`,
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

/** Returns the entity refs of the groups of a subject. */
export function groupsOf(subject: Subject, { grants }: Tenants): string[] {
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
