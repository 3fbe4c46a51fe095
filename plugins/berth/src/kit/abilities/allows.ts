import { Abilities } from '@berth/plugin-berth-common';

/** What a person wants to act on. */
export interface Asked {
  /** `core` for the core group. */
  group: string;
  plural: string;
  subresource?: string;
  /** The name of the object. Without it, rules for single names do not count. */
  name?: string;
}

/**
 * Returns whether rules of a cluster allow something, as RBAC reads them.
 *
 * @param verb - such as `patch`
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function allows(
  rules: Abilities['rules'],
  verb: string,
  { group, plural, subresource, name }: Asked,
): boolean {
  const apiGroup = group === 'core' ? '' : group;
  const resources = subresource
    ? ['*', `${plural}/${subresource}`, `*/${subresource}`]
    : ['*', plural];
  return rules.some(
    rule =>
      includesAny(rule.verbs, ['*', verb]) &&
      includesAny(rule.groups, ['*', apiGroup]) &&
      includesAny(rule.resources, resources) &&
      (rule.names.length === 0 ||
        (name !== undefined && rule.names.includes(name))),
  );
}

function includesAny(values: string[], wanted: string[]): boolean {
  return values.some(value => wanted.includes(value));
}
