/*
 * Defaults: what the other policies require, a storage class and pull secrets, so that people need not write them. Each variable
 * with patches is a list of paths and values, because only a MutatingAdmissionPolicy has the type of a patch, and every
 * policy can compute lists.
 */
import {
  annotation,
  CelVariable,
  listOf,
  PULL_SECRET,
  identityVariables,
  placementVariables,
} from './cel';
import { PACK_ANNOTATIONS, PACK_LABELS } from './names';

/** @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/ */
export interface MutatingAdmissionPolicySpec {
  failurePolicy: 'Ignore';
  reinvocationPolicy: 'IfNeeded';
  matchConstraints: object;
  variables: CelVariable[];
  mutations: { patchType: 'JSONPatch'; jsonPatch: { expression: string } }[];
}

/** The variables that have patches. */
export const PATCHES = [
  'identityPatches',
  'placementPatches',
  'storagePatches',
  'pullSecretPatches',
];

/** A patch as a map with values of any type. */
function patch(path: string, value: string): string {
  return `{'path': dyn(${path}), 'value': dyn(${value})}`;
}

/** Sets a field of the pod's security context unless the pod has it. */
function unlessSet(field: string, value: string, condition = 'true'): string {
  return `(${condition} && !has(variables.pod.${field}) ? [${patch(
    `'/spec/securityContext/${field}'`,
    value,
  )}] : [])`;
}

/** Forbids more privileges in each container that leaves it open. */
function containers(field: string): string {
  const open = [
    '!has(c.securityContext)',
    '!has(c.securityContext.allowPrivilegeEscalation) && !c.securityContext.?privileged.orValue(false)',
  ].join(' || ');
  const path = `'/spec/${field}/' + string(i) + '/securityContext'`;
  return `(has(object.spec.${field}) ? dyn(object.spec.${field}).transformList(i, c, ${open}, has(c.securityContext)
? ${patch(`${path} + '/allowPrivilegeEscalation'`, 'false')}
: ${patch(path, "{'allowPrivilegeEscalation': false}")}) : [])`;
}

const IDENTITY = [
  `(has(object.spec.securityContext) ? [] : [${patch(
    "'/spec/securityContext'",
    '{}',
  )}])`,
  unlessSet('runAsUser', 'int(variables.user)', "variables.user != ''"),
  unlessSet(
    'runAsNonRoot',
    'true',
    "variables.user == '' && !has(variables.pod.runAsUser)",
  ),
  unlessSet('runAsGroup', 'int(variables.group)'),
  unlessSet('fsGroup', 'int(variables.group)'),
  unlessSet(
    'supplementalGroups',
    "variables.otherGroups.split(',').map(g, int(g))",
    "variables.otherGroups != ''",
  ),
  unlessSet('supplementalGroupsPolicy', "'Strict'"),
  containers('containers'),
  containers('initContainers'),
].join(' +\n');

const NAMES_NODES = [
  'variables.selector.size() > 0',
  'has(object.spec.affinity) && has(object.spec.affinity.nodeAffinity)',
].join(' || ');

const PLACEMENT = [
  `(has(object.spec.nodeSelector) || variables.pairs.size() == 0 ? [] : [${patch(
    "'/spec/nodeSelector'",
    '{}',
  )}])`,
  `variables.pairs.filter(p, !(p.split('=')[0] in variables.selector)).map(p, ${patch(
    "'/spec/nodeSelector/' + p.split('=')[0].replace('/', '~1')",
    "p.split('=')[1]",
  )})`,
  `(has(object.spec.tolerations) || variables.taints.size() == 0 ? [] : [${patch(
    "'/spec/tolerations'",
    '[]',
  )}])`,
  `variables.added.filter(t, !(has(object.spec.tolerations) && t in dyn(object.spec.tolerations))).map(t, ${patch(
    "'/spec/tolerations/-'",
    't',
  )})`,
].join(' +\n');

const NAMES_SECRET =
  'has(object.spec.imagePullSecrets) && object.spec.imagePullSecrets.exists(s, has(s.name) && s.name == n)';

/** The list of a pod is completed, because a pod that names a Secret does not get those of its service account. */
const PULL_SECRETS = [
  `(has(object.spec.imagePullSecrets) ? [] : [${patch(
    "'/spec/imagePullSecrets'",
    '[]',
  )}])`,
  `variables.pullSecrets.split(',').filter(n, !(${NAMES_SECRET})).map(n, ${patch(
    "'/spec/imagePullSecrets/-'",
    "{'name': n}",
  )})`,
].join(' +\n');

function hasLabel(key: string): string {
  return `'${key}' in variables.labels`;
}

const IS_POD = "request.resource.resource == 'pods'";

const ADDED = `variables.taints.map(t, t.split(':')[0].contains('=')
? {'key': t.split('=')[0], 'operator': 'Equal', 'value': t.split('=')[1].split(':')[0], 'effect': t.split(':')[1]}
: {'key': t.split(':')[0], 'operator': 'Exists', 'effect': t.split(':')[1]})`;

const VARIABLES: CelVariable[] = [
  {
    name: 'labels',
    expression:
      'has(namespaceObject.metadata.labels) ? namespaceObject.metadata.labels : {}',
  },
  ...identityVariables(),
  // Both begin with the annotations.
  ...placementVariables().slice(1),
  {
    name: 'pod',
    expression:
      'has(object.spec.securityContext) ? dyn(object.spec.securityContext) : dyn({})',
  },
  {
    name: 'selector',
    expression:
      'has(object.spec.nodeSelector) ? dyn(object.spec.nodeSelector) : dyn({})',
  },
  { name: 'added', expression: ADDED },
  {
    name: 'identityPatches',
    expression: `${IS_POD} && ${hasLabel(
      PACK_LABELS.identity,
    )} && variables.identity
? ${IDENTITY}
: []`,
  },
  {
    name: 'placementPatches',
    expression: `${IS_POD} && ${hasLabel(PACK_LABELS.placement)} &&
!has(object.spec.nodeName) && (variables.labels['${
      PACK_LABELS.placement
    }'] != 'set' || !(${NAMES_NODES}))
? ${PLACEMENT}
: []`,
  },
  {
    name: 'storagePatches',
    expression: `!(${IS_POD}) && ${hasLabel(PACK_LABELS.storageClass)} &&
object.spec.?storageClassName.orValue('') != '' &&
object.spec.storageClassName == ${annotation(
      PACK_ANNOTATIONS.storageClassReplace,
    )} &&
${annotation(PACK_ANNOTATIONS.storageClassBy)} != '' &&
!has(object.spec.volumeName) && !has(object.spec.dataSource) && !has(object.spec.dataSourceRef)
? [${patch(
      "'/spec/storageClassName'",
      annotation(PACK_ANNOTATIONS.storageClassBy),
    )}]
: []`,
  },
  { name: 'pullSecrets', expression: annotation(PACK_ANNOTATIONS.pullSecrets) },
  {
    name: 'pullSecretPatches',
    expression: `${IS_POD} && variables.pullSecrets.matches('${listOf(
      PULL_SECRET,
    )}')
? ${PULL_SECRETS}
: []`,
  },
];

/**
 * The policy finds its namespaces by the label that each namespace of Berth has, because a selector cannot ask for one of
 * several labels, and conditions of a policy do not see the namespace.
 */
export function defaultsPolicySpec(): MutatingAdmissionPolicySpec {
  return {
    // The other policies deny what is not completed. Without them, a failure must not stop all pods of Berth.
    failurePolicy: 'Ignore',
    // Webhooks may add containers.
    reinvocationPolicy: 'IfNeeded',
    matchConstraints: {
      matchPolicy: 'Equivalent',
      namespaceSelector: {
        matchLabels: { 'app.kubernetes.io/managed-by': 'berth' },
      },
      objectSelector: {},
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['pods', 'persistentvolumeclaims'],
          scope: '*',
        },
      ],
    },
    variables: VARIABLES,
    mutations: PATCHES.map(name => ({
      patchType: 'JSONPatch',
      jsonPatch: {
        expression: `variables.${name}.map(p, JSONPatch{op: 'add', path: string(p.path), value: p.value})`,
      },
    })),
  };
}
