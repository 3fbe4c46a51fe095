import { InputError } from '@backstage/errors';
import { KubeResource } from './types';

/**
 * Builds the path of an object. Names come from data, so each segment is escaped. A name that results in another
 * path (empty, `.` or `..`) is refused: a DELETE of an empty name would be a DELETE of the collection. No name of a
 * Kubernetes object holds `/` or `%`. API servers decode `%2F`, and read the rest as a subresource.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris
 * @throws InputError if a segment is not valid in a path, or a namespaced object has no namespace
 */
export function objectPath(
  resource: KubeResource,
  key: { name: string; namespace?: string },
): string {
  if (resource.namespaced && key.namespace === undefined) {
    throw new InputError(
      `${resource.kind} ${key.name} needs a namespace to be addressed`,
    );
  }
  return `${collectionPath(resource, key.namespace)}/${segment(key.name)}`;
}

/** Like `objectPath`, for a subresource of an object. */
export function subresourcePath(
  resource: KubeResource,
  key: { name: string; namespace?: string },
  subresource: string,
): string {
  return `${objectPath(resource, key)}/${segment(subresource)}`;
}

/** Like `objectPath`, for a collection in one namespace, or in all namespaces by default. */
export function collectionPath(
  resource: KubeResource,
  namespace?: string,
): string {
  const root = resource.apiVersion.includes('/') ? 'apis' : 'api';
  const segments = [
    ...resource.apiVersion.split('/'),
    ...(resource.namespaced && namespace !== undefined
      ? ['namespaces', namespace]
      : []),
    resource.plural,
  ];
  return `/${root}/${segments.map(segment).join('/')}`;
}

/** Returns whether a name can be part of a path. */
export function isPathSegment(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text);
}

function segment(text: string): string {
  if (!isPathSegment(text)) {
    throw new InputError(
      `${JSON.stringify(text)} cannot be part of a Kubernetes API path`,
    );
  }
  return encodeURIComponent(text);
}
