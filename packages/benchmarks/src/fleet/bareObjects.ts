import { KubeObject, RoleBindingObject } from '../backend';

/** A binding that does not belong to Berth. A bare client repairs it. */
export const BARE_BINDING: RoleBindingObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'bare', namespace: 'bare' },
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: 'view',
  },
  subjects: [
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'bare' },
  ],
};

/** Returns `BARE_BINDING` and its namespace. */
export function bareObjects(): KubeObject[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bare' } },
    BARE_BINDING,
  ];
}
