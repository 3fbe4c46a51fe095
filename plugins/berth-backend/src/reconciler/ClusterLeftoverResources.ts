import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import {
  LeftoverResourceList,
  LeftoverResource,
} from '@berth/plugin-berth-common';
import { isKubeError, KubeClient, ROLE_BINDINGS } from '../kube';
import {
  ClusterConnector,
  ClusterRecord,
  LeftoverResources,
} from '../model/clusters';
import { assertSameCluster } from '../identity/assertSameCluster';
import { ownLabels } from './desired';
import { includesAll } from './drift';
import { forEachBounded } from './forEachBounded';
import { pause } from './observe/pause';
import { Inventory, InventoryEntry } from './types';

const CONCURRENCY = 8;
const DEADLINE_MS = 60_000;
const REACH_MS = 5_000;
/** The time during which a deleted object must not come back. */
const SETTLE_MS = 3_000;
const LOOK_MS = 300;

/**
 * The objects that Berth made on a cluster that is being deleted from the portal. Role bindings can be
 * deleted, which ends people's access. Namespaces and their content are people's work and stay.
 *
 * Only objects that the inventory lists by UID are touched. Objects of the same name that others made stay.
 */
export class ClusterLeftoverResources implements LeftoverResources {
  readonly #inventory: Inventory;
  readonly #connect: ClusterConnector;
  readonly #logger: LoggerService;
  readonly #settleMs: number;

  constructor(options: {
    inventory: Inventory;
    connect: ClusterConnector;
    logger: LoggerService;
    /** For tests. */
    settleMs?: number;
  }) {
    this.#inventory = options.inventory;
    this.#connect = options.connect;
    this.#logger = options.logger;
    this.#settleMs = options.settleMs ?? SETTLE_MS;
  }

  async list(cluster: ClusterRecord): Promise<LeftoverResourceList> {
    const [entries, problem] = await Promise.all([
      this.#inventory.list(cluster.id),
      this.#problemOfReaching(cluster),
    ]);
    const items = entries
      .filter(({ uid }) => uid !== undefined)
      .map(toLeftover)
      .sort(byPlace);
    return {
      items,
      totalItems: items.length,
      reachable: problem === undefined,
      ...(problem !== undefined && { message: problem }),
    };
  }

  async cleanUp(
    cluster: ClusterRecord,
    forget: () => Promise<void>,
  ): Promise<LeftoverResource[]> {
    const client = this.#connect(cluster);
    await assertSameCluster(client, cluster);
    const known = await this.#bindings(cluster);
    const before = known.filter(isRemovable);
    await this.#removeAll(cluster, client, before);
    // The cluster's worker may have created some of them again. It begins no more creations, because it cannot
    // record them in the inventory, and finishes those that it has begun.
    const madeAgain = await this.#bindings(cluster);
    await forget();
    await this.#removeAgain(cluster, client, [...known, ...madeAgain]);
    return before.map(toLeftover);
  }

  /** Returns the bindings of the inventory, including those that are about to be made. */
  async #bindings({ id }: ClusterRecord): Promise<InventoryEntry[]> {
    const entries = await this.#inventory.list(id);
    return entries.filter(({ kind }) => kind === 'RoleBinding');
  }

  async #removeAll(
    { name: cluster }: ClusterRecord,
    client: KubeClient,
    bindings: Required<InventoryEntry>[],
  ): Promise<void> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const failures: string[] = [];
    await forEachBounded(bindings, CONCURRENCY, async binding => {
      try {
        await remove(client, binding, signal);
      } catch (error) {
        const { namespace, name } = binding;
        failures.push(`${namespace}/${name}: ${toError(error).message}`);
      }
    });
    if (failures.length > 0) {
      throw new ConflictError(
        `${failures.length} of ${bindings.length} role bindings could not be removed from the cluster "${cluster}", so it stays registered. The first: ${failures[0]}. Try again, or delete it without clean-up`,
      );
    }
  }

  /** Deletes bindings that come back under these names with our labels, until none does. */
  async #removeAgain(
    { id, name: cluster }: ClusterRecord,
    client: KubeClient,
    bindings: InventoryEntry[],
  ): Promise<void> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      let quietSince = performance.now();
      do {
        if (await this.#removeOurs(id, client, bindings, signal)) {
          quietSince = performance.now();
        }
        await pause(LOOK_MS, signal);
        signal.throwIfAborted();
      } while (performance.now() - quietSince < this.#settleMs);
    } catch (error) {
      this.#logger.error(
        `The cluster ${cluster} was deleted from the portal and cleaned up, but Berth could not check whether a role binding came back; look for objects with the label berth.dev/cluster-id=${id}: ${
          toError(error).message
        }`,
      );
    }
  }

  /** @returns whether there were any */
  async #removeOurs(
    id: string,
    client: KubeClient,
    bindings: InventoryEntry[],
    signal: AbortSignal,
  ): Promise<boolean> {
    let any = false;
    await forEachBounded(bindings, CONCURRENCY, async binding => {
      const { namespace, name } = binding;
      const found = await client.get(
        ROLE_BINDINGS,
        { namespace, name },
        { signal },
      );
      const uid = found?.metadata.uid;
      if (uid && includesAll(found.metadata.labels, ownLabels(id))) {
        any = true;
        await remove(client, { ...binding, uid }, signal);
      }
    });
    return any;
  }

  async #problemOfReaching(cluster: ClusterRecord) {
    try {
      await this.#connect(cluster).version({
        signal: AbortSignal.timeout(REACH_MS),
      });
      return undefined;
    } catch (error) {
      return `The cluster does not answer, so nothing can be removed from it: ${
        toError(error).message
      }`;
    }
  }
}

/** Deletes a binding. A binding with another UID is not Berth's, and a binding that is gone needs nothing. */
async function remove(
  client: KubeClient,
  { namespace, name, uid }: Required<InventoryEntry>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.delete(
      ROLE_BINDINGS,
      { namespace, name },
      { uid },
      { signal },
    );
  } catch (error) {
    if (!isKubeError(error, 'Conflict')) {
      throw error;
    }
  }
}

function isRemovable(entry: InventoryEntry): entry is Required<InventoryEntry> {
  return entry.kind === 'RoleBinding' && entry.uid !== undefined;
}

function toLeftover(entry: InventoryEntry): LeftoverResource {
  const { kind, namespace, name } = entry;
  return {
    kind,
    namespace,
    name,
    removable: isRemovable(entry),
  };
}

function byPlace(one: LeftoverResource, other: LeftoverResource): number {
  const place = ({ kind, namespace, name }: LeftoverResource) =>
    `${namespace || name} ${namespace ? 1 : 0} ${kind} ${name}`;
  return place(one).localeCompare(place(other));
}
