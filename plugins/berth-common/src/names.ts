import { InputError } from '@backstage/errors';

/** @public */
export const CLUSTER_NAME_MAX_LENGTH = 63;

/** The rule of DNS labels. */
const MAX_NAMESPACE_NAME = 63;

/**
 * The token groups that Berth itself uses. No catalog group may have such a name on a cluster.
 *
 * @public
 */
export const TOKEN_GROUPS = {
  /** The group in every token. */
  scope: 'cluster-scope',
  /** The group in tokens of platform admins. */
  admins: 'cluster-admins',
  /** The group in the portal's own token only. */
  reconciler: 'cluster-reconciler',
} as const;

const RESERVED_GROUP_NAMES: ReadonlySet<string> = new Set(
  Object.values(TOKEN_GROUPS),
);

const RESERVED_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'openshift',
]);

/**
 * `berth-` is reserved for Berth: the onboarding manifest creates the namespace of the portal's service account with
 * this prefix, and a person who could request that namespace would get the portal's rights.
 */
const RESERVED_NAMESPACE_PREFIXES = ['berth-', 'kube-', 'openshift-'];

const SYSTEM_NAMESPACES = [
  ...RESERVED_NAMESPACES,
  ...RESERVED_NAMESPACE_PREFIXES.map(prefix => `${prefix}*`),
].join(', ');

/**
 * Converts typed text to a cluster name. It keeps only lowercase ASCII letters and digits.
 *
 * @returns the cluster name; empty if the text has no usable character
 * @public
 */
export function cleanClusterName(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, CLUSTER_NAME_MAX_LENGTH);
}

/**
 * Returns whether a string is an RFC 1123 label, the rule for namespace names.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 * @public
 */
export function isDnsLabel(name: string): boolean {
  return (
    name.length <= MAX_NAMESPACE_NAME &&
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
  );
}

/**
 * Refuses a Kubernetes group name that is malformed or reserved. The group's home namespace has the same name, so the
 * rules of both apply.
 *
 * @throws InputError naming the value and the rule
 * @public
 */
export function assertKubernetesGroupName(name: string): void {
  if (!isDnsLabel(name)) {
    throw new InputError(
      `${JSON.stringify(
        name,
      )} cannot be a Kubernetes group name: it must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit`,
    );
  }
  if (RESERVED_GROUP_NAMES.has(name)) {
    throw new InputError(
      `${JSON.stringify(name)} is reserved for Berth's own token groups`,
    );
  }
  if (isSystemNamespace(name)) {
    throw new InputError(
      `${JSON.stringify(
        name,
      )} is the name of a system namespace (${SYSTEM_NAMESPACES})`,
    );
  }
}

/**
 * Refuses a namespace name that is malformed or reserved.
 *
 * @throws InputError naming the value and the rule
 * @public
 */
export function assertNamespaceName(name: string): void {
  if (!isDnsLabel(name)) {
    throw new InputError(
      `name ${JSON.stringify(
        name.slice(0, 80),
      )} must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit`,
    );
  }
  if (isSystemNamespace(name)) {
    throw new InputError(
      `name ${JSON.stringify(
        name,
      )} is that of a system namespace (${SYSTEM_NAMESPACES})`,
    );
  }
}

/**
 * Returns the name that a new namespace gets on a cluster. A name that has the prefix already stays as it is.
 *
 * @param prefix - the cluster's `namespacePrefix`
 * @public
 */
export function prefixedNamespaceName(
  name: string,
  prefix: string | undefined,
): string {
  return prefix && !hasPrefix(name, prefix) ? `${prefix}${name}` : name;
}

/**
 * Returns the name that a new namespace gets on a cluster.
 *
 * @param prefix - the cluster's `namespacePrefix`
 * @param field - the name of the field, for the message
 * @throws InputError if only the prefix makes the name too long, naming both; malformed names and names of system
 *   namespaces are returned as they are
 * @public
 */
export function applyNamespacePrefix(
  name: string,
  prefix: string | undefined,
  field = 'name',
): string {
  if (!isDnsLabel(name) || isSystemNamespace(name)) {
    return name;
  }
  const prefixed = prefixedNamespaceName(name, prefix);
  if (prefixed.length > MAX_NAMESPACE_NAME) {
    throw new InputError(
      `${field} ${JSON.stringify(name)} is too long: with ${JSON.stringify(
        prefix,
      )}, the namespace prefix of this cluster, it has ${
        prefixed.length
      } characters, and a namespace name has at most ${MAX_NAMESPACE_NAME}`,
    );
  }
  return prefixed;
}

function hasPrefix(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && name.length > prefix.length;
}

/**
 * Refuses a namespace name without the prefix that the cluster requires.
 *
 * @param prefix - the cluster's `namespacePrefix`
 * @param field - the name of the field, for the message
 * @throws InputError naming the value and the rule
 * @public
 */
export function assertNamespacePrefix(
  name: string,
  prefix: string | undefined,
  field = 'name',
): void {
  if (prefix && !hasPrefix(name, prefix)) {
    throw new InputError(
      `${field} ${JSON.stringify(name)} must begin with ${JSON.stringify(
        prefix,
      )}, the namespace prefix of this cluster, such as ${JSON.stringify(
        `${prefix}${name}`.slice(0, 63),
      )}`,
    );
  }
}

/**
 * Returns whether a namespace belongs to Kubernetes, a distribution of it, or Berth itself. Berth gives no person or
 * group access to such a namespace.
 *
 * @public
 */
export function isSystemNamespace(name: string): boolean {
  return (
    RESERVED_NAMESPACES.has(name) ||
    RESERVED_NAMESPACE_PREFIXES.some(prefix => name.startsWith(prefix))
  );
}
