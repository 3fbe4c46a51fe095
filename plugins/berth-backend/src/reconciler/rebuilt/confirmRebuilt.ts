import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { KubeClient } from '../../kube';
import { readClusterUid } from '../../identity/readClusterUid';
import { ClusterRecord } from '../../model/clusters';

const DEADLINE_MS = 10_000;

/** The tables that describe the objects on a cluster. */
const REMEMBERED = ['inventory', 'deletion_holds', 'leftover_holds'];

/**
 * Accepts that a cluster was rebuilt: pins the UID of its new `kube-system`, and forgets the objects that were
 * made on the former one.
 *
 * @param seen - the UID that the admin confirms
 * @throws ConflictError if the cluster has another UID now, or still has the former one
 */
export async function confirmRebuilt(
  knex: Knex,
  client: KubeClient,
  { id, name, kubeSystemUid }: ClusterRecord,
  seen: string,
): Promise<void> {
  if (kubeSystemUid === undefined) {
    throw new ConflictError(
      `Berth has not recorded the UID of kube-system on ${name} yet, so there is nothing to confirm`,
    );
  }
  const found = await readClusterUid(client, {
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (found === kubeSystemUid) {
    throw new ConflictError(
      `${name} is the cluster that was registered, so there is nothing to confirm`,
    );
  }
  if (found !== seen) {
    throw new ConflictError(
      `kubeSystemUid "${seen}" is not the UID of kube-system at the address of ${name}, which is ${found} now. Load the page and confirm again`,
    );
  }
  await knex.transaction(async transaction => {
    const updated = await transaction('clusters')
      .where({ id, kube_system_uid: kubeSystemUid })
      .update({ kube_system_uid: found });
    if (updated === 0) {
      throw new ConflictError(
        `Someone else changed the cluster ${name} first; load the page again`,
      );
    }
    for (const table of REMEMBERED) {
      await transaction(table).where({ cluster_id: id }).delete();
    }
  });
}
