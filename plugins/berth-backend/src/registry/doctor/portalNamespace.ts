/*
 * A person with access to the namespace of the portal's service account can run a pod with that account, and then has
 * all rights of the portal. So no RoleBinding may give access to it, and it must not be a namespace that Berth created
 * for people.
 */
import type { V1RoleBinding } from '@kubernetes/client-node';
import {
  KubeCallOptions,
  KubeClient,
  KubeObject,
  NAMESPACES,
  ROLE_BINDINGS,
} from '../../kube';
import { serviceAccountObjects } from '../onboarding/serviceAccount';
import { bindingProblem } from './checks/roles';

/** OpenShift creates these in every namespace, for the namespace's own service accounts. */
const OPENSHIFT_ROLES: ReadonlySet<string> = new Set([
  'system:image-puller',
  'system:image-builder',
  'system:deployer',
]);

type RoleBinding = KubeObject &
  Required<Pick<V1RoleBinding, 'roleRef'>> &
  Pick<V1RoleBinding, 'subjects'>;

/** The findings about a namespace of the portal's service account. */
export interface PortalNamespace {
  exists: boolean;
  /** The ways in which others have access; empty if there are none. */
  problems: string[];
}

/**
 * Finds the ways in which others have access to a namespace of the portal's service account.
 *
 * @param client - authenticates as the portal
 * @throws KubeError if the portal may not read the namespace or its RoleBindings
 */
export async function inspectPortalNamespace(
  client: KubeClient,
  namespace: string,
  options: KubeCallOptions = {},
): Promise<PortalNamespace> {
  const found = await client.get(NAMESPACES, { name: namespace }, options);
  if (!found) {
    return { exists: false, problems: [] };
  }
  const problems = labelProblems(found);
  for await (const binding of client.list<RoleBinding>(
    ROLE_BINDINGS,
    { namespace },
    options,
  )) {
    if (!isExpected(binding)) {
      problems.push(
        `the RoleBinding ${binding.metadata.name} gives ${
          binding.roleRef.kind
        } ${binding.roleRef.name} to ${subjectsOf(binding)}`,
      );
    }
  }
  return { exists: true, problems };
}

function labelProblems({ metadata: { labels = {} } }: KubeObject): string[] {
  const marked =
    labels['app.kubernetes.io/managed-by'] === 'berth' ||
    labels['berth.dev/cluster-id'] !== undefined;
  return marked
    ? ['its labels mark it as a namespace that Berth made for people']
    : [];
}

function isExpected(binding: RoleBinding): boolean {
  const { name, namespace } = binding.metadata;
  const [, , , , { object: renewal }] = serviceAccountObjects();
  if (name === renewal.metadata?.name) {
    return bindingProblem(renewal, binding) === undefined;
  }
  return (
    binding.roleRef.kind === 'ClusterRole' &&
    OPENSHIFT_ROLES.has(binding.roleRef.name) &&
    (binding.subjects ?? []).every(
      subject =>
        (subject.kind === 'ServiceAccount' &&
          subject.namespace === namespace) ||
        (subject.kind === 'Group' &&
          subject.name === `system:serviceaccounts:${namespace}`),
    )
  );
}

function subjectsOf({ subjects = [] }: RoleBinding): string {
  return (
    subjects.map(({ kind, name }) => `${kind} ${name}`).join(', ') ||
    'no subject'
  );
}
