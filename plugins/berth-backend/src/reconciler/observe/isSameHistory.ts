import { KubeObject, KubePage } from '../../kube';
import { ReflectedObjects } from './ReflectedObjects';

/**
 * Returns whether a cluster, asked again after a watch broke, is still the one whose history is known up to a
 * version. An API server whose etcd was lost or restored counts from an earlier version; it would accept a
 * watch from our version and report nothing until it has counted up to there.
 *
 * @param page - a page that was listed just now
 */
export function isSameHistory(
  page: Pick<KubePage<KubeObject>, 'items' | 'resourceVersion'>,
  version: string,
  known: Pick<ReflectedObjects, 'get'>,
): boolean {
  return (
    isUpTo(version, page.resourceVersion) &&
    page.items.every(({ metadata }) => {
      const { resourceVersion = '', uid } = metadata;
      // Objects older than our version were reported to us, unless they belong to another history.
      return (
        !isUpTo(resourceVersion, version) || known.get(metadata)?.uid === uid
      );
    })
  );
}

/**
 * Returns whether a version is at most another one. Kubernetes allows this comparison since 1.35, and it always
 * worked. False if the versions are not numbers.
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
