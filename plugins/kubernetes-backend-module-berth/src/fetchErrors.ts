import { toError } from '@backstage/errors';
import {
  KubernetesErrorTypes,
  KubernetesFetchError,
} from '@backstage/plugin-kubernetes-common';
import { FetchResponseWrapper } from '@backstage/plugin-kubernetes-node';
import { isKubeError } from '@berth/plugin-berth-node';

const TYPES: Record<number, KubernetesErrorTypes> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED_ERROR',
  404: 'NOT_FOUND',
  500: 'SYSTEM_ERROR',
};

/** The result of one collection: its objects, or the error. */
export type Fetched =
  | FetchResponseWrapper['responses'][number]
  | KubernetesFetchError;

/**
 * Returns an error as the page shows it: by its status if the API server answered, and otherwise by its
 * message.
 */
export function fetchError(error: unknown, path: string): KubernetesFetchError {
  return isKubeError(error) && error.status !== undefined
    ? {
        errorType: TYPES[error.status] ?? 'UNKNOWN_ERROR',
        statusCode: error.status,
        resourcePath: path,
      }
    : { errorType: 'FETCH_ERROR', message: toError(error).message };
}

/** Returns an answer with one error and nothing else. */
export function failed(message: string): FetchResponseWrapper {
  return { errors: [{ errorType: 'FETCH_ERROR', message }], responses: [] };
}

/** Combines the results of the collections. An error that several of them have is there once. */
export function collected(results: Fetched[]): FetchResponseWrapper {
  const errors = new Map<string, KubernetesFetchError>();
  const responses: FetchResponseWrapper['responses'] = [];
  for (const result of results) {
    if ('errorType' in result) {
      errors.set(JSON.stringify(result), result);
    } else {
      responses.push(result);
    }
  }
  return { errors: [...errors.values()], responses };
}
