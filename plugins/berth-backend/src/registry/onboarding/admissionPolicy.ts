/*
 * The portal may bind `admin` in every namespace, because its future namespaces are not known. Without an admission
 * policy, it could make itself admin of kube-system. The admission policy is a ValidatingAdmissionPolicy: the
 * portal's group may write only namespaces with Berth's label, and objects in them. An existing namespace must have
 * the label before it is updated or deleted, so the portal cannot add the label to a namespace that the cluster's
 * admin did not label.
 */
import type {
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import { MANAGED_BY } from '../../model/managedBy';
import {
  ADMISSION_POLICY_NAME,
  OnboardingObject,
} from '../../model/onboardingObjects';
import {
  byThePortal,
  isManaged,
  SERVICE_ACCOUNT,
} from '../../model/portalAccount';
import { isAtLeast } from '../../model/versions';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** The minor release since which `admissionregistration.k8s.io/v1` has the kinds of the admission policy. */
const SINCE = 30;

/** The caller's choice of whether the manifest has the admission policy. */
export type AdmissionPolicyMode = 'auto' | 'true' | 'false';

/** The decision whether the manifest has the admission policy, with its reason. */
export interface AdmissionPolicyDecision {
  included: boolean;
  reason: string;
}

/**
 * Decides whether the manifest has the admission policy. An API server without the kinds of the admission policy
 * would refuse part of the file, so by default the manifest has it only if the version is known to support it.
 *
 * @param version - the API server's `gitVersion`, if known
 */
export function decideAdmissionPolicy(
  mode: AdmissionPolicyMode,
  version?: string,
): AdmissionPolicyDecision {
  if (mode !== 'auto') {
    return {
      included: mode === 'true',
      reason: `the request has admissionPolicy=${mode}`,
    };
  }
  const included = isAtLeast(version, SINCE);
  if (included === undefined) {
    return {
      included: false,
      reason:
        "the cluster's version could not be read. On Kubernetes 1.30 or later get this file again with admissionPolicy=true",
    };
  }
  return {
    included,
    reason: `the cluster runs ${version}, and Kubernetes supports the admission policy since 1.30`,
  };
}

/** A created namespace has no old object and a deleted one no new object; `namespaceObject` is null for both. */
const VALIDATION = [
  "request.resource.group == '' && request.resource.resource == 'namespaces'",
  "? (request.operation == 'CREATE' || variables.before) &&",
  "  (request.operation == 'DELETE' || variables.after)",
  ': variables.inside',
].join('\n');

/**
 * Reviews change nothing. The portal already has the token of its own service account, so renewing it grants nothing new.
 */
const EXCEPT = [
  {
    name: 'not-a-question',
    expression:
      "!(request.resource.group in ['authentication.k8s.io', 'authorization.k8s.io'])",
  },
  {
    name: 'not-its-own-token',
    // Empty fields are absent.
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
 * @param groupsPrefix - the prefix that the API server puts before the groups of tokens
 * @param options - `serviceAccount`: the portal uses a service account
 */
export function admissionPolicyObjects(
  groupsPrefix: string,
  options: { serviceAccount?: boolean } = {},
): [
  OnboardingObject<V1ValidatingAdmissionPolicy>,
  OnboardingObject<V1ValidatingAdmissionPolicyBinding>,
] {
  return [
    {
      why: 'The admission policy: the portal can write only in namespaces with its label',
      object: {
        apiVersion: API_VERSION,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: ADMISSION_POLICY_NAME },
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
              message: `Berth may write only in namespaces labelled ${MANAGED_BY.label}=${MANAGED_BY.value}, and never give an existing namespace that label`,
              reason: 'Forbidden',
            },
          ],
        },
      },
    },
    {
      why: 'Enables the admission policy for the whole cluster',
      object: {
        apiVersion: API_VERSION,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: ADMISSION_POLICY_NAME },
        spec: {
          policyName: ADMISSION_POLICY_NAME,
          validationActions: ['Deny'],
        },
      },
    },
  ];
}
