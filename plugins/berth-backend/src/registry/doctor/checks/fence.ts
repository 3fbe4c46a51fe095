import { isKubeError, KubeObject, KubeResource } from '../../../kube';
import { fenceObjects } from '../../onboarding/fence';
import { isAtLeast } from '../../onboarding/versions';
import { POLICIES, POLICY_BINDINGS } from '../resources';
import { skipped } from '../runChecks';
import { Check, CheckContext, Finding } from '../types';

const APPLY = 'Get the onboarding manifest again and apply it with kubectl';

/** Checks that the admission fence is installed as in the manifest. */
export const fenceCheck: Check = {
  id: 'fence',
  title: 'Admission fence',
  needs: ['token'],
  async run(context) {
    const { cluster, facts } = context;
    if (isAtLeast(facts.version, 30) === false) {
      return {
        status: 'Warning',
        cause: 'NotSupported',
        message: `Kubernetes ${facts.version} has no ValidatingAdmissionPolicy; Kubernetes has it since 1.30. Without the fence the portal can bind roles in every namespace`,
        hint: 'Upgrade the cluster when you can, then apply the manifest again',
      };
    }
    const [policy, binding] = fenceObjects(cluster.groupsPrefix, {
      serviceAccount: cluster.connection === 'serviceAccount',
    });
    try {
      return fenceFinding(
        await problemOf(context, POLICIES, policy.object),
        await problemOf(context, POLICY_BINDINGS, binding.object),
      );
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return {
          status: 'Warning',
          cause: 'Unknown',
          message: 'The portal may not read the fence, so it cannot check it',
          hint: `${APPLY}: it lets the portal read its own fence`,
        };
      }
      if (isKubeError(error, 'NotFound')) {
        return skipped(
          'The API server does not serve ValidatingAdmissionPolicy',
        );
      }
      throw error;
    }
  },
};

type Problem = 'missing' | 'different' | undefined;

function fenceFinding(policy: Problem, binding: Problem): Finding {
  if (policy === 'missing' || binding === 'missing') {
    return {
      status: 'Failed',
      cause: 'Missing',
      message: `The fence is not installed: its ${
        policy === 'missing' ? 'policy' : 'binding'
      } is missing. The portal can bind roles in every namespace, kube-system included`,
      hint: `${APPLY} (with fence=true if its first lines say that the fence is not in the file)`,
    };
  }
  if (policy === 'different' || binding === 'different') {
    return {
      status: 'Failed',
      cause: 'Differs',
      message: `The ${
        policy === 'different' ? 'policy' : 'binding'
      } of the fence differs from the manifest`,
      hint: APPLY,
    };
  }
  return { status: 'Passed', message: 'Installed as in the manifest' };
}

async function problemOf(
  { client, signal }: CheckContext,
  resource: KubeResource,
  wanted: { metadata?: { name?: string }; spec?: object },
): Promise<Problem> {
  const found = await client.get<KubeObject & { spec?: object }>(
    resource,
    { name: wanted.metadata?.name ?? '' },
    { signal },
  );
  if (!found) {
    return 'missing';
  }
  return holds(found.spec, wanted.spec) ? undefined : 'different';
}

/** Whether a value has all wanted fields; API servers add fields with defaults, but no items to lists. */
export function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((item, index) => holds(found[index], item))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return (
      typeof found === 'object' &&
      found !== null &&
      Object.entries(wanted).every(
        ([key, value]) =>
          value === undefined ||
          holds((found as Record<string, unknown>)[key], value),
      )
    );
  }
  return found === wanted;
}
