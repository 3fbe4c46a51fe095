import {
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
} from '@backstage/errors';
import { ResourceFailure } from '@berth/plugin-berth-common';
import { callMessage, ClusterCallError } from '../access/clusterCallErrors';
import { isKubeError, KubeError } from '../kube';

export type FailureCause = ResourceFailure['cause'];

/** What a person reads about a failed call to a cluster. */
export interface Failure {
  cause: FailureCause;
  message: string;
}

const TOO_LARGE: ReadonlySet<string> = new Set([
  'EndlessList',
  'JsonTooComplex',
  'ResponseTooLarge',
  'TooManyItems',
]);

/**
 * Describes why a call to a cluster failed. Errors that are not about the call are thrown again.
 *
 * @param cluster - the name of the cluster
 */
export function failureOf(error: unknown, cluster: string): Failure {
  if (isKubeError(error)) {
    return { cause: causeOf(error), message: callMessage(error, cluster) };
  }
  if (error instanceof NotFoundError) {
    return { cause: 'NotFound', message: error.message };
  }
  if (error instanceof NotAllowedError) {
    return { cause: 'Forbidden', message: error.message };
  }
  if (error instanceof NotImplementedError) {
    return { cause: 'Unsupported', message: error.message };
  }
  if (error instanceof ClusterCallError) {
    return {
      cause: error.statusCode === 504 ? 'Timeout' : 'Failed',
      message: error.message,
    };
  }
  throw error;
}

function causeOf({ failure, reason = '', status }: KubeError): FailureCause {
  if (TOO_LARGE.has(reason)) {
    return 'TooLarge';
  }
  switch (failure) {
    case 'DNS':
    case 'TCP':
    case 'TLS':
      return 'Unreachable';
    case 'Timeout':
    case 'Forbidden':
    case 'NotFound':
      return failure;
    case 'Gone':
      return 'Expired';
    case 'Invalid':
      return status === 405 || status === 406 ? 'Unsupported' : 'Failed';
    default:
      return 'Failed';
  }
}
