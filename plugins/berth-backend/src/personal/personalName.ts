import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { isDnsLabel, isSystemNamespace } from '@berth/plugin-berth-common';

/**
 * Returns the name of a person's namespace, or why an admin must choose one. The name of the person is used as it is:
 * a changed spelling could be that of another person.
 *
 * @param template - of `berth.personalNamespaces`, with `{prefix}` and `{user}`
 * @param prefix - the namespace prefix of the cluster
 */
export function personalName(
  userRef: string,
  template: string,
  prefix: string = '',
): { name: string } | { problem: string } {
  const { namespace, name: user } = parseEntityRef(userRef);
  const ask = 'Ask a platform admin to choose a name';
  if (namespace !== DEFAULT_NAMESPACE) {
    return {
      problem: `${userRef} is not in the default namespace of the catalog, and a user there can have the same name. ${ask}`,
    };
  }
  const name = template
    .replace('{user}', () => user)
    .replace('{prefix}', () => prefix);
  if (!isDnsLabel(name)) {
    return {
      problem: `${JSON.stringify(
        name.slice(0, 80),
      )} is no name of a namespace: it must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit. ${ask}`,
    };
  }
  if (isSystemNamespace(name)) {
    return {
      problem: `${JSON.stringify(name)} is reserved for the system. ${ask}`,
    };
  }
  return { name };
}
