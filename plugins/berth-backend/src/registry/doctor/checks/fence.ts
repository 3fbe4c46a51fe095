import { isKubeError, KubeObject, KubeResource } from '../../../kube';
import { fenceObjects } from '../../onboarding/fence';
import { isAtLeast } from '../../onboarding/versions';
import { POLICIES, POLICY_BINDINGS } from '../resources';
import { skipped } from '../runChecks';
import { Check, CheckContext, Finding } from '../types';

const APPLY = 'Get the onboarding manifest anew and apply it with kubectl';

/** Whether the admission fence is up, and as the manifest says. */
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
        message: `Kubernetes ${facts.version} has no ValidatingAdmissionPolicy; it came with 1.30. Without the fence the portal's right to bind roles holds in every namespace`,
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
          message:
            'The portal may not read the fence, so whether it is up is not known',
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
      message: `The fence is not up: its ${
        policy === 'missing' ? 'policy' : 'binding'
      } is missing. The portal's right to bind roles holds in every namespace, kube-system included`,
      hint: `${APPLY} (with fence=true if its head says that the fence is not in it)`,
    };
  }
  if (policy === 'different' || binding === 'different') {
    return {
      status: 'Failed',
      cause: 'Differs',
      message: `The ${
        policy === 'different' ? 'policy' : 'binding'
      } of the fence is not the one in the manifest`,
      hint: APPLY,
    };
  }
  return { status: 'Passed', message: 'Up, as the manifest says' };
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

/** Whether a value is as wanted; API servers add fields with their defaults, but no items to lists. */
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
