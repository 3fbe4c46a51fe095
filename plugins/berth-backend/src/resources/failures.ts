import {
  ConflictError,
  CustomErrorBase,
  InputError,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
} from '@backstage/errors';
import { ResourceFailure } from '@berth/plugin-berth-common';
import { isKubeError, KubeError } from '../kube';

export type FailureCause = ResourceFailure['cause'];

/** What a person reads about a failed call to a cluster. */
export interface Failure {
  cause: FailureCause;
  message: string;
}

/** An answer of a gateway: the cluster failed, and not the portal. */
export class ClusterCallError extends CustomErrorBase {
  name = 'ClusterCallError' as const;
  readonly #statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.#statusCode = statusCode;
  }

  /** Not a property of the error itself, because those are part of the answer. */
  get statusCode(): number {
    return this.#statusCode;
  }
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
    return { cause: causeOf(error), message: messageOf(error, cluster) };
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

/**
 * Converts a failed call to a cluster to the error that a route answers with. A token that the cluster refuses is not
 * a 401: a page would think that the person is signed out of the portal. Other errors stay as they are.
 *
 * @param cluster - the name of the cluster
 */
export function routeErrorOf(error: unknown, cluster: string): unknown {
  if (!isKubeError(error)) {
    return error;
  }
  const message = messageOf(error, cluster);
  switch (error.failure) {
    case 'Forbidden':
      return new NotAllowedError(message);
    case 'NotFound':
      return new NotFoundError(message);
    case 'Conflict':
      return new ConflictError(message);
    case 'Invalid':
      return new InputError(message);
    case 'Timeout':
      return new ClusterCallError(504, message);
    default:
      return new ClusterCallError(502, message);
  }
}

function messageOf(error: KubeError, cluster: string): string {
  switch (error.failure) {
    case 'Unauthorized':
      return `${cluster} refuses the token of the portal (401). A platform admin can check the onboarding of the cluster`;
    case 'Gone':
      return `${cluster} no longer has this place: the list moved on. Load it again`;
    default:
      return error.message;
  }
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
