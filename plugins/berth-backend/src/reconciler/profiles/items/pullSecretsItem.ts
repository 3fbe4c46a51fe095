import { isAtLeast } from '../../../model/versions';
import { DEFAULTS, whyMissing } from './packParts';
import { ItemOf } from './types';

/** The minor version of Kubernetes with ValidatingAdmissionPolicy as a stable feature. */
const POLICY_MINOR = 30;

export const pullSecretsItem: ItemOf = ({ pullSecrets = [] }, capabilities) => {
  const { version, features } = capabilities;
  if (pullSecrets.length === 0) {
    return undefined;
  }
  if (features.includes('pullSecrets')) {
    const notAdded = whyMissing(DEFAULTS, capabilities);
    return {
      item: 'pullSecrets',
      state: 'set',
      why: notAdded
        ? `Pods use the Secrets that they name in "imagePullSecrets". ${notAdded}`
        : 'All new pods use the Secrets',
    };
  }
  return {
    item: 'pullSecrets',
    state: 'unsupported',
    why:
      isAtLeast(version, POLICY_MINOR) === false
        ? `The policy that confines what the portal can do with Secrets needs Kubernetes 1.${POLICY_MINOR}, and the cluster has ${version}`
        : 'The cluster does not have the feature "pullSecrets" of the onboarding manifest, or has it with other names',
  };
};
