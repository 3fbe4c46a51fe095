import type {
  RbacV1Subject,
  V1ClusterRole,
  V1ClusterRoleBinding,
} from '@kubernetes/client-node';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';

const RBAC = 'rbac.authorization.k8s.io';
const WATCH = ['get', 'list', 'watch'];
/** Name of the admission policy, which the portal may read. */
export const ADMISSION_POLICY_NAME = 'fence.berth.dev';

const MANAGE = [...WATCH, 'create', 'patch', 'delete'];

/** An object of the onboarding manifest, and its purpose. */
export interface OnboardingObject<T = object> {
  why: string;
  object: T;
}

/** The ClusterRoles that Berth's token groups are bound to. */
export function clusterRoles(): OnboardingObject<V1ClusterRole>[] {
  return [
    {
      why: 'What all people with access to this cluster may read',
      object: clusterRole('berth:cluster-scope', [
        {
          apiGroups: ['storage.k8s.io'],
          resources: ['storageclasses'],
          verbs: WATCH,
        },
        {
          apiGroups: ['node.k8s.io'],
          resources: ['runtimeclasses'],
          verbs: WATCH,
        },
        // Its UID identifies the cluster before the portal sends a token with more rights.
        {
          apiGroups: [''],
          resources: ['namespaces'],
          resourceNames: ['kube-system'],
          verbs: ['get'],
        },
      ]),
    },
    {
      why: 'What the portal may do: manage namespaces, RoleBindings, quotas and network policies; no Secrets, no workloads',
      object: clusterRole('berth:reconciler', [
        {
          apiGroups: [''],
          resources: ['namespaces'],
          verbs: [...WATCH, 'create', 'patch'],
        },
        {
          apiGroups: [''],
          resources: ['resourcequotas', 'limitranges'],
          verbs: MANAGE,
        },
        {
          apiGroups: ['networking.k8s.io'],
          resources: ['networkpolicies'],
          verbs: MANAGE,
        },
        { apiGroups: [RBAC], resources: ['rolebindings'], verbs: MANAGE },
        {
          apiGroups: [RBAC],
          resources: ['clusterroles'],
          resourceNames: ['admin', 'edit', 'view'],
          verbs: ['bind'],
        },
        {
          apiGroups: [RBAC],
          resources: ['clusterroles', 'clusterrolebindings'],
          verbs: WATCH,
        },
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] },
        {
          apiGroups: ['admissionregistration.k8s.io'],
          resources: [
            'validatingadmissionpolicies',
            'validatingadmissionpolicybindings',
          ],
          resourceNames: [ADMISSION_POLICY_NAME],
          verbs: ['get'],
        },
      ]),
    },
  ];
}

/** @param groupsPrefix - the prefix that the API server adds to the groups of tokens */
export function clusterRoleBindings(
  groupsPrefix: string,
): OnboardingObject<V1ClusterRoleBinding>[] {
  const group = (name: string) => tokenGroup(groupsPrefix, name);
  return [
    {
      why: 'Every token for this cluster carries this group',
      object: clusterRoleBinding(
        'berth:cluster-scope',
        'berth:cluster-scope',
        group(TOKEN_GROUPS.scope),
      ),
    },
    {
      why: "Tokens of the portal's platform admins carry this group",
      object: clusterRoleBinding(
        'berth:cluster-admins',
        'cluster-admin',
        group(TOKEN_GROUPS.admins),
      ),
    },
    {
      why: "The portal's own token carries this group, and no other token does",
      object: clusterRoleBinding(
        'berth:reconciler',
        'berth:reconciler',
        group(TOKEN_GROUPS.reconciler),
      ),
    },
  ];
}

/** Returns a group of tokens as the subject of a binding. */
export function tokenGroup(groupsPrefix: string, name: string): RbacV1Subject {
  return { kind: 'Group', apiGroup: RBAC, name: `${groupsPrefix}${name}` };
}

/** Returns a ClusterRole. */
export function clusterRole(
  name: string,
  rules: V1ClusterRole['rules'],
): V1ClusterRole {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules,
  };
}

/** Returns a ClusterRoleBinding. */
export function clusterRoleBinding(
  name: string,
  role: string,
  ...subjects: RbacV1Subject[]
): V1ClusterRoleBinding {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects,
  };
}
