import {
  CheckRun,
  CheckTrigger,
  ClusterCheck,
} from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { CheckRunStore } from './types';

/** The number of runs that are stored for each cluster. */
const KEPT = 30;

interface CheckRunRow {
  id: string;
  cluster_id: string;
  reason: string;
  started_at: string;
  finished_at: string;
  checks: string;
}

/** Runs in the table `check_runs`. */
export class DatabaseCheckRunStore implements CheckRunStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseCheckRunStore {
    return new DatabaseCheckRunStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(clusterId: string, run: CheckRun): Promise<void> {
    await this.#knex.transaction(async transaction => {
      // The lock makes the deletion of the cluster wait; if the cluster is already deleted, there is no row.
      const cluster = await transaction('clusters')
        .where({ id: clusterId })
        .forUpdate()
        .first('id');
      if (!cluster) {
        return;
      }
      const table = () => transaction<CheckRunRow>('check_runs');
      await table().insert({
        id: run.id,
        cluster_id: clusterId,
        reason: run.trigger,
        started_at: run.startedAt,
        finished_at: run.finishedAt,
        checks: JSON.stringify(run.items),
      });
      const [oldest] = await table()
        .where({ cluster_id: clusterId })
        .orderBy('id', 'desc')
        .offset(KEPT - 1)
        .limit(1)
        .select('id');
      if (oldest) {
        await table()
          .where({ cluster_id: clusterId })
          .where('id', '<', oldest.id)
          .delete();
      }
    });
  }

  async list(clusterId: string): Promise<CheckRun[]> {
    const rows = await this.#knex<CheckRunRow>('check_runs')
      .where({ cluster_id: clusterId })
      .orderBy('id', 'desc');
    return rows.map(toRun);
  }

  async lastStarts(): Promise<Map<string, string>> {
    const rows = await this.#knex<CheckRunRow>('check_runs')
      .groupBy('cluster_id')
      .select('cluster_id')
      .max<{ cluster_id: string; started_at: string }[]>({
        started_at: 'started_at',
      });
    return new Map(rows.map(row => [row.cluster_id, row.started_at]));
  }
}

function toRun(row: CheckRunRow): CheckRun {
  const items: ClusterCheck[] = JSON.parse(row.checks);
  return {
    id: row.id,
    trigger: row.reason as CheckTrigger,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    items,
    totalItems: items.length,
  };
}
