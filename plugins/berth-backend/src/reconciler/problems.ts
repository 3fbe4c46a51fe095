import { isKubeError, KubeFailure } from '../kube';
import {
  ANOTHER_CLUSTER_HINT,
  AnotherClusterError,
} from '../registry/identity/assertSameCluster';
import { Problem } from './types';

/**
 * After these there is no use in trying the next object of the same cluster. A timeout is not among
 * them: one hanging admission webhook must not hold up what it has no part in.
 */
const WHOLE_CLUSTER: ReadonlySet<KubeFailure> = new Set([
  'DNS',
  'TCP',
  'TLS',
  'Unauthorized',
  'TooManyRequests',
]);

/** Whether a failure is one of the cluster rather than of one object on it. */
export function concernsWholeCluster(error: unknown): boolean {
  return !isKubeError(error) || WHOLE_CLUSTER.has(error.failure);
}

/** What an error means for what was to be done. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AnotherClusterError) {
    return {
      cause: 'AnotherCluster',
      message: `${error.message}. ${ANOTHER_CLUSTER_HINT}`,
      passing: true,
    };
  }
  if (!isKubeError(error)) {
    return {
      cause: 'Internal',
      message:
        'The portal itself failed; its log says why. It is tried again shortly',
      passing: true,
    };
  }
  const hint =
    error.failure === 'Forbidden'
      ? '. Apply the onboarding manifest to the cluster again'
      : '';
  return {
    cause: error.failure,
    message: `${error.message}${hint}`,
    passing: true,
  };
}
