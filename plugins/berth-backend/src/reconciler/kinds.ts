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
 * The kinds that Berth makes: their resource, and their turn within a namespace. A quota and a network policy
 * come before any access, so that nobody gets past them.
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
