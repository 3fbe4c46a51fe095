import { ClusterRecord, ShareRecord } from '../registry/types';
import { DesiredShare } from './types';

const RBAC = 'rbac.authorization.k8s.io';

/** On everything that Berth makes. */
export const MANAGED_BY = {
  label: 'app.kubernetes.io/managed-by',
  value: 'berth',
};

/** Which registered cluster an object belongs to; two portals may manage one cluster. */
export const CLUSTER_ID_LABEL = 'berth.dev/cluster-id';

/** The entity ref of the group whose home a namespace is. */
export const GROUP_ANNOTATION = 'berth.dev/group';

/** The labels of all our objects on a cluster. */
export function ownLabels(clusterId: string): Record<string, string> {
  return {
    [MANAGED_BY.label]: MANAGED_BY.value,
    [CLUSTER_ID_LABEL]: clusterId,
  };
}

/** What a cluster should hold for its shares: for each a namespace, and the group's `admin` in it. */
export function desired(
  cluster: Pick<ClusterRecord, 'id' | 'groupsPrefix'>,
  shares: Pick<ShareRecord, 'group' | 'kubernetesName'>[],
): DesiredShare[] {
  const labels = ownLabels(cluster.id);
  return shares.map(({ group, kubernetesName }) => ({
    group,
    namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: kubernetesName,
        labels,
        annotations: { [GROUP_ANNOTATION]: group },
      },
    },
    binding: {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: {
        name: `berth:admin:${kubernetesName}`,
        namespace: kubernetesName,
        labels,
      },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'admin' },
      subjects: [
        {
          apiGroup: RBAC,
          kind: 'Group',
          name: `${cluster.groupsPrefix}${kubernetesName}`,
        },
      ],
    },
  }));
}
