/*
 * The identity of pods: what a file server sees. It is more than the fields for users and groups, because a process can
 * change both: a program with the setuid bit becomes root, root becomes everybody, and the file /etc/group of an image
 * adds groups. So containers must not gain privileges, must not begin as root, and get no groups from their image.
 */
import type {
  V1ValidatingAdmissionPolicySpec,
  V1Validation,
} from '@kubernetes/client-node';
import { identityVariables } from './cel';
import { PACK_ANNOTATIONS, PACK_LABELS } from './names';

const DENY = { reason: 'Forbidden' };

/** The containers that do not meet a condition, which reads `c`; none while the annotations are not valid. */
function containersThat(condition: string): string {
  return `variables.identity ? variables.containers.filter(c, ${condition}) : []`;
}

/** Fields of a container win over those of its pod. */
function effective(field: string): string {
  return `c.?securityContext.?${field}.or(variables.pod.?${field})`;
}

const VARIABLES = [
  ...identityVariables(),
  {
    name: 'pod',
    expression:
      'has(object.spec.securityContext) ? dyn(object.spec.securityContext) : dyn({})',
  },
  {
    name: 'containers',
    expression: [
      'dyn(object.spec.containers)',
      '(has(object.spec.initContainers) ? dyn(object.spec.initContainers) : [])',
      '(has(object.spec.ephemeralContainers) ? dyn(object.spec.ephemeralContainers) : [])',
    ].join(' + '),
  },
  {
    name: 'wrongUsers',
    expression: containersThat(
      `variables.user != '' ? ${effective(
        'runAsUser',
      )}.orValue(-1) != int(variables.user)` +
        ` : ${effective('runAsUser')}.orValue(${effective(
          'runAsNonRoot',
        )}.orValue(false) ? 1 : 0) == 0`,
    ),
  },
  {
    name: 'wrongGroups',
    expression: containersThat(
      `${effective('runAsGroup')}.orValue(-1) != int(variables.group)`,
    ),
  },
  {
    name: 'privileged',
    expression: containersThat(
      [
        'c.?securityContext.?allowPrivilegeEscalation.orValue(true)',
        'c.?securityContext.?privileged.orValue(false)',
        "c.?securityContext.?capabilities.?add.orValue([]).exists(x, x != 'NET_BIND_SERVICE')",
      ].join(' || '),
    ),
  },
];

const VALIDATIONS: V1Validation[] = [
  {
    ...DENY,
    expression: 'variables.identity',
    message: `the namespace has the label ${PACK_LABELS.identity}, but its annotations ${PACK_ANNOTATIONS.runAsUser}, ${PACK_ANNOTATIONS.runAsGroup} and ${PACK_ANNOTATIONS.supplementalGroups} are not valid. Ask the admins of the portal`,
  },
  {
    ...DENY,
    expression: 'variables.wrongUsers.size() == 0',
    message: 'securityContext.runAsUser must be the user of the namespace',
    messageExpression: `variables.user != ''
? 'the container ' + variables.wrongUsers[0].name + ' must have securityContext.runAsUser: ' + variables.user
: 'the container ' + variables.wrongUsers[0].name + ' must not run as root: set securityContext.runAsNonRoot: true'`,
  },
  {
    ...DENY,
    expression: 'variables.wrongGroups.size() == 0',
    message: 'securityContext.runAsGroup must be the group of the namespace',
    messageExpression:
      "'the container ' + variables.wrongGroups[0].name + ' must have securityContext.runAsGroup: ' + variables.group",
  },
  {
    ...DENY,
    expression: 'variables.privileged.size() == 0',
    message:
      'securityContext.allowPrivilegeEscalation must be false, and capabilities must not be added',
    messageExpression:
      "'the container ' + variables.privileged[0].name + ' must have securityContext.allowPrivilegeEscalation: false, and neither privileged nor added capabilities'",
  },
  {
    ...DENY,
    expression:
      '!variables.identity || !has(variables.pod.fsGroup) || string(variables.pod.fsGroup) in variables.groups',
    message: 'securityContext.fsGroup must be a group of the namespace',
    messageExpression:
      "'securityContext.fsGroup must be one of ' + variables.groups.join(', ')",
  },
  {
    ...DENY,
    expression:
      '!variables.identity || !has(variables.pod.supplementalGroups) || variables.pod.supplementalGroups.all(g, string(g) in variables.groups)',
    message:
      'securityContext.supplementalGroups must be groups of the namespace',
    messageExpression:
      "'securityContext.supplementalGroups must be among ' + variables.groups.join(', ')",
  },
  {
    ...DENY,
    expression:
      '!has(variables.pod.windowsOptions) && variables.containers.all(c, !has(c.securityContext) || !has(c.securityContext.windowsOptions))',
    message:
      'securityContext.windowsOptions is not allowed: Windows has no users and groups by number',
  },
];

/** Groups that the image has for the user are not in the pod, so that only this keeps them out. */
const STRICT_GROUPS: V1Validation = {
  ...DENY,
  expression: "variables.pod.?supplementalGroupsPolicy.orValue('') == 'Strict'",
  message:
    'securityContext.supplementalGroupsPolicy must be Strict: otherwise the image adds groups',
};

/**
 * @param options - `strictGroups`: the API server has `supplementalGroupsPolicy`, as Kubernetes has it since 1.33
 */
export function identityPolicySpec(options: {
  strictGroups: boolean;
}): V1ValidatingAdmissionPolicySpec {
  return {
    failurePolicy: 'Fail',
    matchConstraints: {
      matchPolicy: 'Equivalent',
      namespaceSelector: {
        matchExpressions: [{ key: PACK_LABELS.identity, operator: 'Exists' }],
      },
      objectSelector: {},
      // Not updates of pods, which cannot change the fields: pods from before the label must be able to end.
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['pods'],
          scope: '*',
        },
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['UPDATE'],
          resources: ['pods/ephemeralcontainers'],
          scope: '*',
        },
      ],
    },
    variables: VARIABLES,
    validations: [
      ...VALIDATIONS,
      ...(options.strictGroups ? [STRICT_GROUPS] : []),
    ],
  };
}
