import { PodSecurityWait } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { writeUnderLease } from '../leases/writeUnderLease';
import { FencingToken } from '../types';
import { PodSecurityStore, PodSecurityTurn } from './types';

/** A cluster that has not been reached for so long loses its turn. */
const TURN_MS = 10 * 60_000;

const TURN = { name: 'turn' };

interface WaitRow {
  cluster_id: string;
  namespace: string;
  level: string;
  warnings: string;
  since: string;
  confirmed_by: string | null;
  confirmed_at: string | null;
}

interface TurnRow {
  name: string;
  cluster_id: string;
  seen_at: string;
}

/** The tables `pod_security_waits` and `pod_security_turns`. */
export class DatabasePodSecurityStore implements PodSecurityStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  static create(
    knex: Knex,
    now: () => Date = () => new Date(),
  ): DatabasePodSecurityStore {
    return new DatabasePodSecurityStore(knex, now);
  }

  private constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  async list(clusterId: string): Promise<PodSecurityWait[]> {
    const rows = await this.#knex<WaitRow>('pod_security_waits').where({
      cluster_id: clusterId,
    });
    return rows
      .map(row => ({
        namespace: row.namespace,
        level: row.level,
        warnings: JSON.parse(row.warnings),
        since: row.since,
        ...(row.confirmed_by !== null && { confirmedBy: row.confirmed_by }),
      }))
      .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  async replace(
    fencingToken: FencingToken,
    waits: Omit<PodSecurityWait, 'confirmedBy'>[],
  ): Promise<void> {
    const { clusterId } = fencingToken;
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      const table = () =>
        transaction<WaitRow>('pod_security_waits').where({
          cluster_id: clusterId,
        });
      const before = new Map(
        (await table().forUpdate()).map(row => [row.namespace, row]),
      );
      // A row of the same level stays, because a confirmation may wait for its lock, and would miss a new row.
      const stays = new Set(
        waits
          .filter(one => before.get(one.namespace)?.level === one.level)
          .map(({ namespace }) => namespace),
      );
      await table()
        .whereNotIn('namespace', [...stays])
        .delete();
      for (const { namespace, level, warnings, since } of waits) {
        const text = JSON.stringify(warnings);
        if (!stays.has(namespace)) {
          await transaction<WaitRow>('pod_security_waits').insert({
            cluster_id: clusterId,
            namespace,
            level,
            warnings: text,
            since,
          });
        } else if (before.get(namespace)?.warnings !== text) {
          await table().where({ namespace }).update({ warnings: text });
        }
      }
    });
  }

  async takeTurn(fencingToken: FencingToken): Promise<string | undefined> {
    const { clusterId } = fencingToken;
    const now = this.#now();
    return writeUnderLease(this.#knex, fencingToken, async transaction => {
      const table = () => transaction<TurnRow>('pod_security_turns');
      const seen = { cluster_id: clusterId, seen_at: now.toISOString() };
      await table()
        .insert({ ...TURN, ...seen })
        .onConflict('name')
        .ignore();
      const turn = await table().where(TURN).forUpdate().first();
      const ends = Date.parse(turn?.seen_at ?? '') + TURN_MS;
      if (turn && turn.cluster_id !== clusterId && ends > now.getTime()) {
        const other = await transaction('clusters')
          .where({ id: turn.cluster_id })
          .first('name');
        return other?.name ?? turn.cluster_id;
      }
      await table().where(TURN).update(seen);
      return undefined;
    });
  }

  async turn(): Promise<PodSecurityTurn | undefined> {
    const row = await this.#knex<TurnRow>('pod_security_turns')
      .where(TURN)
      .first();
    return row && Date.parse(row.seen_at) + TURN_MS > this.#now().getTime()
      ? { clusterId: row.cluster_id, seenAt: row.seen_at }
      : undefined;
  }

  async endTurn(fencingToken: FencingToken): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, transaction =>
      transaction<TurnRow>('pod_security_turns')
        .where({ ...TURN, cluster_id: fencingToken.clusterId })
        .delete(),
    );
  }

  async confirm(
    clusterId: string,
    { level, namespaces }: { level: string; namespaces: string[] },
    by: string,
  ): Promise<string[]> {
    const rows = await this.#knex<WaitRow>('pod_security_waits')
      .where({ cluster_id: clusterId, level })
      .whereIn('namespace', namespaces)
      .update({
        confirmed_by: by,
        confirmed_at: this.#now().toISOString(),
      })
      .returning('namespace');
    return rows.map(({ namespace }) => namespace).sort();
  }
}
