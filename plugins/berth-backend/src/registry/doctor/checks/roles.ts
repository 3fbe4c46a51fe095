import type {
  V1ClusterRole,
  V1ClusterRoleBinding,
} from '@kubernetes/client-node';
import {
  CLUSTER_ROLE_BINDINGS,
  CLUSTER_ROLES,
  isKubeError,
  KubeObject,
  KubeResource,
} from '../../../kube';
import {
  clusterRoleBindings,
  clusterRoles,
} from '../../../model/onboardingObjects';
import { OPTIONAL_RIGHTS, Right, rightsOf, rightText } from '../rights';
import { skipped } from '../runChecks';
import { Check, CheckContext, Finding } from '../types';

/** A difference from the manifest. */
interface Difference {
  name: string;
  problem: string;
  /** Whether the difference affects more than the portal itself. */
  severe: boolean;
}

/** Checks that the ClusterRoles and bindings on the cluster are those of the manifest. */
export const rolesCheck: Check = {
  id: 'roles',
  title: 'ClusterRoles and bindings',
  needs: ['token'],
  async run(context) {
    try {
      return rolesFinding([
        ...(await compareRoles(context)),
        ...(await compareBindings(context)),
      ]);
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return skipped(
          'The portal cannot read them without the rights that are missing',
        );
      }
      throw error;
    }
  },
};

function rolesFinding(differences: Difference[]): Finding {
  if (differences.length === 0) {
    return { status: 'Passed', message: 'As in the manifest' };
  }
  const missing = differences.some(({ problem }) => problem === 'is missing');
  return {
    status: differences.some(({ severe }) => severe) ? 'Failed' : 'Warning',
    cause: missing ? 'Missing' : 'Differs',
    message: differences
      .map(({ name, problem }) => `${name} ${problem}`)
      .join('; '),
    hint: 'Get the onboarding manifest again and apply it with kubectl. It changes only the objects that it names',
  };
}

async function compareRoles(context: CheckContext): Promise<Difference[]> {
  const differences = await Promise.all(
    clusterRoles().map(async ({ object }) => {
      const name = object.metadata?.name ?? '';
      const found = await read<V1ClusterRole>(context, CLUSTER_ROLES, name);
      const problem = found ? roleProblem(object, found) : 'is missing';
      return problem && { name: `ClusterRole ${name}`, problem, severe: true };
    }),
  );
  return differences.filter(isDifference);
}

export function roleProblem(
  wanted: Pick<V1ClusterRole, 'rules'>,
  found: Pick<V1ClusterRole, 'rules'>,
): string | undefined {
  const needed = texts(rightsOf(wanted.rules ?? []));
  const given = texts(rightsOf(found.rules ?? []));
  const optional = texts(OPTIONAL_RIGHTS);
  const missing = [...needed].filter(right => !given.has(right));
  const extra = [...given].filter(
    right => !needed.has(right) && !optional.has(right),
  );
  const parts = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(extra.length > 0 ? [`gives ${extra.join(', ')} as well`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : undefined;
}

async function compareBindings(context: CheckContext): Promise<Difference[]> {
  const { connection, groupsPrefix } = context.cluster;
  const differences = await Promise.all(
    clusterRoleBindings(groupsPrefix).map(async ({ object }) => {
      const name = object.metadata?.name ?? '';
      const found = await read<V1ClusterRoleBinding>(
        context,
        CLUSTER_ROLE_BINDINGS,
        name,
      );
      const problem = found ? bindingProblem(object, found) : 'is missing';
      return (
        problem && {
          name: `ClusterRoleBinding ${name}`,
          problem,
          // With another connection, or to keep admins out of the cluster, this can be intended.
          severe: connection === 'oidc' && name !== 'berth:cluster-admins',
        }
      );
    }),
  );
  return differences.filter(isDifference);
}

export function bindingProblem(
  wanted: Pick<V1ClusterRoleBinding, 'roleRef' | 'subjects'>,
  found: Pick<V1ClusterRoleBinding, 'roleRef' | 'subjects'>,
): string | undefined {
  if (
    found.roleRef?.kind !== wanted.roleRef.kind ||
    found.roleRef?.name !== wanted.roleRef.name
  ) {
    return `is to ${found.roleRef?.kind} ${found.roleRef?.name} instead of ${wanted.roleRef.kind} ${wanted.roleRef.name}`;
  }
  const needed = new Set((wanted.subjects ?? []).map(subjectText));
  const given = new Set((found.subjects ?? []).map(subjectText));
  const missing = [...needed].filter(subject => !given.has(subject));
  const extra = [...given].filter(subject => !needed.has(subject));
  if (missing.length > 0) {
    return `is not for ${missing.join(', ')}${
      extra.length > 0 ? ` but for ${extra.join(', ')}` : ''
    }`;
  }
  return extra.length > 0 ? `is for ${extra.join(', ')} as well` : undefined;
}

function subjectText(subject: {
  kind: string;
  name: string;
  namespace?: string;
}): string {
  const { kind, name, namespace } = subject;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function texts(rights: readonly Right[]): Set<string> {
  return new Set(rights.map(rightText));
}

async function read<T extends object>(
  { client, signal }: CheckContext,
  resource: KubeResource,
  name: string,
): Promise<T | undefined> {
  const found = await client.get<KubeObject & T>(
    resource,
    { name },
    { signal },
  );
  return found;
}

function isDifference(
  difference: Difference | '' | undefined,
): difference is Difference {
  return Boolean(difference);
}
