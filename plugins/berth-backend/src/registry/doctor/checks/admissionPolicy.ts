import {
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  isKubeError,
  KubeObject,
  KubeResource,
} from '../../../kube';
import { includesFields } from '../../../model/includesFields';
import { admissionPolicyObjects } from '../../onboarding/admissionPolicy';
import { isAtLeast } from '../../../model/versions';
import { skipped } from '../runChecks';
import { Check, CheckContext, Finding } from '../types';

const APPLY = 'Get the onboarding manifest again and apply it with kubectl';

/** Checks that the admission policy is installed as in the manifest. */
export const admissionPolicyCheck: Check = {
  id: 'admissionPolicy',
  title: 'Admission policy',
  needs: ['token'],
  async run(context) {
    const { cluster, facts } = context;
    if (isAtLeast(facts.version, 30) === false) {
      return {
        status: 'Warning',
        cause: 'NotSupported',
        message: `Kubernetes ${facts.version} has no ValidatingAdmissionPolicy; Kubernetes has it since 1.30. Without the admission policy the portal can bind roles in every namespace`,
        hint: 'Upgrade the cluster when you can, then apply the manifest again',
      };
    }
    const [policy, binding] = admissionPolicyObjects(cluster.groupsPrefix, {
      serviceAccount: cluster.connection === 'serviceAccount',
    });
    try {
      return admissionPolicyFinding(
        await problemOf(context, ADMISSION_POLICIES, policy.object),
        await problemOf(context, ADMISSION_POLICY_BINDINGS, binding.object),
      );
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return {
          status: 'Warning',
          cause: 'Unknown',
          message:
            'The portal may not read the admission policy, so it cannot check it',
          hint: `${APPLY}: it lets the portal read its own admission policy`,
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

function admissionPolicyFinding(policy: Problem, binding: Problem): Finding {
  if (policy === 'missing' || binding === 'missing') {
    return {
      status: 'Failed',
      cause: 'Missing',
      message: `The admission policy is not installed: its ${
        policy === 'missing' ? 'policy' : 'binding'
      } is missing. The portal can bind roles in every namespace, kube-system included`,
      hint: `${APPLY} (with admissionPolicy=true if its first lines say that the admission policy is not in the file)`,
    };
  }
  if (policy === 'different' || binding === 'different') {
    return {
      status: 'Failed',
      cause: 'Differs',
      message: `The ${
        policy === 'different' ? 'policy' : 'binding'
      } of the admission policy differs from the manifest`,
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
  return includesFields(found.spec, wanted.spec) ? undefined : 'different';
}
