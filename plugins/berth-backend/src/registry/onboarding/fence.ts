/*
 * The portal may bind `admin` in every namespace, because it cannot know before which namespaces there
 * will be. Unfenced it could thereby make itself admin of kube-system. The fence is a
 * ValidatingAdmissionPolicy: whatever the portal's group writes must be in, or be, a namespace that
 * carries Berth's label; and because an existing namespace must carry it already before it is updated or
 * deleted, the portal cannot put the label where the cluster's admin did not.
 */
import type {
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { FENCE_NAME, OnboardingObject } from './objects';
import { SERVICE_ACCOUNT } from './serviceAccount';
import { isAtLeast } from './versions';

const API_VERSION = 'admissionregistration.k8s.io/v1';
const LABEL = 'app.kubernetes.io/managed-by';
const LABEL_VALUE = 'berth';

/** The minor release in which `admissionregistration.k8s.io/v1` got the kinds of the fence. */
const SINCE = 30;

/** Whether the fence is to be in the manifest, as the caller says. */
export type FenceMode = 'auto' | 'true' | 'false';

/** Whether the fence is in the manifest, and why. */
export interface FenceDecision {
  included: boolean;
  reason: string;
}

/**
 * An API server that does not know the fence's kinds would refuse part of the file, so unless told
 * otherwise the fence is in only where the version is known to have them.
 *
 * @param version - the API server's `gitVersion`, if known
 */
export function decideFence(mode: FenceMode, version?: string): FenceDecision {
  if (mode !== 'auto') {
    return { included: mode === 'true', reason: `fence=${mode} was asked for` };
  }
  const included = isAtLeast(version, SINCE);
  if (included === undefined) {
    return {
      included: false,
      reason:
        "the cluster's version could not be read. On Kubernetes 1.30 or later get this file again with fence=true",
    };
  }
  return {
    included,
    reason: `the cluster runs ${version}, and Kubernetes has what it needs since 1.30`,
  };
}

/** A namespace being created has no before, one being deleted no after; `namespaceObject` is null for both. */
const VALIDATION = [
  "request.resource.group == '' && request.resource.resource == 'namespaces'",
  "? (request.operation == 'CREATE' || variables.before) &&",
  "  (request.operation == 'DELETE' || variables.after)",
  ': variables.inside',
].join('\n');

/**
 * Reviews are questions, which change nothing; and the token of its own service account is what the portal
 * comes with, so renewing it gives it nothing that it has not.
 */
const EXCEPT = [
  {
    name: 'not-a-question',
    expression:
      "!(request.resource.group in ['authentication.k8s.io', 'authorization.k8s.io'])",
  },
  {
    name: 'not-its-own-token',
    // Fields that are empty are not there.
    expression: `!(${[
      "request.resource.group == ''",
      "request.resource.resource == 'serviceaccounts'",
      "has(request.subResource) && request.subResource == 'token'",
      `has(request.namespace) && request.namespace == '${SERVICE_ACCOUNT.namespace}'`,
      `has(request.name) && request.name == '${SERVICE_ACCOUNT.name}'`,
    ].join(' && ')})`,
  },
];

/**
 * @param groupsPrefix - what the API server puts before the groups of tokens
 * @param options - `serviceAccount`: the portal comes as a service account
 */
export function fenceObjects(
  groupsPrefix: string,
  options: { serviceAccount?: boolean } = {},
): [
  OnboardingObject<V1ValidatingAdmissionPolicy>,
  OnboardingObject<V1ValidatingAdmissionPolicyBinding>,
] {
  return [
    {
      why: 'The fence: the portal writes only in namespaces that carry its label',
      object: {
        apiVersion: API_VERSION,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: FENCE_NAME },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: ['*'],
                apiVersions: ['*'],
                operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
                resources: ['*/*'],
              },
            ],
          },
          matchConditions: [
            {
              name: 'by-the-portal',
              expression: byThePortal(groupsPrefix, options.serviceAccount),
            },
            ...EXCEPT,
          ],
          variables: [
            { name: 'inside', expression: isManaged('namespaceObject') },
            { name: 'before', expression: isManaged('oldObject') },
            { name: 'after', expression: isManaged('object') },
          ],
          validations: [
            {
              expression: VALIDATION,
              message: `Berth may write only in namespaces labelled ${LABEL}=${LABEL_VALUE}, and never give an existing namespace that label`,
              reason: 'Forbidden',
            },
          ],
        },
      },
    },
    {
      why: 'Puts the fence up for the whole cluster',
      object: {
        apiVersion: API_VERSION,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: FENCE_NAME },
        spec: { policyName: FENCE_NAME, validationActions: ['Deny'] },
      },
    },
  ];
}

/** JSON's strings are CEL's, so that no prefix can be more than a string. */
function byThePortal(groupsPrefix: string, serviceAccount = false): string {
  const group = JSON.stringify(`${groupsPrefix}${TOKEN_GROUPS.reconciler}`);
  const carries = `has(request.userInfo.groups) && ${group} in request.userInfo.groups`;
  return serviceAccount
    ? `(${carries}) ||\n(has(request.userInfo.username) && request.userInfo.username == '${SERVICE_ACCOUNT.username}')`
    : carries;
}

function isManaged(object: string): string {
  return [
    `${object} != null`,
    `has(${object}.metadata.labels)`,
    `'${LABEL}' in ${object}.metadata.labels`,
    `${object}.metadata.labels['${LABEL}'] == '${LABEL_VALUE}'`,
  ].join(' &&\n');
}
