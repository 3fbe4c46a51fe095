import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { countPage, readPage } from '../database/readPage';
import { PageRequest } from '../model/paging';
import {
  DeviceEnd,
  DeviceFilter,
  DeviceRecord,
  DeviceStore,
  NewDevice,
} from './types';

/** SQLite needs a limit with an offset. A person has fewer devices. */
const NO_LIMIT = 1_000;

interface DeviceRow {
  id: string;
  user_ref: string;
  user_uid: string;
  name: string;
  system: string;
  version: string;
  public_jwk: string;
  thumbprint: string;
  state: DeviceRecord['state'];
  code_hash: string | null;
  code_expires_at: string | null;
  policy: string;
  created_at: string;
  created_address: string | null;
  ends_at: string;
  last_used_at: string | null;
  last_address: string | null;
  ended_at: string | null;
  ended_why: string | null;
}

/** Devices in the table `kubectl_devices`. */
export class DatabaseDeviceStore implements DeviceStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseDeviceStore {
    return new DatabaseDeviceStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async create(device: NewDevice): Promise<void> {
    const created = await this.#table()
      .insert({
        id: device.id,
        user_ref: device.userRef,
        user_uid: device.userUid,
        name: device.name,
        system: device.system,
        version: device.version,
        public_jwk: JSON.stringify(device.publicKey),
        thumbprint: device.thumbprint,
        state: 'Pending',
        code_hash: device.codeHash,
        code_expires_at: device.codeExpiresAt,
        policy: device.policy,
        created_at: device.createdAt,
        created_address: device.createdAddress ?? null,
        ends_at: device.endsAt,
      })
      .onConflict('thumbprint')
      .ignore()
      .returning('id');
    if (created.length === 0) {
      throw new ConflictError(
        'publicKey was used before, and a key is good for one sign-in. Run: kubectl berth login',
      );
    }
  }

  async get(id: string): Promise<DeviceRecord | undefined> {
    const row = await this.#table().where({ id }).first();
    return row && toRecord(row);
  }

  async list(filter: DeviceFilter, request: PageRequest) {
    const matching = () => this.#table().where(columnsOf(filter));
    const page = await countPage(
      await readPage<DeviceRow>(
        {
          keys: [{ sql: 'id', of: ({ id }) => id }],
          order: 'desc',
          read: inPage => matching().modify(inPage),
        },
        request,
      ),
      async () => {
        const [{ count }] = await this.#knex('kubectl_devices')
          .where(columnsOf(filter))
          .count<{ count: number | string }[]>({ count: '*' });
        return Number(count);
      },
    );
    return { ...page, items: page.items.map(toRecord) };
  }

  async activate(
    id: string,
    {
      codeHash,
      at,
      address,
    }: { codeHash: string; at: string; address?: string },
  ): Promise<boolean> {
    const activated = await this.#table()
      .where({ id, state: 'Pending', code_hash: codeHash })
      .where('code_expires_at', '>', at)
      .update({
        state: 'Active',
        code_hash: null,
        code_expires_at: null,
        last_used_at: at,
        last_address: address ?? null,
      });
    return activated === 1;
  }

  async endLongestUnused(
    userRef: string,
    left: number,
    end: DeviceEnd,
  ): Promise<DeviceRecord[]> {
    const surplus = await this.#table()
      .where({ user_ref: userRef, state: 'Active' })
      .where('ends_at', '>', end.at)
      .orderByRaw('coalesce(last_used_at, created_at) desc, id desc')
      .offset(left)
      .limit(NO_LIMIT)
      .select('id');
    return surplus.length === 0
      ? []
      : this.#end(
          query =>
            query.whereIn(
              'id',
              surplus.map(({ id }) => id),
            ),
          end,
        );
  }

  async recordUse(
    id: string,
    { at, address }: { at: string; address?: string },
  ): Promise<void> {
    await this.#table()
      .where({ id })
      .update({ last_used_at: at, last_address: address ?? null });
  }

  end(filter: DeviceFilter, end: DeviceEnd): Promise<DeviceRecord[]> {
    return this.#end(query => query.where(columnsOf(filter)), end);
  }

  async #end(
    where: (query: Knex.QueryBuilder) => void,
    { at, why }: DeviceEnd,
  ): Promise<DeviceRecord[]> {
    const rows: DeviceRow[] = await this.#table()
      .where(where)
      .whereNot({ state: 'Ended' })
      .where('ends_at', '>', at)
      .update({
        state: 'Ended',
        code_hash: null,
        code_expires_at: null,
        ended_at: at,
        ended_why: why,
      })
      .returning('*');
    return rows.map(toRecord);
  }

  deleteOld({
    pending,
    ended,
  }: {
    pending: string;
    ended: string;
  }): Promise<number> {
    return this.#table()
      .where(query =>
        query.where({ state: 'Pending' }).where('created_at', '<', pending),
      )
      .orWhere('ends_at', '<', ended)
      .orWhere('ended_at', '<', ended)
      .delete();
  }

  #table() {
    return this.#knex<DeviceRow>('kubectl_devices');
  }
}

function columnsOf({ id, userRef }: DeviceFilter): Partial<DeviceRow> {
  return {
    ...(id !== undefined && { id }),
    ...(userRef !== undefined && { user_ref: userRef }),
  };
}

function toRecord(row: DeviceRow): DeviceRecord {
  return {
    id: row.id,
    userRef: row.user_ref,
    userUid: row.user_uid,
    name: row.name,
    system: row.system,
    version: row.version,
    publicKey: JSON.parse(row.public_jwk),
    policy: row.policy,
    state: row.state,
    codeExpiresAt: row.code_expires_at ?? undefined,
    createdAt: row.created_at,
    createdAddress: row.created_address ?? undefined,
    endsAt: row.ends_at,
    lastUsedAt: row.last_used_at ?? undefined,
    lastAddress: row.last_address ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endedWhy: row.ended_why ?? undefined,
  };
}
