import { NamespaceRole, ReviewedAccess } from '@berth/plugin-berth-common';

/** A question for a cluster, and the user-facing roles of Kubernetes that answer it with yes. */
interface Question {
  verb: string;
  group: string;
  resource: string;
  roles: NamespaceRole[];
}

/**
 * Questions that distinguish the roles.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
const QUESTIONS: Question[] = [
  {
    verb: 'list',
    group: '',
    resource: 'pods',
    roles: ['admin', 'edit', 'view'],
  },
  {
    verb: 'create',
    group: 'apps',
    resource: 'deployments',
    roles: ['admin', 'edit'],
  },
  { verb: 'get', group: '', resource: 'secrets', roles: ['admin', 'edit'] },
  {
    verb: 'create',
    group: 'rbac.authorization.k8s.io',
    resource: 'rolebindings',
    roles: ['admin'],
  },
];

/** `spec.resourceAttributes` of an access review. */
export interface ResourceAttributes {
  verb: string;
  group: string;
  resource: string;
  namespace: string;
}

/** Returns the questions for the cluster about a namespace, and the expected answers. */
export function expectedAccess(
  namespace: string,
  roles: NamespaceRole[],
  admin: boolean,
): {
  attributes: ResourceAttributes;
  question: Omit<ReviewedAccess, 'allowed'>;
}[] {
  return QUESTIONS.map(({ verb, group, resource, roles: enough }) => ({
    attributes: { verb, group, resource, namespace },
    question: {
      verb,
      resource: group ? `${resource}.${group}` : resource,
      namespace,
      expected: admin || roles.some(role => enough.includes(role)),
    },
  }));
}
