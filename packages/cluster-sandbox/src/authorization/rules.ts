import { JsonObject, UserInfo } from '../types';

export interface PolicyRule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

/** The action of a request, in the terms of RBAC rules. */
export interface Attributes {
  user: UserInfo;
  verb: string;
  /** Set for resources, absent for other paths. */
  resource?: {
    group: string;
    version?: string;
    plural: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  path?: string;
}

/** Returns whether a rule allows an action. */
export function ruleAllows(rule: PolicyRule, attributes: Attributes): boolean {
  const { verb, resource, path } = attributes;
  if (!rule.verbs?.some(entry => entry === '*' || entry === verb)) {
    return false;
  }
  if (!resource) {
    return (rule.nonResourceURLs ?? []).some(entry =>
      urlMatches(entry, path ?? ''),
    );
  }
  const { group, plural, subresource, name } = resource;
  const combined = subresource ? `${plural}/${subresource}` : plural;
  return (
    (rule.apiGroups ?? []).some(entry => entry === '*' || entry === group) &&
    (rule.resources ?? []).some(
      entry =>
        entry === '*' ||
        entry === combined ||
        (subresource !== undefined && entry === `*/${subresource}`),
    ) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(name ?? ''))
  );
}

function urlMatches(pattern: string, path: string): boolean {
  return (
    pattern === '*' ||
    pattern === path ||
    (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')))
  );
}

/** Returns whether a binding's subject is the user or one of their groups. */
export function subjectMatches(
  subject: JsonObject,
  user: UserInfo,
  bindingNamespace: string | undefined,
): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.username;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount':
      return (
        user.username ===
        `system:serviceaccount:${subject.namespace ?? bindingNamespace}:${
          subject.name
        }`
      );
    default:
      return false;
  }
}

/**
 * Returns the wanted rules that the owned ones do not cover, each broken down to one verb on one resource. Empty
 * if nothing is missing.
 */
export function uncoveredRules(
  owned: PolicyRule[],
  wanted: PolicyRule[],
): PolicyRule[] {
  return wanted
    .flatMap(breakDown)
    .filter(single => !owned.some(rule => covers(rule, single)));
}

function breakDown(rule: PolicyRule): PolicyRule[] {
  const singles: PolicyRule[] = [];
  for (const verb of rule.verbs ?? []) {
    for (const url of rule.nonResourceURLs ?? []) {
      singles.push({ verbs: [verb], nonResourceURLs: [url] });
    }
    for (const group of rule.apiGroups ?? []) {
      for (const resource of rule.resources ?? []) {
        const single = {
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
        };
        singles.push(
          ...(rule.resourceNames?.length
            ? rule.resourceNames.map(name => ({
                ...single,
                resourceNames: [name],
              }))
            : [single]),
        );
      }
    }
  }
  return singles;
}

/** Returns whether an owned rule covers a single wanted one. */
function covers(owner: PolicyRule, single: PolicyRule): boolean {
  const has = (list: string[] | undefined, value: string) =>
    (list ?? []).some(entry => entry === '*' || entry === value);
  if (!has(owner.verbs, single.verbs[0])) {
    return false;
  }
  if (single.nonResourceURLs) {
    return (owner.nonResourceURLs ?? []).some(entry =>
      urlMatches(entry, single.nonResourceURLs![0]),
    );
  }
  const resource = single.resources![0];
  const [, subresource] = resource.split('/');
  return (
    has(owner.apiGroups, single.apiGroups![0]) &&
    (has(owner.resources, resource) ||
      (subresource !== undefined &&
        (owner.resources ?? []).includes(`*/${subresource}`))) &&
    (!owner.resourceNames?.length ||
      (single.resourceNames !== undefined &&
        owner.resourceNames.includes(single.resourceNames[0])))
  );
}

/** Writes a rule as Go does in messages about missing permissions. */
export function describeRule(rule: PolicyRule): string {
  const list = (name: string, values: string[] | undefined) =>
    values?.length
      ? [`${name}:[${values.map(value => JSON.stringify(value)).join(' ')}]`]
      : [];
  return `{${[
    ...list('APIGroups', rule.apiGroups),
    ...list('Resources', rule.resources),
    ...list('ResourceNames', rule.resourceNames),
    ...list('NonResourceURLs', rule.nonResourceURLs),
    ...list('Verbs', rule.verbs),
  ].join(', ')}}`;
}
