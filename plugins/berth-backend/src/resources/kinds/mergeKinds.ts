import { ResourceKind } from '@berth/plugin-berth-common';
import { ClusterKind } from './discovery';

/** The groups that Kubernetes itself serves and whose names do not end in `.k8s.io`. */
const BUILT_IN: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
]);

/** The groups of Kubernetes' own projects that are installed as custom resources. */
const INSTALLED =
  /(^|\.)(x-k8s|gateway\.networking|snapshot\.storage|metrics|custom\.metrics|external\.metrics)(\.k8s)?\.io$/;

/** Merges the kinds of clusters. What all but the clusters describes is that of the first cluster by name. */
export function mergeKinds(
  clusters: { cluster: string; kinds: readonly ClusterKind[] }[],
): ResourceKind[] {
  const merged = new Map<string, ResourceKind>();
  const sorted = [...clusters].sort((a, b) => compare(a.cluster, b.cluster));
  for (const { cluster, kinds } of sorted) {
    for (const kind of kinds) {
      const key = `${kind.group}/${kind.plural}`;
      const known = merged.get(key);
      if (known) {
        known.clusters.push(cluster);
      } else {
        merged.set(key, {
          ...kind,
          group: kind.group === '' ? 'core' : kind.group,
          custom: isCustom(kind.group),
          clusters: [cluster],
        });
      }
    }
  }
  return [...merged.values()].sort(
    (a, b) => compare(a.kind, b.kind) || compare(a.group, b.group),
  );
}

function isCustom(group: string): boolean {
  return (
    !BUILT_IN.has(group) &&
    (!group.endsWith('.k8s.io') || INSTALLED.test(group))
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
