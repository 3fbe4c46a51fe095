import { Knex } from 'knex';
import { ClusterRecord } from '../../model/clusters';

/** A registration of a cluster that was deleted from the portal. */
export interface FormerCluster {
  id: string;
  name: string;
  deletedAt: string;
}

/** The deleted registrations. */
export interface FormerClusters {
  /**
   * Returns the deleted registrations of the very same cluster, by the UID of `kube-system`, the last one
   * first.
   */
  of(cluster: Pick<ClusterRecord, 'kubeSystemUid'>): Promise<FormerCluster[]>;
}

interface FormerClusterRow {
  id: string;
  name: string;
  kube_system_uid: string;
  deleted_at: string;
}

/** Deleted registrations in the table `former_clusters`. The deletion of a cluster writes its row. */
export class DatabaseFormerClusters implements FormerClusters {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseFormerClusters {
    return new DatabaseFormerClusters(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async of({
    kubeSystemUid,
  }: Pick<ClusterRecord, 'kubeSystemUid'>): Promise<FormerCluster[]> {
    if (kubeSystemUid === undefined) {
      return [];
    }
    const rows = await this.#knex<FormerClusterRow>('former_clusters')
      .where({ kube_system_uid: kubeSystemUid })
      .orderBy('deleted_at', 'desc');
    return rows.map(row => ({
      id: row.id,
      name: row.name,
      deletedAt: row.deleted_at,
    }));
  }
}
