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
 * The kinds that Berth makes, with their resource and their order within a namespace. A quota and a network
 * policy come before any access, so that nobody gets access without them.
 */
export const KINDS: Record<
  ObjectKind,
  { resource: KubeResource; order: number }
> = {
  Namespace: { resource: NAMESPACES, order: 0 },
  ResourceQuota: { resource: RESOURCE_QUOTAS, order: 1 },
  LimitRange: { resource: LIMIT_RANGES, order: 1 },
  NetworkPolicy: { resource: NETWORK_POLICIES, order: 1 },
  RoleBinding: { resource: ROLE_BINDINGS, order: 2 },
};
