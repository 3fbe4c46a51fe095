import { Knex } from 'knex';
import { Inventory, InventoryEntry, ObjectKey } from './types';

interface InventoryRow {
  cluster_id: string;
  kind: ObjectKey['kind'];
  namespace: string;
  name: string;
  uid: string | null;
  created_at: string;
}

const KEY = ['cluster_id', 'kind', 'namespace', 'name'];

/** The inventory in the table of that name. */
export class DatabaseInventory implements Inventory {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseInventory {
    return new DatabaseInventory(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(clusterId: string): Promise<InventoryEntry[]> {
    const rows = await this.#rows().where({ cluster_id: clusterId });
    return rows.map(({ kind, namespace, name, uid }) => ({
      kind,
      namespace,
      name,
      ...(uid !== null && { uid }),
    }));
  }

  async intend(clusterId: string, key: ObjectKey): Promise<void> {
    await this.#rows().insert(newRow(clusterId, key)).onConflict(KEY).ignore();
  }

  async complete(
    clusterId: string,
    key: ObjectKey,
    uid: string,
  ): Promise<void> {
    await this.#rows()
      .insert({ ...newRow(clusterId, key), uid })
      .onConflict(KEY)
      .merge(['uid']);
  }

  async remove(clusterId: string, key: ObjectKey): Promise<void> {
    const { kind, namespace, name } = key;
    await this.#rows()
      .where({ cluster_id: clusterId, kind, namespace, name })
      .delete();
  }

  #rows() {
    return this.#knex<InventoryRow>('inventory');
  }
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
