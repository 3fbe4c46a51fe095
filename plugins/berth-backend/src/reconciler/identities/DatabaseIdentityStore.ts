import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { isSameIdentity, nextIdentity, takenProblem } from './nextIdentity';
import {
  CatalogIdentity,
  FoundIdentity,
  IdentityStore,
  OwnerIdentity,
} from './types';

/** Both databases accept as many values in a query. */
const BATCH = 500;

const TABLE = 'owner_identities';

interface IdentityRow {
  owner: string;
  entity_uid: string | null;
  run_as_user: number | null;
  run_as_group: number | null;
  supplemental_groups: string | null;
  found: string | null;
  problem: string | null;
  since: string;
  confirmed_by: string | null;
  confirmed_at: string | null;
}

/** The table `owner_identities`. */
export class DatabaseIdentityStore implements IdentityStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  static create(
    knex: Knex,
    now: () => Date = () => new Date(),
  ): DatabaseIdentityStore {
    return new DatabaseIdentityStore(knex, now);
  }

  private constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  async list(owners: string[]): Promise<OwnerIdentity[]> {
    const found: OwnerIdentity[] = [];
    for (let start = 0; start < owners.length; start += BATCH) {
      const rows = await this.#knex<IdentityRow>(TABLE).whereIn(
        'owner',
        owners.slice(start, start + BATCH),
      );
      found.push(...rows.map(toIdentity));
    }
    return found;
  }

  async ownersOn(clusterIds: string[]): Promise<Map<string, string[]>> {
    const rows: { owner_ref: string; cluster_id: string }[] = await this.#knex(
      'namespaces',
    )
      .whereIn('cluster_id', clusterIds)
      .whereNotNull('owner_ref')
      .whereNot('origin', 'adopted')
      .distinct('owner_ref', 'cluster_id');
    const owners = new Map<string, string[]>();
    for (const { owner_ref: owner, cluster_id: clusterId } of rows) {
      owners.set(owner, [...(owners.get(owner) ?? []), clusterId]);
    }
    return owners;
  }

  async clustersOf(owner: string): Promise<string[]> {
    const rows: { cluster_id: string }[] = await this.#knex('namespaces')
      .where({ owner_ref: owner })
      .whereNot('origin', 'adopted')
      .distinct('cluster_id');
    return rows.map(row => row.cluster_id);
  }

  async ownersOfUserIds(userIds: number[]): Promise<Map<number, string>> {
    const owners = new Map<number, string>();
    for (let start = 0; start < userIds.length; start += BATCH) {
      const rows = await this.#knex<IdentityRow>(TABLE)
        .whereIn('run_as_user', userIds.slice(start, start + BATCH))
        .select('owner', 'run_as_user');
      rows.forEach(row => owners.set(Number(row.run_as_user), row.owner));
    }
    return owners;
  }

  async withoutNamespace(): Promise<string[]> {
    const rows = await this.#withoutNamespace().select('owner');
    return rows.map(row => row.owner);
  }

  async remove(owner: string): Promise<void> {
    await this.#withoutNamespace().where({ owner }).delete();
  }

  async save(owner: string, catalog: CatalogIdentity): Promise<boolean> {
    try {
      return await this.#write(owner, row => nextIdentity(row, catalog));
    } catch (error) {
      if (!isDatabaseConflictError(error) || 'problem' in catalog) {
        throw error;
      }
      const problem = takenProblem(owner, catalog.values);
      const refused = { problem, found: catalog };
      return this.#write(owner, row => nextIdentity(row, refused));
    }
  }

  async confirm(
    owner: string,
    expected: FoundIdentity,
    by: string,
  ): Promise<boolean> {
    let confirmed = false;
    try {
      await this.#write(
        owner,
        ({ used, found, problem }) => {
          confirmed =
            found?.entityUid === expected.entityUid &&
            isSameIdentity(found.values, expected.values);
          return confirmed ? { used: found } : { used, found, problem };
        },
        { confirmed_by: by, confirmed_at: this.#now().toISOString() },
      );
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new ConflictError(takenProblem(owner, expected.values));
      }
      throw error;
    }
    return confirmed;
  }

  #withoutNamespace() {
    return this.#knex<IdentityRow>(TABLE).whereNotExists(
      this.#knex('namespaces')
        .select('owner_ref')
        .whereRaw(`namespaces.owner_ref = ${TABLE}.owner`)
        .whereNot('origin', 'adopted'),
    );
  }

  /** Changes the row of an owner while no one else can change it. */
  async #write(
    owner: string,
    next: (
      before: OwnerIdentity,
    ) => Pick<OwnerIdentity, 'used' | 'found' | 'problem'>,
    more: Partial<IdentityRow> = {},
  ): Promise<boolean> {
    const since = this.#now().toISOString();
    return this.#knex.transaction(async transaction => {
      const table = () => transaction<IdentityRow>(TABLE);
      const isNew =
        (await table().where({ owner }).first('owner')) === undefined;
      if (isNew) {
        await table().insert({ owner, since }).onConflict('owner').ignore();
      }
      const row = await table().where({ owner }).forUpdate().first();
      if (!row) {
        throw new ConflictError(`The row of ${owner} is gone; try again`);
      }
      const before = toIdentity(row);
      const after = toRow(next(before));
      const isSame = Object.entries(after).every(
        ([field, value]) => row[field as keyof IdentityRow] === value,
      );
      if (!isSame) {
        await table()
          .where({ owner })
          .update({ ...after, since, ...more });
      }
      return isNew || !isSame;
    });
  }
}

function toIdentity(row: IdentityRow): OwnerIdentity {
  return {
    owner: row.owner,
    ...(row.run_as_group !== null && {
      used: {
        entityUid: row.entity_uid ?? '',
        values: {
          ...(row.run_as_user !== null && { runAsUser: row.run_as_user }),
          runAsGroup: row.run_as_group,
          supplementalGroups: JSON.parse(row.supplemental_groups ?? '[]'),
        },
      },
    }),
    ...(row.found !== null && { found: JSON.parse(row.found) }),
    ...(row.problem !== null && { problem: row.problem }),
    since: row.since,
  };
}

function toRow({
  used,
  found,
  problem,
}: Pick<OwnerIdentity, 'used' | 'found' | 'problem'>) {
  return {
    entity_uid: used?.entityUid ?? null,
    run_as_user: used?.values.runAsUser ?? null,
    run_as_group: used?.values.runAsGroup ?? null,
    supplemental_groups: used
      ? JSON.stringify(used.values.supplementalGroups)
      : null,
    found: found ? foundText(found) : null,
    problem: problem ?? null,
  };
}

/** Returns the same text for the same IDs. */
function foundText({ entityUid, values }: FoundIdentity): string {
  const { runAsUser, runAsGroup, supplementalGroups } = values;
  return JSON.stringify({
    entityUid,
    values: { runAsUser, runAsGroup, supplementalGroups },
  });
}
