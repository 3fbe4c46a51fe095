import { ConflictError } from '@backstage/errors';
import { KubeClient, NAMESPACES } from '../kube';
import { ClusterRecord } from '../model/clusters';
import { CLUSTER_ID_LABEL, ownLabels } from './desired';
import { isTerminating } from './drift';
import { withAppliedFields } from './profiles/appliedFields';
import { NamespaceObject } from './types';

/**
 * Hands an existing namespace over to Berth by its labels. The portal's own token cannot do that, so `client`
 * carries the token of an admin of the cluster. A namespace that does not exist needs nothing, as it is
 * created like any other.
 *
 * @returns the UID of the namespace that was handed over
 * @throws ConflictError if it is being deleted, or another portal or registration manages it
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
      `The namespace "${name}" on ${clusterName} is being deleted; wait until it is gone`,
    );
  }
  const managerId = labels?.[CLUSTER_ID_LABEL];
  if (managerId !== undefined && managerId !== id) {
    throw new ConflictError(
      `Another portal or another registration of ${clusterName} manages the namespace "${name}": its label ${CLUSTER_ID_LABEL} is ${managerId}. Take over a former registration on the Plan tab of the cluster, or remove the label first: kubectl label namespace ${name} ${CLUSTER_ID_LABEL}-`,
    );
  }
  const wanted: NamespaceObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid, labels: ownLabels(id) },
  };
  // Berth may have made it, before the portal's database was lost.
  await client.apply(NAMESPACES, withAppliedFields(wanted, found));
  return uid;
}
