import { KubeCallOptions, KubeClient, KubeError, NAMESPACES } from '../kube';

/** Every cluster has this namespace from the start, and nobody can delete it. */
const KUBE_SYSTEM = 'kube-system';

/**
 * Reads the identity of a cluster: the UID of its namespace `kube-system`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
 * @throws KubeError
 */
export async function readClusterUid(
  client: KubeClient,
  options?: KubeCallOptions,
): Promise<string> {
  const namespace = await client.get(
    NAMESPACES,
    { name: KUBE_SYSTEM },
    options,
  );
  if (!namespace?.metadata.uid) {
    throw new KubeError(
      'Protocol',
      `There is no namespace ${KUBE_SYSTEM}, which every Kubernetes cluster has`,
    );
  }
  return namespace.metadata.uid;
}
