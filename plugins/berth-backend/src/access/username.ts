import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

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

/**
 * Returns the entity ref of the person who has a username on every cluster.
 *
 * @returns undefined for the username of anything but a person
 */
export function userRefOf(username: string): string | undefined {
  const [, namespace = DEFAULT_NAMESPACE, name] =
    /^user:(?:([^/:]+)\/)?([^/:]+)$/.exec(username) ?? [];
  return name === undefined
    ? undefined
    : stringifyEntityRef({ kind: 'user', namespace, name });
}
