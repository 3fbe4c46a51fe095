import {
  ConflictError,
  CustomErrorBase,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { isKubeError, KubeError } from '../kube';

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
  const message = callMessage(error, cluster);
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

/** Describes a failed call for a person. */
export function callMessage(error: KubeError, cluster: string): string {
  switch (error.failure) {
    case 'Unauthorized':
      return `${cluster} refuses the token of the portal (401). A platform admin can check the onboarding of the cluster`;
    case 'Gone':
      return `${cluster} no longer has this place: the list moved on. Load it again`;
    default:
      return error.message;
  }
}
