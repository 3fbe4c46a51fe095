import {
  Grant,
  ManagedNamespace,
  NamespaceQuota,
} from '@berth/plugin-berth-common';
import { outcomeOnly } from './outcomeOnly';
import { GrantRecord, NamespaceRecord, QuotaRecord } from './types';

/** What the API shows of a namespace is put together of. */
export interface NamespaceParts {
  /** Name of the cluster. */
  cluster: string;
  namespace: NamespaceRecord;
  /** Those that the caller may see. */
  grants: GrantRecord[];
  quota?: QuotaRecord;
  /** Entity refs of the groups that the cluster is shared with. */
  sharedWith: ReadonlySet<string>;
}

/** A namespace as the API shows it. */
export function presentNamespace(parts: NamespaceParts): ManagedNamespace {
  const { cluster, namespace, grants, quota, sharedWith } = parts;
  const { name, owner, system, purpose, phase, terminating, uid, nextTryAt } =
    namespace;
  return {
    cluster,
    name,
    ...(owner !== undefined && { owner }),
    ...(system !== undefined && { system }),
    home: namespace.origin === 'share',
    ...(purpose !== undefined && { purpose }),
    phase,
    ...(terminating && { terminating }),
    grants: grants.map(grant =>
      presentGrant(grant, cluster, sharedWith, nextTryAt),
    ),
    ...(quota && { quota: presentQuota(quota, nextTryAt) }),
    ...(uid !== undefined && { uid }),
    ...outcomeOnly(namespace, nextTryAt),
    createdAt: namespace.createdAt,
    ...(namespace.createdBy !== undefined && {
      createdBy: namespace.createdBy,
    }),
  };
}

/** A grant as the API shows it. */
export function presentGrant(
  grant: GrantRecord,
  cluster: string,
  sharedWith: ReadonlySet<string>,
  nextTryAt?: string,
): Grant {
  const { group, kubernetesName, role, expiresAt, source } = grant;
  return {
    group,
    kubernetesName,
    role,
    ...(expiresAt !== undefined && { expiresAt }),
    source,
    ...(!sharedWith.has(group) && {
      warning: `${cluster} is not shared with ${group}, so its members get no token for it: share the cluster with them, too`,
    }),
    ...outcomeOnly(grant, nextTryAt),
  };
}

/** A quota as the API shows it. */
export function presentQuota(
  quota: QuotaRecord,
  nextTryAt?: string,
): NamespaceQuota {
  const { sizeClass, hard, limits, priorityClasses, used, observedAt } = quota;
  return {
    ...(sizeClass !== undefined && { sizeClass }),
    hard,
    limits,
    priorityClasses,
    ...(used && { used }),
    ...(observedAt !== undefined && { observedAt }),
    ...outcomeOnly(quota, nextTryAt),
  };
}
