import { Knex } from 'knex';
import { recordClusterChange } from '../../database/recordClusterChange';
import { FencingToken } from '../types';
import { LeaseState, LeaseStore, ReplicaState } from './types';

interface LeaseRow {
  cluster_id: string;
  holder: string | null;
  token: number;
  revision: number;
  next_try_at: string | null;
}

interface ReplicaRow {
  id: string;
  heartbeat: number;
  started_at: string;
}

/** Leases in the table `cluster_leases`, for the replicas in `reconciler_replicas`. */
export class DatabaseLeaseStore implements LeaseStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseLeaseStore {
    return new DatabaseLeaseStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async join(id: string): Promise<void> {
    await this.#replicas().insert({
      id,
      heartbeat: 0,
      started_at: new Date().toISOString(),
    });
  }

  async heartbeat(id: string): Promise<boolean> {
    return (await this.#replicas().where({ id }).increment('heartbeat')) > 0;
  }

  async expire({ id, heartbeat }: ReplicaState): Promise<boolean> {
    return (await this.#replicas().where({ id, heartbeat }).delete()) > 0;
  }

  async leave(id: string): Promise<void> {
    await this.#replicas().where({ id }).delete();
  }

  async read(): Promise<{ replicas: ReplicaState[]; leases: LeaseState[] }> {
    const replicas = await this.#replicas().select('id', 'heartbeat');
    const rows: (Partial<LeaseRow> & { id: string })[] = await this.#knex(
      'clusters',
    )
      .leftJoin('cluster_leases', 'cluster_leases.cluster_id', 'clusters.id')
      .select(
        'clusters.id',
        'cluster_leases.holder',
        'cluster_leases.token',
        'cluster_leases.revision',
      )
      .orderBy('clusters.id');
    return {
      replicas,
      leases: rows.map(row => stateOf({ ...row, cluster_id: row.id })),
    };
  }

  async acquire(
    clusterId: string,
    holder: string,
  ): Promise<LeaseState | undefined> {
    const taken = () =>
      this.#leases()
        .where({ cluster_id: clusterId, holder: null })
        .update({ holder, token: this.#knex.raw('token + 1') })
        .returning('*');
    let [row] = await taken();
    if (
      !row &&
      !(await this.#leases().where({ cluster_id: clusterId }).first())
    ) {
      await recordClusterChange(this.#knex, clusterId);
      [row] = await taken();
    }
    return row && stateOf(row);
  }

  async release({ clusterId, holder, token }: FencingToken): Promise<void> {
    await this.#leases()
      .where({ cluster_id: clusterId, holder, token })
      .update({ holder: null });
  }

  async recordChange(clusterId: string): Promise<void> {
    await recordClusterChange(this.#knex, clusterId);
  }

  async get(clusterId: string): Promise<LeaseState | undefined> {
    const row = await this.#leases().where({ cluster_id: clusterId }).first();
    return row && stateOf(row);
  }

  async recordNextTry(
    { clusterId, holder, token }: FencingToken,
    at: Date | undefined,
  ): Promise<void> {
    await this.#leases()
      .where({ cluster_id: clusterId, holder, token })
      .update({ next_try_at: at?.toISOString() ?? null });
  }

  #leases() {
    return this.#knex<LeaseRow>('cluster_leases');
  }

  #replicas() {
    return this.#knex<ReplicaRow>('reconciler_replicas');
  }
}

function stateOf(
  row: Partial<LeaseRow> & Pick<LeaseRow, 'cluster_id'>,
): LeaseState {
  return {
    clusterId: row.cluster_id,
    ...(row.holder && { holder: row.holder }),
    token: row.token ?? 0,
    revision: row.revision ?? 0,
  };
}
