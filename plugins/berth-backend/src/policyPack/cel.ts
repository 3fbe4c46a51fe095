import { PACK_ANNOTATIONS } from './names';

/** A variable of a policy. */
export interface CelVariable {
  name: string;
  expression: string;
}

const NUMBER = '[1-9][0-9]{0,9}';
const KEY = '([a-z0-9][a-z0-9.-]*/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?';
const VALUE = '([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?';
const PAIR = `${KEY}=${VALUE}`;
const TOLERATION = `${KEY}(=${VALUE})?:(NoSchedule|PreferNoSchedule|NoExecute)`;

/** The name of a Secret that Berth writes. */
export const PULL_SECRET = 'berth-pull-[a-z0-9]([a-z0-9-]*[a-z0-9])?';

/** Returns a pattern for items with commas between them. */
export function listOf(item: string): string {
  return `^${item}(,${item})*$`;
}

/** The annotations of the namespace. */
const ANNOTATIONS: CelVariable = {
  name: 'annotations',
  expression:
    'has(namespaceObject.metadata.annotations) ? namespaceObject.metadata.annotations : {}',
};

/** Returns the value of an annotation; empty without it. */
export function annotation(key: string): string {
  return `variables.annotations[?'${key}'].orValue('')`;
}

function hasAnnotation(key: string): string {
  return `'${key}' in variables.annotations`;
}

/**
 * The values of `identity`: `user` (empty where it is free), `group`, `groups` (all that may be used), and `identity`,
 * whether the annotations are valid. An annotation that is there and empty is not valid.
 */
export function identityVariables(): CelVariable[] {
  const { runAsUser, runAsGroup, supplementalGroups } = PACK_ANNOTATIONS;
  return [
    ANNOTATIONS,
    { name: 'user', expression: annotation(runAsUser) },
    { name: 'group', expression: annotation(runAsGroup) },
    { name: 'otherGroups', expression: annotation(supplementalGroups) },
    {
      name: 'identity',
      expression: [
        `(!(${hasAnnotation(
          runAsUser,
        )}) || variables.user.matches('^${NUMBER}$'))`,
        `variables.group.matches('^${NUMBER}$')`,
        `(!(${hasAnnotation(
          supplementalGroups,
        )}) || variables.otherGroups.matches('${listOf(NUMBER)}'))`,
      ].join(' &&\n'),
    },
    {
      name: 'groups',
      expression:
        "[variables.group] + (variables.otherGroups == '' ? [] : variables.otherGroups.split(','))",
    },
  ];
}

/**
 * The values of `placement`: `pairs` of labels of nodes and `taints` that pods may tolerate, both empty unless
 * `placement`, whether the annotations are valid.
 */
export function placementVariables(): CelVariable[] {
  const { nodeSelector, tolerations } = PACK_ANNOTATIONS;
  return [
    ANNOTATIONS,
    { name: 'nodeSelector', expression: annotation(nodeSelector) },
    { name: 'tolerations', expression: annotation(tolerations) },
    {
      name: 'placement',
      expression: [
        hasAnnotation(nodeSelector),
        `(variables.nodeSelector == '' || variables.nodeSelector.matches('${listOf(
          PAIR,
        )}'))`,
        `(variables.tolerations == '' || variables.tolerations.matches('${listOf(
          TOLERATION,
        )}'))`,
      ].join(' &&\n'),
    },
    {
      name: 'pairs',
      expression:
        "variables.placement && variables.nodeSelector != '' ? variables.nodeSelector.split(',') : []",
    },
    {
      name: 'taints',
      expression:
        "variables.placement && variables.tolerations != '' ? variables.tolerations.split(',') : []",
    },
  ];
}
