import { KubeObject, KubePage } from '../../kube';
import { ReflectedObjects } from './ReflectedObjects';

/**
 * Whether a cluster, asked again after a watch broke, is still the one whose story we know up to a
 * version. An API server whose etcd was lost or restored counts from an earlier version; it would take a
 * watch from ours without complaint and say nothing until it has counted up to there.
 *
 * @param page - a page that was listed just now
 */
export function isContinued(
  page: Pick<KubePage<KubeObject>, 'items' | 'resourceVersion'>,
  version: string,
  known: Pick<ReflectedObjects, 'get'>,
): boolean {
  return (
    isUpTo(version, page.resourceVersion) &&
    page.items.every(({ metadata }) => {
      const { resourceVersion = '', uid } = metadata;
      // What is older than our version we have heard of, unless it is part of another story.
      return (
        !isUpTo(resourceVersion, version) || known.get(metadata)?.uid === uid
      );
    })
  );
}

/**
 * As Kubernetes says versions may be compared since 1.35, and as they always could be. False where they
 * are no numbers.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 */
function isUpTo(version: string, other: string): boolean {
  return (
    /^\d+$/.test(version) &&
    /^\d+$/.test(other) &&
    BigInt(version) <= BigInt(other)
  );
}
