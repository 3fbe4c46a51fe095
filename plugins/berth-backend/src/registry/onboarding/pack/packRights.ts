import type {
  V1ClusterRole,
  V1ClusterRoleBinding,
} from '@kubernetes/client-node';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import {
  clusterRole,
  clusterRoleBinding,
  OnboardingObject,
  tokenGroup,
} from '../../../model/onboardingObjects';
import { SERVICE_ACCOUNT } from '../../../model/portalAccount';
import { PACK_NAMES } from '../../../policyPack';

const NAME = 'berth:policy-pack';

/**
 * The role that lets the portal read and watch the policies. It is apart from the portal's role, so that a manifest without the
 * pack that is applied later does not take the right away.
 *
 * With names, a list or watch is allowed only with a field selector for one of the names.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function packRole(): OnboardingObject<V1ClusterRole> {
  return {
    why: 'Lets the portal read the policy pack, to notice changes',
    object: clusterRole(NAME, [
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: [
          'validatingadmissionpolicies',
          'validatingadmissionpolicybindings',
          'mutatingadmissionpolicies',
          'mutatingadmissionpolicybindings',
        ],
        resourceNames: Object.values(PACK_NAMES),
        verbs: ['get', 'list', 'watch'],
      },
    ]),
  };
}

/**
 * @param groupsPrefix - the prefix that the API server adds to the groups of tokens
 * @param options - `serviceAccount`: the portal uses a service account
 */
export function packRoleBinding(
  groupsPrefix: string,
  { serviceAccount }: { serviceAccount: boolean },
): OnboardingObject<V1ClusterRoleBinding> {
  const { namespace, name } = SERVICE_ACCOUNT;
  return {
    why: 'Gives the portal the right to read the policy pack',
    object: clusterRoleBinding(
      NAME,
      NAME,
      tokenGroup(groupsPrefix, TOKEN_GROUPS.reconciler),
      ...(serviceAccount ? [{ kind: 'ServiceAccount', namespace, name }] : []),
    ),
  };
}
