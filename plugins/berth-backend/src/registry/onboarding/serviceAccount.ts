import type {
  V1ClusterRoleBinding,
  V1Namespace,
  V1Role,
  V1RoleBinding,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import { OnboardingObject } from './objects';

const RBAC = 'rbac.authorization.k8s.io';

/** The portal's account on clusters that it reaches by the `serviceAccount` strategy. */
export const SERVICE_ACCOUNT = {
  namespace: 'berth-system',
  name: 'reconciler',
  username: 'system:serviceaccount:berth-system:reconciler',
} as const;

/**
 * What the `serviceAccount` strategy needs beside the roles that every cluster needs. The namespace does
 * not carry Berth's label, so the fence keeps the portal from giving its own account more rights in it.
 */
export function serviceAccountObjects(): [
  OnboardingObject<V1Namespace>,
  OnboardingObject<V1ServiceAccount>,
  OnboardingObject<V1ClusterRoleBinding>,
  OnboardingObject<V1Role>,
  OnboardingObject<V1RoleBinding>,
] {
  const { namespace, name } = SERVICE_ACCOUNT;
  const subjects = [{ kind: 'ServiceAccount', namespace, name }];
  return [
    {
      why: "The namespace of the portal's service account. Nobody else may have access to it: who may work in it can use the account",
      object: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      },
    },
    {
      why: 'As whom the portal comes, for this cluster does not accept its own tokens',
      object: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace, name },
        automountServiceAccountToken: false,
      },
    },
    {
      why: "The portal's service account is the reconciler",
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'berth:reconciler:service-account' },
        roleRef: {
          apiGroup: RBAC,
          kind: 'ClusterRole',
          name: 'berth:reconciler',
        },
        subjects,
      },
    },
    {
      why: 'The portal renews its own token, which lives for hours only',
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: 'Role',
        metadata: { namespace, name: 'berth:renew-token' },
        rules: [
          {
            apiGroups: [''],
            resources: ['serviceaccounts/token'],
            resourceNames: [name],
            verbs: ['create'],
          },
        ],
      },
    },
    {
      why: 'That right is for the account itself',
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: 'RoleBinding',
        metadata: { namespace, name: 'berth:renew-token' },
        roleRef: { apiGroup: RBAC, kind: 'Role', name: 'berth:renew-token' },
        subjects,
      },
    },
  ];
}
