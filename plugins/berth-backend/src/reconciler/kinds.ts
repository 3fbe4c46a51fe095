import {
  KubeResource,
  LIMIT_RANGES,
  NAMESPACES,
  NETWORK_POLICIES,
  RESOURCE_QUOTAS,
  ROLE_BINDINGS,
  SECRETS,
} from '../kube';
import { ObjectKind, WatchedKind } from './types';

/**
 * The kinds that Berth makes, with their resource and their order within a namespace. All others come before any
 * access, so that nobody gets access without them.
 */
export const KINDS: Record<
  ObjectKind,
  { resource: KubeResource; order: number }
> = {
  Namespace: { resource: NAMESPACES, order: 0 },
  ResourceQuota: { resource: RESOURCE_QUOTAS, order: 1 },
  LimitRange: { resource: LIMIT_RANGES, order: 1 },
  NetworkPolicy: { resource: NETWORK_POLICIES, order: 1 },
  Secret: { resource: SECRETS, order: 2 },
  RoleBinding: { resource: ROLE_BINDINGS, order: 3 },
};

/** The kinds that the watches follow. */
export const WATCHED_KINDS = (Object.keys(KINDS) as ObjectKind[]).filter(
  (kind): kind is WatchedKind => kind !== 'Secret',
);
