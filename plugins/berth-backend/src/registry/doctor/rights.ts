import type { V1PolicyRule } from '@kubernetes/client-node';
import { clusterRoles } from '../../model/onboardingObjects';
import { pullSecretRules } from '../../model/pullSecrets';
import { packRole } from '../onboarding/pack/packRights';

/** A right in the form of an access review. */
export interface Right {
  verb: string;
  /** Empty for the core group. */
  group: string;
  /** The resource, with its subresource if any, such as `pods/exec`. */
  resource: string;
  /** If set, the right is only for the object with this name. */
  name?: string;
}

const RBAC = 'rbac.authorization.k8s.io';
const WRITE = ['create', 'update', 'patch', 'delete'];
const READ = ['get', 'list', 'watch'];

/** Returns the rights that the portal needs and that the onboarding manifest grants. */
export function requiredRights(): Right[] {
  return rightsOf(roleOf('berth:reconciler'));
}

/**
 * Rights that the portal must not have: each would let it read secrets, run code, impersonate others or extend its
 * own rights.
 */
export const FORBIDDEN_RIGHTS: readonly Right[] = [
  ...rights('', ['*'], ['*']),
  ...rights('*', ['*'], ['*']),
  ...rights('', ['secrets'], [...READ, ...WRITE]),
  ...rights('', ['configmaps', 'serviceaccounts'], WRITE),
  ...rights('', ['serviceaccounts/token'], ['create']),
  ...rights('', ['pods', 'pods/ephemeralcontainers'], ['create', 'patch']),
  ...rights(
    '',
    ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy'],
    ['get', 'create'],
  ),
  ...rights('', ['services/proxy', 'nodes/proxy'], ['get', 'create']),
  ...rights('', ['nodes', 'persistentvolumes'], WRITE),
  ...rights('apps', ['deployments', 'daemonsets', 'statefulsets'], WRITE),
  ...rights('batch', ['jobs', 'cronjobs'], WRITE),
  ...rights('', ['users', 'groups', 'serviceaccounts'], ['impersonate']),
  ...rights('authentication.k8s.io', ['userextras', 'uids'], ['impersonate']),
  ...rights(RBAC, ['clusterroles', 'roles'], ['escalate']),
  ...rights(RBAC, ['clusterroles', 'roles'], ['bind']),
  ...rights(RBAC, ['clusterroles'], ['bind'], 'cluster-admin'),
  ...rights(RBAC, ['clusterroles'], ['bind'], 'berth:reconciler'),
  ...rights(RBAC, ['clusterroles', 'clusterrolebindings', 'roles'], WRITE),
  ...rights(
    'admissionregistration.k8s.io',
    [
      'validatingadmissionpolicies',
      'validatingadmissionpolicybindings',
      'mutatingadmissionpolicies',
      'mutatingadmissionpolicybindings',
      'validatingwebhookconfigurations',
      'mutatingwebhookconfigurations',
    ],
    WRITE,
  ),
  ...rights(
    'certificates.k8s.io',
    ['certificatesigningrequests/approval'],
    ['update', 'patch'],
  ),
  ...rights('certificates.k8s.io', ['signers'], ['approve', 'sign']),
  ...rights('apiextensions.k8s.io', ['customresourcedefinitions'], WRITE),
  ...rights('apiregistration.k8s.io', ['apiservices'], WRITE),
];

/** Rights of the optional parts of the manifest, and the right to delete namespaces, which an admin may grant. */
export const OPTIONAL_RIGHTS: readonly Right[] = [
  ...rights('', ['namespaces'], ['delete']),
  ...rightsOf(packRole().object.rules ?? []),
];

/** Rights that every API server grants to all authenticated users. */
const AUTHENTICATED_RIGHTS: readonly Right[] = [
  ...rights(
    'authorization.k8s.io',
    ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    ['create'],
  ),
  ...rights('authentication.k8s.io', ['selfsubjectreviews'], ['create']),
];

/** Returns the rights that come neither from the manifest nor from the roles of all authenticated users. */
export function unexpectedRights(
  found: Right[],
  pullSecrets: readonly string[] = [],
): Right[] {
  const expected = [
    ...requiredRights(),
    ...OPTIONAL_RIGHTS,
    ...AUTHENTICATED_RIGHTS,
    ...rightsOf(pullSecretRules(pullSecrets)),
  ];
  return found.filter(right => !expected.some(one => covers(one, right)));
}

/** Splits rules into single rights: one verb on one resource. */
export function rightsOf(rules: V1PolicyRule[]): Right[] {
  return rules.flatMap(rule =>
    (rule.apiGroups ?? []).flatMap(group =>
      (rule.resourceNames?.length ? rule.resourceNames : [undefined]).flatMap(
        name => rights(group, rule.resources ?? [], rule.verbs, name),
      ),
    ),
  );
}

/** Returns the rules of a ClusterRole of the manifest. */
export function roleOf(name: string): V1PolicyRule[] {
  const role = clusterRoles().find(
    ({ object }) => object.metadata?.name === name,
  );
  return role?.object.rules ?? [];
}

/** Describes a right, such as `create rolebindings.rbac.authorization.k8s.io`. */
export function rightText({ verb, group, resource, name }: Right): string {
  const where = group ? `${resource}.${group}` : resource;
  return `${verb} ${where}${name === undefined ? '' : ` "${name}"`}`;
}

function covers(one: Right, other: Right): boolean {
  return (
    one.verb === other.verb &&
    one.group === other.group &&
    one.resource === other.resource &&
    (one.name === undefined || one.name === other.name)
  );
}

function rights(
  group: string,
  resources: string[],
  verbs: string[],
  name?: string,
): Right[] {
  return resources.flatMap(resource =>
    verbs.map(verb => ({
      verb,
      group,
      resource,
      ...(name !== undefined && { name }),
    })),
  );
}
