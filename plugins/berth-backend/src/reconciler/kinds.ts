import {
  KubeResource,
  LIMIT_RANGES,
  NAMESPACES,
  NETWORK_POLICIES,
  RESOURCE_QUOTAS,
  ROLE_BINDINGS,
} from '../kube';
import { ObjectKind } from './types';

/**
 * The kinds that we make: where each is served, and when its turn comes within a namespace. A quota and a
 * network policy stand before anybody is let in, so that nothing gets past them.
 */
export const KINDS: Record<
  ObjectKind,
  { resource: KubeResource; turn: number }
> = {
  Namespace: { resource: NAMESPACES, turn: 0 },
  ResourceQuota: { resource: RESOURCE_QUOTAS, turn: 1 },
  LimitRange: { resource: LIMIT_RANGES, turn: 1 },
  NetworkPolicy: { resource: NETWORK_POLICIES, turn: 1 },
  RoleBinding: { resource: ROLE_BINDINGS, turn: 2 },
};
