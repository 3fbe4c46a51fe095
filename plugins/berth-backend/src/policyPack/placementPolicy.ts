import type { V1ValidatingAdmissionPolicySpec } from '@kubernetes/client-node';
import { placementVariables } from './cel';
import { PACK_ANNOTATIONS, PACK_LABELS } from './names';

const DENY = { reason: 'Forbidden' };

/** Tolerations that Kubernetes adds to pods: to all, and to those of DaemonSets. */
export const KUBERNETES_TOLERATIONS = [
  'node.kubernetes.io/not-ready:NoExecute',
  'node.kubernetes.io/unreachable:NoExecute',
  'node.kubernetes.io/memory-pressure:NoSchedule',
  'node.kubernetes.io/disk-pressure:NoSchedule',
  'node.kubernetes.io/pid-pressure:NoSchedule',
  'node.kubernetes.io/unschedulable:NoSchedule',
  'node.kubernetes.io/network-unavailable:NoSchedule',
];

/** A toleration without a key or an effect tolerates more than a taint, so it is never allowed. */
const ALLOWED = [
  "t.?key.orValue('') + ':' + t.?effect.orValue('') in variables.allowed",
  `(t.?operator.orValue('Equal') in ['', 'Equal'] &&
  t.?key.orValue('') + '=' + t.?value.orValue('') + ':' + t.?effect.orValue('') in variables.allowed)`,
].join(' ||\n');

const VARIABLES = [
  ...placementVariables(),
  {
    name: 'missing',
    expression:
      "variables.pairs.filter(p, object.spec.?nodeSelector[?p.split('=')[0]].orValue('!') != p.split('=')[1])",
  },
  {
    name: 'allowed',
    expression: `variables.taints + ${JSON.stringify(KUBERNETES_TOLERATIONS)}`,
  },
  {
    // An update can only add tolerations, and pods from before the label must be able to end.
    name: 'before',
    expression:
      "request.operation == 'UPDATE' && has(oldObject.spec.tolerations) ? dyn(oldObject.spec.tolerations) : dyn([])",
  },
  {
    name: 'foreign',
    expression: `has(object.spec.tolerations) ? dyn(object.spec.tolerations).filter(t, !(t in variables.before || ${ALLOWED})) : []`,
  },
];

/**
 * The nodes of pods. A required label in `nodeSelector` binds the scheduler and the kubelet, whatever the affinity of the
 * pod is, since both must be met. A `nodeName` would go around the scheduler, and with it around taints.
 */
export function placementPolicySpec(): V1ValidatingAdmissionPolicySpec {
  return {
    failurePolicy: 'Fail',
    matchConstraints: {
      matchPolicy: 'Equivalent',
      namespaceSelector: {
        matchExpressions: [
          { key: PACK_LABELS.placement, operator: 'Exists' },
          { key: PACK_LABELS.placement, operator: 'NotIn', values: ['set'] },
        ],
      },
      objectSelector: {},
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['pods'],
          scope: '*',
        },
      ],
    },
    variables: VARIABLES,
    validations: [
      {
        ...DENY,
        expression: "request.operation == 'UPDATE' || variables.placement",
        message: `the namespace has the label ${PACK_LABELS.placement}, but its annotations ${PACK_ANNOTATIONS.nodeSelector} and ${PACK_ANNOTATIONS.tolerations} are not valid. Ask the admins of the portal`,
      },
      {
        ...DENY,
        expression:
          "request.operation == 'UPDATE' || variables.missing.size() == 0",
        message: 'spec.nodeSelector must have the labels of the namespace',
        messageExpression:
          "'spec.nodeSelector must have ' + variables.pairs.join(', ')",
      },
      {
        ...DENY,
        expression:
          "request.operation == 'UPDATE' || !has(object.spec.nodeName) || object.spec.nodeName == ''",
        message: 'spec.nodeName must be empty: the scheduler chooses the node',
      },
      {
        ...DENY,
        expression: 'variables.foreign.size() == 0',
        message: 'spec.tolerations must be among those of the namespace',
        messageExpression: `'spec.tolerations may have only ' + (variables.taints.size() == 0 ? 'those of Kubernetes' : variables.taints.join(', '))`,
      },
    ],
  };
}
