import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { outcomeOf, OutcomeRow } from '../database/recordOutcome';
import {
  NamespaceKey,
  QuotaBounds,
  QuotaRecord,
  QuotaStore,
} from '../model/tenancy';
import { whereNamespace } from './whereNamespace';

interface QuotaRow extends OutcomeRow {
  cluster_id: string;
  namespace: string;
  size_class: string | null;
  hard: string;
  limits: string;
  priority_classes: string;
  placement: string | null;
  used: string | null;
  observed_at: string | null;
  created_at: string;
  updated_at: string;
}

/** Quotas in the table `quotas`. */
export class DatabaseQuotaStore implements QuotaStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseQuotaStore {
    return new DatabaseQuotaStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(where: Partial<NamespaceKey> = {}): Promise<QuotaRecord[]> {
    const rows = await this.#table().where({
      ...(where.clusterId !== undefined && { cluster_id: where.clusterId }),
      ...(where.name !== undefined && { namespace: where.name }),
    });
    return rows.map(toRecord);
  }

  async listByNamespaces(keys: NamespaceKey[]): Promise<QuotaRecord[]> {
    const rows: QuotaRow[] = await this.#table().where(
      whereNamespace('quotas', keys),
    );
    return rows.map(toRecord);
  }

  async set(key: NamespaceKey, bounds: QuotaBounds): Promise<QuotaRecord> {
    return this.#knex.transaction(async transaction => {
      const namespace = await transaction('namespaces')
        .where({ cluster_id: key.clusterId, name: key.name })
        .first('name');
      if (!namespace) {
        throw new NotFoundError(`The namespace ${key.name} is gone`);
      }
      const now = new Date().toISOString();
      const [row] = await transaction<QuotaRow>('quotas')
        .insert({
          ...columnsOf(key),
          size_class: bounds.sizeClass ?? null,
          hard: JSON.stringify(bounds.hard),
          limits: JSON.stringify(bounds.limits),
          priority_classes: JSON.stringify(bounds.priorityClasses),
          placement: bounds.placement ? JSON.stringify(bounds.placement) : null,
          state: 'Pending',
          cause: null,
          message: null,
          since: now,
          created_at: now,
          updated_at: now,
        })
        .onConflict(['cluster_id', 'namespace'])
        .merge([
          'size_class',
          'hard',
          'limits',
          'priority_classes',
          'placement',
          'state',
          'cause',
          'message',
          'since',
          'updated_at',
        ])
        .returning('*');
      return toRecord(row);
    });
  }

  async remove(key: NamespaceKey): Promise<boolean> {
    return (await this.#table().where(columnsOf(key)).delete()) > 0;
  }

  async observe(
    key: NamespaceKey,
    used: Record<string, string>,
  ): Promise<void> {
    await this.#table()
      .where(columnsOf(key))
      .update({
        used: JSON.stringify(used),
        observed_at: new Date().toISOString(),
      });
  }

  #table() {
    return this.#knex<QuotaRow>('quotas');
  }
}

function columnsOf({ clusterId, name }: NamespaceKey) {
  return { cluster_id: clusterId, namespace: name };
}

function toRecord(row: QuotaRow): QuotaRecord {
  return {
    clusterId: row.cluster_id,
    namespace: row.namespace,
    ...(row.size_class !== null && { sizeClass: row.size_class }),
    hard: JSON.parse(row.hard),
    limits: JSON.parse(row.limits),
    priorityClasses: JSON.parse(row.priority_classes),
    ...(row.placement !== null && { placement: JSON.parse(row.placement) }),
    ...(row.used !== null && { used: JSON.parse(row.used) }),
    ...(row.observed_at !== null && { observedAt: row.observed_at }),
    ...outcomeOf(row),
  };
}
