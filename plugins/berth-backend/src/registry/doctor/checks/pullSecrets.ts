import type {
  V1ClusterRole,
  V1ClusterRoleBinding,
} from '@kubernetes/client-node';
import {
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  CLUSTER_ROLE_BINDINGS,
  CLUSTER_ROLES,
  isKubeError,
  KubeObject,
  KubeResource,
} from '../../../kube';
import { includesFields } from '../../../model/includesFields';
import {
  PULL_SECRET_ROLE,
  pullSecretObjects,
} from '../../../model/pullSecrets';
import { skipped } from '../runChecks';
import { Check, CheckContext, Finding } from '../types';
import { bindingProblem, roleProblem } from './roles';

const APPLY =
  'Get the onboarding manifest again with features=pullSecrets and apply it with kubectl';

const RESOURCES: Record<string, KubeResource> = {
  ClusterRole: CLUSTER_ROLES,
  ClusterRoleBinding: CLUSTER_ROLE_BINDINGS,
  ValidatingAdmissionPolicy: ADMISSION_POLICIES,
  ValidatingAdmissionPolicyBinding: ADMISSION_POLICY_BINDINGS,
};

export interface PullSecretsCheckOptions {
  /** The names of the pull secrets of the configuration. */
  pullSecrets: readonly string[];
}

type Wanted = KubeObject &
  Partial<Pick<V1ClusterRole, 'rules'>> &
  Partial<Pick<V1ClusterRoleBinding, 'roleRef' | 'subjects'>> & {
    spec?: object;
  };

/** Checks the objects of the feature `pullSecrets` on clusters that have it. */
export function pullSecretsCheck({
  pullSecrets: names,
}: PullSecretsCheckOptions): Check {
  return {
    id: 'pullSecrets',
    title: 'Pull secrets',
    needs: ['token'],
    async run(context) {
      const { client, signal } = context;
      try {
        const role = await client.get(
          CLUSTER_ROLES,
          { name: PULL_SECRET_ROLE },
          { signal },
        );
        if (!role) {
          return skipped(
            'The cluster does not have the feature pullSecrets of the onboarding manifest',
          );
        }
        return finding(await problemsOf(context, names));
      } catch (error) {
        if (isKubeError(error, 'Forbidden')) {
          return skipped(
            'The portal cannot read the objects without the rights that are missing',
          );
        }
        throw error;
      }
    },
  };
}

function finding(problems: string[]): Finding {
  return problems.length === 0
    ? { status: 'Passed', message: 'As in the manifest' }
    : {
        status: 'Failed',
        cause: 'Differs',
        message: `${problems.join('; ')}. The portal writes no pull secrets`,
        hint: APPLY,
      };
}

async function problemsOf(
  context: CheckContext,
  names: readonly string[],
): Promise<string[]> {
  const { connection, groupsPrefix } = context.cluster;
  const wanted = pullSecretObjects({
    groupsPrefix,
    serviceAccount: connection === 'serviceAccount',
    names,
  });
  const problems = await Promise.all(
    wanted.map(({ object }) => problemOf(context, object as Wanted)),
  );
  return problems.filter(problem => problem !== undefined);
}

async function problemOf(
  context: CheckContext,
  wanted: Wanted,
): Promise<string | undefined> {
  const { kind, metadata } = wanted;
  const problem = await differenceOn(context, wanted);
  return problem && `${kind} ${metadata.name} ${problem}`;
}

async function differenceOn(
  { client, signal }: CheckContext,
  wanted: Wanted,
): Promise<string | undefined> {
  const { kind, metadata } = wanted;
  const key = { name: metadata.name };
  try {
    const found = await client.get<Wanted>(RESOURCES[kind], key, { signal });
    return found ? differenceOf(wanted, found) : 'is missing';
  } catch (error) {
    if (isKubeError(error, 'Forbidden')) {
      return 'may not be read by the portal';
    }
    if (isKubeError(error, 'NotFound')) {
      return 'is missing';
    }
    throw error;
  }
}

function differenceOf(wanted: Wanted, found: Wanted): string | undefined {
  if (wanted.roleRef && found.roleRef) {
    const { roleRef, subjects } = found;
    return bindingProblem(
      { roleRef: wanted.roleRef, subjects: wanted.subjects },
      { roleRef, subjects },
    );
  }
  if (wanted.rules) {
    return roleProblem(wanted, found);
  }
  return includesFields(found.spec, wanted.spec)
    ? undefined
    : 'differs from the manifest';
}
