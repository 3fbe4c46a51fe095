import { ClusterPlan, PlannedChange } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../../model/clusters';
import { namespacesOfFormer } from '../former/takeOver';
import { keyText } from '../keys';
import { keysToObserve } from '../plan';
import { DesiredSubject, InventoryEntry } from '../types';
import { identityWaits } from '../identities/identityWaits';
import { foreignBindings } from './foreignBindings';
import { failureOf, planCluster } from './planCluster';
import {
  DEADLINE_MS,
  leftoverDeletions,
  leftoversOf,
  PlanSources,
} from './planState';
import { firstProblems, presentKey } from './presentPlan';
import { readRepeatedDeletions } from './repeatedDeletions';

const EMPTY_PLAN = {
  items: [],
  totalItems: 0,
  problems: [],
  totalProblems: 0,
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
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await this.#read(cluster, signal);
    } catch (error) {
      const failure = failureOf(error, signal);
      if (!failure) {
        throw error;
      }
      return {
        ...EMPTY_PLAN,
        cluster: cluster.name,
        plannedAt: new Date().toISOString(),
        failure,
      };
    }
  }

  async #read(
    cluster: ClusterRecord,
    signal: AbortSignal,
  ): Promise<ClusterPlan> {
    const { leftoverBreaker, podSecurity } = this.#sources;
    const { client, wanted, tenants, inventory, former, ...planned } =
      await planCluster(
        this.#sources,
        cluster,
        read => podSecurity.peek(cluster.id, read),
        signal,
      );
    const { items, problems, held } = planned;
    const waits = await podSecurity.waiting(cluster.id);
    const identities = identityWaits(tenants.identities);
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
    const namespacesOf = await namespacesOfFormer(
      client,
      former,
      wanted,
      signal,
    );
    return {
      cluster: cluster.name,
      plannedAt: new Date().toISOString(),
      items: [...leftoverItems, ...items],
      totalItems: leftoverItems.length + items.length,
      ...firstProblems(problems),
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
      ...(held && { held }),
      ...(waitingLeftovers.held && { heldLeftovers: waitingLeftovers.held }),
    };
  }
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
