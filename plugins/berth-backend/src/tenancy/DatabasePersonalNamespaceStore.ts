import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { personalBindingParts } from '../access/personalBinding';
import {
  NamespaceKey,
  NamespaceRecord,
  NewPersonalNamespace,
  PersonalNamespaceRecord,
  PersonalNamespaceStore,
} from '../model/tenancy';
import {
  FORMER_PERSONAL_BINDINGS,
  mayBeOn,
} from '../database/formerPersonalBindings';
import { atField } from '../text/fieldProblems';
import { assertNameFreeFor } from './DatabaseNamespaceStore';
import { NamespaceRow, toRecord as toNamespace } from './namespaceRow';
import { whereNamespace } from './whereNamespace';

interface PersonalRow {
  cluster_id: string;
  namespace: string;
  user_ref: string;
  user_uid: string;
  role: string;
  /** SQLite has numbers for it. */
  made: boolean | number;
  absent_since: string | null;
  created_at: string;
}

/** More namespaces are recorded in several statements. */
const CHUNK = 300;

/** Personal namespaces in the table `personal_namespaces`. */
export class DatabasePersonalNamespaceStore implements PersonalNamespaceStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabasePersonalNamespaceStore {
    return new DatabasePersonalNamespaceStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list({ clusterId, user }: { clusterId?: string; user?: string } = {}) {
    const rows = await this.#table()
      .where({
        ...(clusterId !== undefined && { cluster_id: clusterId }),
        ...(user !== undefined && { user_ref: user }),
      })
      .orderBy(['cluster_id', 'namespace']);
    return rows.map(toRecord);
  }

  async get(key: NamespaceKey): Promise<PersonalNamespaceRecord | undefined> {
    const row = await this.#table().where(columnsOf(key)).first();
    return row && toRecord(row);
  }

  async listByNamespaces(
    keys: NamespaceKey[],
  ): Promise<PersonalNamespaceRecord[]> {
    const rows = await this.#table().where(
      whereNamespace('personal_namespaces', keys),
    );
    return rows.map(toRecord);
  }

  async add(namespace: NewPersonalNamespace): Promise<void> {
    const problem = await this.#insert(namespace);
    if (problem !== undefined) {
      throw new ConflictError(problem);
    }
  }

  /** @returns the problem if the person has one on the cluster */
  async #insert(namespace: NewPersonalNamespace): Promise<string | undefined> {
    const { user, clusterId } = namespace;
    const [row] = await this.#table()
      .insert({
        ...columnsOf(namespace),
        user_ref: user,
        user_uid: namespace.userUid,
        role: namespace.role,
        created_at: new Date().toISOString(),
      })
      .onConflict(['cluster_id', 'user_ref', 'user_uid'])
      .ignore()
      .returning('*');
    if (row) {
      return undefined;
    }
    const other = await this.#table()
      .where({ cluster_id: clusterId, user_ref: user })
      .first('namespace');
    return `${user} has the personal namespace ${other?.namespace} on this cluster already`;
  }

  async createAgain(key: NamespaceKey): Promise<void> {
    await this.#table().where(columnsOf(key)).update({ made: false });
  }

  async isOpenToFormer({
    clusterId,
    user,
    userUid,
  }: {
    clusterId: string;
    user: string;
    userUid?: string;
  }): Promise<boolean> {
    // The inventory keeps a binding until it is gone on the cluster, also after a transfer or a removal. The deletion of
    // a registration without clean-up leaves the bindings on the cluster.
    const { userPart, own } = personalBindingParts(user, userUid ?? '');
    const row = await this.#knex('inventory')
      .where({ cluster_id: clusterId })
      // As the index inventory_personal_bindings has it. Only names of role bindings have colons; with a condition on the
      // kind, SQLite would read all bindings of the cluster.
      .whereRaw("substr(name, 1, 15) = 'berth:personal:'")
      .whereRaw('substr(name, length(name) - 32, 16) = ?', userPart)
      .whereNot('name', 'like', `%:${own}`)
      .select('name')
      .unionAll(former => {
        mayBeOn(
          former
            .select('former.name')
            .from({ former: FORMER_PERSONAL_BINDINGS })
            .where('former.user_part', userPart)
            .whereNot('former.name', 'like', `%:${own}`),
          clusterId,
        );
      })
      .first();
    return row !== undefined;
  }

  async transfer(
    key: NamespaceKey,
    owner: Pick<NewPersonalNamespace, 'user' | 'userUid' | 'role'> | string,
  ): Promise<{ before: NamespaceRecord; after: NamespaceRecord }> {
    return this.#knex.transaction(async transaction => {
      const table = () =>
        transaction<NamespaceRow>('namespaces').where({
          cluster_id: key.clusterId,
          name: key.name,
        });
      const row = await table().forUpdate().first();
      if (!row || row.deleting_since !== null) {
        throw new NotFoundError(`The namespace ${key.name} is gone`);
      }
      assertTransferable(row, owner);
      const ref = typeof owner === 'string' ? owner : owner.user;
      await assertNameFreeFor(transaction, key, ref);
      const inside = DatabasePersonalNamespaceStore.create(transaction);
      const former = await inside.#table().where(columnsOf(key)).first();
      await inside.#table().where(columnsOf(key)).delete();
      if (typeof owner !== 'string') {
        const problem = await inside.#insert({ ...key, ...owner });
        if (problem !== undefined) {
          throw atField(
            new ConflictError(`owner is refused: ${problem}`),
            'owner',
          );
        }
        // A namespace that is gone on the cluster stays gone until its new owner asks for it.
        await inside
          .#table()
          .where(columnsOf(key))
          .update({ made: former?.made ?? row.uid !== null });
      }
      const [changed] = await table()
        .update({ owner_ref: ref, origin: originFor(row, owner) })
        .returning('*');
      return { before: toNamespace(row), after: toNamespace(changed) };
    });
  }

  async setAbsent(
    owners: Pick<PersonalNamespaceRecord, 'clusterId' | 'name' | 'userUid'>[],
    absent: boolean,
  ): Promise<void> {
    for (let begin = 0; begin < owners.length; begin += CHUNK) {
      const some = owners.slice(begin, begin + CHUNK);
      await this.#table()
        .whereRaw(
          `(cluster_id, namespace, user_uid) in (values ${some
            .map(() => '(?, ?, ?)')
            .join(', ')})`,
          some.flatMap(one => [one.clusterId, one.name, one.userUid]),
        )
        .update({ absent_since: absent ? new Date().toISOString() : null });
    }
  }

  #table() {
    return this.#knex<PersonalRow>('personal_namespaces');
  }
}

function assertTransferable(
  { name, origin, owner_ref }: NamespaceRow,
  owner: object | string,
): void {
  if (origin === 'share') {
    throw atField(
      new ConflictError(
        `owner is refused: ${name} is the home namespace of ${owner_ref}, which keeps it`,
      ),
      'owner',
    );
  }
  if (origin === 'adopted' && typeof owner !== 'string') {
    throw atField(
      new ConflictError(
        `owner is refused: ${name} was taken over with its content, and such a namespace belongs to a group. For a person, create a personal namespace with another name and move the content there; or delete ${name}, and then the person can have the name`,
      ),
      'owner',
    );
  }
}

/** A namespace that was taken over stays one: no profile applies to it, because its workloads came without one. */
function originFor({ origin }: NamespaceRow, owner: object | string): string {
  if (typeof owner !== 'string') {
    return 'personal';
  }
  return origin === 'adopted' ? origin : 'request';
}

function columnsOf({ clusterId, name }: NamespaceKey) {
  return { cluster_id: clusterId, namespace: name };
}

function toRecord(row: PersonalRow): PersonalNamespaceRecord {
  return {
    clusterId: row.cluster_id,
    name: row.namespace,
    user: row.user_ref,
    userUid: row.user_uid,
    role: row.role as PersonalNamespaceRecord['role'],
    made: Boolean(row.made),
    ...(row.absent_since !== null && { absentSince: row.absent_since }),
  };
}
