import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

/**
 * Returns the username of a person on every cluster: `user:alice` for users of the catalog's default namespace,
 * `user:acme/alice` for users of another one. Distinct users never share a username.
 */
export function kubernetesUsername(userRef: string): string {
  const { kind, namespace, name } = parseEntityRef(userRef);
  if (kind.toLowerCase() !== 'user') {
    throw new Error(`${userRef} is not a user`);
  }
  return namespace === DEFAULT_NAMESPACE
    ? `user:${name}`
    : `user:${namespace}/${name}`;
}
