import { isKubeError, KubeFailure } from '../kube';
import {
  ANOTHER_CLUSTER_HINT,
  AnotherClusterError,
} from '../identity/assertSameCluster';
import { ObjectKey, Problem } from './types';

/**
 * Failures after which there is no use in trying the next object of the same cluster. A timeout is not among
 * them: one hanging admission webhook must not delay other objects.
 */
const WHOLE_CLUSTER: ReadonlySet<KubeFailure> = new Set([
  'DNS',
  'TCP',
  'TLS',
  'Unauthorized',
  'TooManyRequests',
]);

/** Returns whether a failure concerns the cluster and not one object on it. */
export function concernsWholeCluster(error: unknown): boolean {
  return !isKubeError(error) || WHOLE_CLUSTER.has(error.failure);
}

/**
 * Returns the problem that an error causes.
 *
 * @param key - the object that could not be written, if it was one
 */
export function problemOf(
  error: unknown,
  key?: Pick<ObjectKey, 'kind'>,
): Problem {
  if (error instanceof AnotherClusterError) {
    return {
      cause: 'AnotherCluster',
      message: `${error.message}. ${ANOTHER_CLUSTER_HINT}`,
      transient: true,
    };
  }
  if (!isKubeError(error)) {
    return {
      cause: 'Internal',
      message: 'The portal failed; see its log. Berth tries again shortly',
      transient: true,
    };
  }
  const hint =
    error.failure === 'Forbidden'
      ? '. Apply the onboarding manifest to the cluster again'
      : '';
  return {
    cause: error.failure,
    message: `${error.message}${hint}`,
    // An immutable Secret, or one of another type, stays until a person deletes it, and Berth writes each hourly anyway.
    transient: !(key?.kind === 'Secret' && error.failure === 'Invalid'),
  };
}
