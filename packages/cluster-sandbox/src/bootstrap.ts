import {
  bootstrapClusterRoleBindings,
  bootstrapClusterRoles,
} from './authorization/bootstrapRoles';
import { Registry, WriteContext } from './registry/Registry';
import { namespaces } from './resources/core';
import { clusterRoleBindings, clusterRoles } from './resources/rbac';

/** The identity of the cluster's own writes. */
export const SYSTEM: WriteContext = {
  user: { username: 'system:apiserver', groups: ['system:masters'] },
  fieldManager: 'kube-apiserver',
};

/** Creates the initial objects of a cluster. */
export function bootstrap(registry: Registry): void {
  for (const role of bootstrapClusterRoles()) {
    registry.create(clusterRoles, undefined, role, SYSTEM);
  }
  for (const binding of bootstrapClusterRoleBindings()) {
    registry.create(clusterRoleBindings, undefined, binding, SYSTEM);
  }
  for (const name of [
    'default',
    'kube-system',
    'kube-public',
    'kube-node-lease',
  ]) {
    registry.create(
      namespaces,
      undefined,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      SYSTEM,
    );
  }
}
