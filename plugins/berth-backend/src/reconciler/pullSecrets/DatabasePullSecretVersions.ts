import { Knex } from 'knex';
import { writeUnderLease } from '../leases/writeUnderLease';
import { FencingToken } from '../types';
import { PullSecretVersion, PullSecretVersions } from './types';

interface VersionRow {
  cluster_id: string;
  namespace: string;
  name: string;
  namespace_uid: string;
  version: string;
  written_at: string;
}

const TABLE = 'pull_secret_versions';

/** The table `pull_secret_versions`. */
export class DatabasePullSecretVersions implements PullSecretVersions {
  readonly #knex: Knex;
  readonly #now: () => Date;

  static create(
    knex: Knex,
    now: () => Date = () => new Date(),
  ): DatabasePullSecretVersions {
    return new DatabasePullSecretVersions(knex, now);
  }

  private constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  async list(clusterId: string): Promise<PullSecretVersion[]> {
    const rows = await this.#knex<VersionRow>(TABLE).where({
      cluster_id: clusterId,
    });
    return rows.map(row => ({
      namespace: row.namespace,
      name: row.name,
      namespaceUid: row.namespace_uid,
      version: row.version,
      writtenAt: row.written_at,
    }));
  }

  async record(
    fencingToken: FencingToken,
    {
      namespace,
      name,
      namespaceUid,
      version,
    }: Omit<PullSecretVersion, 'writtenAt'>,
  ): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      await transaction<VersionRow>(TABLE)
        .insert({
          cluster_id: fencingToken.clusterId,
          namespace,
          name,
          namespace_uid: namespaceUid,
          version,
          written_at: this.#now().toISOString(),
        })
        .onConflict(['cluster_id', 'namespace', 'name'])
        .merge(['namespace_uid', 'version', 'written_at']);
    });
  }

  async forget(
    fencingToken: FencingToken,
    { namespace, name }: Pick<PullSecretVersion, 'namespace' | 'name'>,
  ): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      await transaction<VersionRow>(TABLE)
        .where({ cluster_id: fencingToken.clusterId, namespace, name })
        .delete();
    });
  }
}
