import { Knex } from 'knex';
import {
  FORMER_PERSONAL_BINDINGS,
  FormerPersonalBindingRow,
  mayBeOn,
} from '../../database/formerPersonalBindings';
import { KubeKey } from '../../kube';
import { ClusterRecord } from '../../model/clusters';

/** A role binding of a person that a deleted registration may have left on a cluster. */
export interface FormerBinding extends Required<KubeKey> {
  formerId: string;
  deletedAt: string;
}

/** The role bindings of people that deleted registrations may have left on clusters. */
export interface FormerBindings {
  /** Returns some of those that may be on a cluster; others at the next call. */
  of(clusterId: string): Promise<FormerBinding[]>;
  /** Forgets bindings that are gone on a cluster, or that its own registration has now. */
  settle(
    cluster: Required<Pick<ClusterRecord, 'kubeSystemUid'>>,
    bindings: FormerBinding[],
  ): Promise<void>;
}

/** One pass reads at most so many from the cluster. */
const MAX_READ = 500;

/** Remembered role bindings in the table `former_personal_bindings`. */
export class DatabaseFormerBindings implements FormerBindings {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseFormerBindings {
    return new DatabaseFormerBindings(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async of(clusterId: string): Promise<FormerBinding[]> {
    const query = this.#knex({ former: FORMER_PERSONAL_BINDINGS });
    mayBeOn(query, clusterId);
    const rows: FormerPersonalBindingRow[] = await query
      .select('former.*')
      // Those that stay must not hide others.
      .orderByRaw('random()')
      .limit(MAX_READ);
    return rows.map(row => ({
      formerId: row.former_cluster_id,
      namespace: row.namespace,
      name: row.name,
      deletedAt: row.deleted_at,
    }));
  }

  async settle(
    { kubeSystemUid }: Required<Pick<ClusterRecord, 'kubeSystemUid'>>,
    bindings: FormerBinding[],
  ): Promise<void> {
    await this.#knex.transaction(async transaction => {
      for (const { formerId, namespace, name } of bindings) {
        const row = () =>
          transaction<FormerPersonalBindingRow>(FORMER_PERSONAL_BINDINGS).where(
            { former_cluster_id: formerId, namespace, name },
          );
        await row().where({ kube_system_uid: kubeSystemUid }).delete();
        await row()
          .whereNull('kube_system_uid')
          .update({
            absent_on: transaction.raw('absent_on || ?', [`${kubeSystemUid} `]),
          });
      }
    });
  }
}
