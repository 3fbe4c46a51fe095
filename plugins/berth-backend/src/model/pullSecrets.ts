/*
 * The objects of the onboarding manifest with which the portal may write credentials for image registries. An answer to
 * a patch holds the object, and a Secret of the type of service account tokens gets a token from the cluster: with the
 * right to write any Secret, the portal could read the token of any account. So the portal may write Secrets of a few
 * names, and the policy lets it write only credentials for registries, in namespaces with Berth's label.
 */
import type {
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1PolicyRule,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { OnboardingObject } from './onboardingObjects';
import { byThePortal, isManaged, SERVICE_ACCOUNT } from './portalAccount';

/** The beginning of the names of the Secrets that Berth writes. */
const PREFIX = 'berth-pull-';

/** The type of a Secret with credentials for image registries. */
export const PULL_SECRET_TYPE = 'kubernetes.io/dockerconfigjson';

/** Name of the policy for Secrets, and of its binding. */
export const PULL_SECRET_POLICY = 'pull-secrets.berth.dev';

/** Name of the role, and of its binding. */
export const PULL_SECRET_ROLE = 'berth:pull-secrets';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Returns the name of the Secret of a pull secret of the configuration. */
export function pullSecretName(name: string): string {
  return `${PREFIX}${name}`;
}

/** The cluster, and the names of the pull secrets of the configuration. */
export interface PullSecretOptions {
  groupsPrefix: string;
  /** The portal uses a service account. */
  serviceAccount?: boolean;
  names: readonly string[];
}

/**
 * Returns the objects of the feature `pullSecrets` of the onboarding manifest.
 *
 * @throws Error without names, because a rule without names is for all Secrets
 */
export function pullSecretObjects(
  options: PullSecretOptions,
): OnboardingObject[] {
  if (options.names.length === 0) {
    throw new Error('There are no pull secrets');
  }
  return [
    ...pullSecretPolicy(options),
    {
      why: 'What the portal may do with the feature pullSecrets: write these Secrets, and read no Secret',
      object: role(options),
    },
    {
      why: 'Gives the portal the rights of the feature pullSecrets',
      object: roleBinding(options),
    },
  ];
}

/** Returns the policy for the Secrets that the portal writes, and its binding. */
export function pullSecretPolicy({
  groupsPrefix,
  serviceAccount,
  names,
}: PullSecretOptions): [
  OnboardingObject<V1ValidatingAdmissionPolicy>,
  OnboardingObject<V1ValidatingAdmissionPolicyBinding>,
] {
  const allowed = JSON.stringify(names.map(pullSecretName));
  const type = `'${PULL_SECRET_TYPE}'`;
  return [
    {
      why: 'The portal may write only credentials for image registries, by these names, in namespaces with its label',
      object: {
        apiVersion: `${ADMISSION}/v1`,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: PULL_SECRET_POLICY },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: [''],
                apiVersions: ['*'],
                operations: ['CREATE', 'UPDATE', 'DELETE'],
                resources: ['secrets', 'secrets/*'],
              },
            ],
          },
          matchConditions: [
            {
              name: 'by-the-portal',
              expression: byThePortal(groupsPrefix, serviceAccount),
            },
          ],
          variables: [
            { name: 'managed', expression: isManaged('namespaceObject') },
            // A deletion has no new object and a creation no old one.
            {
              name: 'secrets',
              expression: '[object, oldObject].filter(one, one != null)',
            },
          ],
          validations: [
            {
              expression: 'variables.managed',
              message:
                'Berth may write Secrets only in namespaces with its label',
              reason: 'Forbidden',
            },
            {
              expression: `variables.secrets.size() > 0 && variables.secrets.all(one, has(one.metadata.name) && one.metadata.name in ${allowed})`,
              message: `Berth may write only the Secrets ${names
                .map(pullSecretName)
                .join(', ')}`,
              reason: 'Forbidden',
            },
            {
              expression: `variables.secrets.all(one, has(one.type) && one.type == ${type})`,
              message: `Berth may write only Secrets of the type ${PULL_SECRET_TYPE}`,
              reason: 'Forbidden',
            },
          ],
        },
      },
    },
    {
      why: 'Enables this policy for the whole cluster',
      object: {
        apiVersion: `${ADMISSION}/v1`,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: PULL_SECRET_POLICY },
        spec: {
          policyName: PULL_SECRET_POLICY,
          validationActions: ['Deny'],
        },
      },
    },
  ];
}

function role({ names }: PullSecretOptions): V1ClusterRole {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: PULL_SECRET_ROLE },
    rules: pullSecretRules(names),
  };
}

/**
 * Returns the rules of the role; none without names. Kubernetes checks the right to create an object by server-side apply
 * with the name of the object, so a rule can name the Secrets. A POST has no name, and this rule refuses it.
 */
export function pullSecretRules(names: readonly string[]): V1PolicyRule[] {
  if (names.length === 0) {
    return [];
  }
  return [
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: names.map(pullSecretName),
      verbs: ['create', 'patch', 'delete'],
    },
    {
      apiGroups: [ADMISSION],
      resources: [
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
      ],
      resourceNames: [PULL_SECRET_POLICY],
      verbs: ['get'],
    },
  ];
}

function roleBinding({
  groupsPrefix,
  serviceAccount,
}: PullSecretOptions): V1ClusterRoleBinding {
  const { namespace, name } = SERVICE_ACCOUNT;
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: PULL_SECRET_ROLE },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: PULL_SECRET_ROLE },
    subjects: [
      {
        kind: 'Group',
        apiGroup: RBAC,
        name: `${groupsPrefix}${TOKEN_GROUPS.reconciler}`,
      },
      ...(serviceAccount ? [{ kind: 'ServiceAccount', namespace, name }] : []),
    ],
  };
}
