import { AccessSummary, Cluster, Share } from '@berth/plugin-berth-common';

/** The caller's access to a cluster by kubeconfig. */
export interface Entry {
  /** Whether the caller can get a token at all. */
  allowed: boolean;
  /** The shares of the caller's own groups, ready ones first. */
  shares: Share[];
}

/** Derives the caller's access to a cluster from their groups. */
export function entryOf(
  cluster: Cluster,
  access: AccessSummary | undefined,
): Entry {
  const groups = new Set(access?.groups);
  const shares = cluster.shares
    .filter(share => groups.has(share.group))
    .sort(
      (a, b) =>
        Number(b.state === 'Ready') - Number(a.state === 'Ready') ||
        a.namespace.localeCompare(b.namespace),
    );
  return { allowed: Boolean(access?.admin) || shares.length > 0, shares };
}
