import {
  Grant,
  GrantList,
  ManagedNamespace,
  NamespaceQuota,
} from '@berth/plugin-berth-common';
import { ClusterSummary } from '../model/clusters';
import { grantsTag, namespaceTag, quotaTag } from './entityTags';
import { reconcileStateOf } from './reconcileStateOf';
import { GrantWithShare, ListedNamespace, QuotaRecord } from '../model/tenancy';

/** A namespace as the API shows it. */
export function presentNamespace(listed: ListedNamespace): ManagedNamespace {
  const { cluster, namespace, grants, personal, quota } = listed;
  const { name, owner, system, purpose, phase, terminating, uid } = namespace;
  const { nextTryAt } = cluster;
  return {
    cluster: cluster.name,
    name,
    ...(owner !== undefined && { owner }),
    ...(system !== undefined && { system }),
    home: namespace.origin === 'share',
    ...(namespace.origin === 'adopted' && { adopted: true }),
    ...(personal && {
      personal: {
        user: personal.user,
        role: personal.role,
        absent: personal.absentSince !== undefined,
      },
    }),
    ...(purpose !== undefined && { purpose }),
    phase,
    ...(terminating && { terminating }),
    grants: grants.map(grant => presentGrant(grant, cluster)),
    ...(quota && { quota: presentQuota(quota, nextTryAt) }),
    ...(uid !== undefined && { uid }),
    ...reconcileStateOf(namespace, nextTryAt),
    createdAt: namespace.createdAt,
    ...(namespace.createdBy !== undefined && {
      createdBy: namespace.createdBy,
    }),
    etag: namespaceTag(namespace),
  };
}

/** The access to a namespace as the API shows it. */
export function presentGrants(
  grants: GrantWithShare[],
  { name }: ClusterSummary,
): GrantList {
  return {
    items: grants.map(grant => presentGrant(grant, { name })),
    totalItems: grants.length,
    etag: grantsTag(grants),
  };
}

/** A grant as the API shows it. */
export function presentGrant(
  grant: GrantWithShare,
  cluster: Pick<ClusterSummary, 'name' | 'nextTryAt'>,
): Grant {
  const { group, kubernetesName, role, expiresAt, source, shared } = grant;
  return {
    group,
    kubernetesName,
    role,
    ...(expiresAt !== undefined && { expiresAt }),
    source,
    ...(!shared && {
      warning: `${cluster.name} is not shared with ${group}, so its members get no token for it: share the cluster with them, too`,
    }),
    ...reconcileStateOf(grant, cluster.nextTryAt),
  };
}

/** A quota as the API shows it. */
export function presentQuota(
  quota: QuotaRecord,
  nextTryAt?: string,
): NamespaceQuota {
  const { sizeClass, hard, limits, priorityClasses, placement } = quota;
  const { used, observedAt } = quota;
  return {
    ...(sizeClass !== undefined && { sizeClass }),
    hard,
    limits,
    priorityClasses,
    ...(placement && { placement }),
    ...(used && { used }),
    ...(observedAt !== undefined && { observedAt }),
    ...reconcileStateOf(quota, nextTryAt),
    etag: quotaTag(quota),
  };
}
