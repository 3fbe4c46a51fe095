import { Knex } from 'knex';
import { writeUnderLease } from './leases/writeUnderLease';
import { FencingToken, Inventory, InventoryEntry, ObjectKey } from './types';

interface InventoryRow {
  cluster_id: string;
  kind: ObjectKey['kind'];
  namespace: string;
  name: string;
  uid: string | null;
  created_at: string;
}

const KEY = ['cluster_id', 'kind', 'namespace', 'name'];

/** The number of rows that one statement of either database accepts. */
const CHUNK = 100;

/** The inventory in the table `inventory`. */
export class DatabaseInventory implements Inventory {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseInventory {
    return new DatabaseInventory(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(clusterId: string): Promise<InventoryEntry[]> {
    const rows = await this.#knex<InventoryRow>('inventory').where({
      cluster_id: clusterId,
    });
    return rows.map(({ kind, namespace, name, uid }) => ({
      kind,
      namespace,
      name,
      ...(uid !== null && { uid }),
    }));
  }

  async intend(fencingToken: FencingToken, keys: ObjectKey[]): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      for (const some of chunks(keys)) {
        await transaction<InventoryRow>('inventory')
          .insert(some.map(key => newRow(fencingToken.clusterId, key)))
          .onConflict(KEY)
          .ignore();
      }
    });
  }

  async record(
    fencingToken: FencingToken,
    { exist, gone }: Parameters<Inventory['record']>[1],
  ): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      await forgetFormerContent(transaction, fencingToken, exist);
      for (const some of chunks(exist)) {
        await transaction<InventoryRow>('inventory')
          .insert(
            some.map(({ uid, ...key }) => ({
              ...newRow(fencingToken.clusterId, key),
              uid,
            })),
          )
          .onConflict(KEY)
          .merge(['uid']);
      }
      for (const some of chunks(gone)) {
        await transaction<InventoryRow>('inventory')
          .where({ cluster_id: fencingToken.clusterId })
          .whereIn(
            ['kind', 'namespace', 'name'],
            some.map(({ kind, namespace, name }) => [kind, namespace, name]),
          )
          .delete();
      }
    });
  }
}

/** Removes the UIDs of objects in namespaces that have another UID than before. */
async function forgetFormerContent(
  transaction: Knex.Transaction,
  { clusterId }: FencingToken,
  exist: Required<InventoryEntry>[],
): Promise<void> {
  const namespaces = exist.filter(({ kind }) => kind === 'Namespace');
  for (const some of chunks(namespaces)) {
    const uids = new Map(some.map(({ name, uid }) => [name, uid]));
    const before = await transaction<InventoryRow>('inventory')
      .where({ cluster_id: clusterId, kind: 'Namespace' })
      .whereIn('name', [...uids.keys()])
      .select('name', 'uid');
    const replaced = before
      .filter(({ name, uid }) => uid !== null && uid !== uids.get(name))
      .map(({ name }) => name);
    if (replaced.length > 0) {
      await transaction<InventoryRow>('inventory')
        .where({ cluster_id: clusterId })
        .whereIn('namespace', replaced)
        .update({ uid: null });
    }
  }
}

function chunks<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

function newRow(clusterId: string, key: ObjectKey): InventoryRow {
  return {
    cluster_id: clusterId,
    kind: key.kind,
    namespace: key.namespace,
    name: key.name,
    uid: null,
    created_at: new Date().toISOString(),
  };
}
