import type {
  V1ClusterRoleBinding,
  V1Namespace,
  V1Role,
  V1RoleBinding,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import { OnboardingObject } from '../../model/onboardingObjects';
import { SERVICE_ACCOUNT } from '../../model/portalAccount';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Returns the objects that the `serviceAccount` connection needs in addition to the roles of every cluster. The
 * namespace does not have Berth's label, so the admission policy keeps the portal from extending the rights of its
 * own account in it.
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
      why: "The namespace of the portal's service account. Give no one access to it: a person with access can use the account",
      object: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      },
    },
    {
      why: 'The account that the portal uses, because this cluster does not accept its own tokens',
      object: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace, name },
        automountServiceAccountToken: false,
      },
    },
    {
      why: "Gives the portal's service account the rights of the reconciler",
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
      why: 'Lets the portal renew its own token, which is valid for hours only',
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
      why: 'Gives this right to the account itself',
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
