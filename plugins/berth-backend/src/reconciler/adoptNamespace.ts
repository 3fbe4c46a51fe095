import { ConflictError } from '@backstage/errors';
import { KubeClient, NAMESPACES } from '../kube';
import { ClusterRecord } from '../registry/types';
import { CLUSTER_ID_LABEL, ownLabels } from './desired';
import { isTerminating } from './drift';
import { NamespaceObject } from './types';

/**
 * Hands a namespace that is on a cluster already over to Berth, by its labels. The portal's own token cannot
 * do that, so it takes the word of an admin of the cluster: `client` carries theirs. Of a namespace that is
 * not there nothing need be done, as it is made like any other.
 *
 * @returns the UID of what was handed over
 * @throws ConflictError if it is being deleted, or another portal or registration keeps it
 */
export async function adoptNamespace(
  client: KubeClient,
  { id, name: clusterName }: Pick<ClusterRecord, 'id' | 'name'>,
  name: string,
): Promise<string | undefined> {
  const found = await client.get<NamespaceObject>(NAMESPACES, { name });
  if (!found) {
    return undefined;
  }
  const { uid, labels } = found.metadata;
  if (isTerminating(found)) {
    throw new ConflictError(
      `name "${name}" is that of a namespace on ${clusterName} that is being deleted; wait until it is gone`,
    );
  }
  const keeper = labels?.[CLUSTER_ID_LABEL];
  if (keeper !== undefined && keeper !== id) {
    throw new ConflictError(
      `name "${name}" is that of a namespace on ${clusterName} that is kept by another portal, or under another registration of the cluster: its label ${CLUSTER_ID_LABEL} is ${keeper}. Remove that label first if it should be handed over`,
    );
  }
  await client.apply<NamespaceObject>(NAMESPACES, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid, labels: ownLabels(id) },
  });
  return uid;
}
