import { CustomErrorBase } from '@backstage/errors';
import { KubeCallOptions, KubeClient } from '../kube';
import { ClusterRecord } from '../model/clusters';
import { readClusterUid } from './readClusterUid';

/** Another cluster answers at the address of a cluster, or the cluster lost its etcd. */
export class AnotherClusterError extends CustomErrorBase {
  name = 'AnotherClusterError' as const;
  /** UID of the namespace `kube-system` of the cluster that answers. */
  readonly foundUid: string;

  constructor(
    { name, kubeSystemUid }: Pick<ClusterRecord, 'name' | 'kubeSystemUid'>,
    foundUid: string,
  ) {
    super(
      `What answers at the address of ${name} is another cluster: its namespace kube-system has the UID ${foundUid}, and that of ${name} has ${kubeSystemUid}`,
    );
    this.foundUid = foundUid;
  }
}

/** The remedy, for an admin. */
export const ANOTHER_CLUSTER_HINT =
  'Berth changes nothing there. If the cluster was rebuilt, confirm that on its page; if it is the wrong cluster, correct the address in the settings';

/**
 * @throws AnotherClusterError if the namespace `kube-system` has another UID than the stored one; KubeError if it
 *   cannot be read
 */
export async function assertSameCluster(
  client: KubeClient,
  cluster: Pick<ClusterRecord, 'name' | 'kubeSystemUid'>,
  options?: KubeCallOptions,
): Promise<void> {
  if (cluster.kubeSystemUid === undefined) {
    return;
  }
  const found = await readClusterUid(client, options);
  if (found !== cluster.kubeSystemUid) {
    throw new AnotherClusterError(cluster, found);
  }
}
