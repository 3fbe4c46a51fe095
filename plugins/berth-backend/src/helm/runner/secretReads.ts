import { ProxyRequest } from '../../proxy/types';
import { SecretRead } from './types';

/** What helm adds to select its revisions, and to wait for objects. A template can give none of them. */
const OF_HELM = [
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'watch',
];

/** Returns the Secrets that a request reads as the function `lookup` of a template does. */
export function lookupOf({
  method,
  path,
  query,
}: Pick<ProxyRequest, 'method' | 'path' | 'query'>): SecretRead | undefined {
  if (
    method !== 'GET' ||
    path.kind !== 'resource' ||
    path.group !== '' ||
    path.resource !== 'secrets' ||
    OF_HELM.some(name => name in query)
  ) {
    return undefined;
  }
  const { namespace, name } = path;
  return {
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

export function describeSecrets({ namespace, name }: SecretRead): string {
  return `${name ?? 'all'} in ${namespace ?? 'all namespaces'}`;
}

export function isSameRead(one: SecretRead, other: SecretRead): boolean {
  return one.namespace === other.namespace && one.name === other.name;
}

/** Returns whether a Secret holds a revision of a release. */
export function isRevisionOf(release: string, name: string): boolean {
  const start = revisionPrefix(release);
  return name.startsWith(start) && /^\d+$/.test(name.slice(start.length));
}

/** Returns what stands before the number in the name of a revision. */
export function revisionPrefix(release: string): string {
  return `sh.helm.release.v1.${release}.v`;
}
