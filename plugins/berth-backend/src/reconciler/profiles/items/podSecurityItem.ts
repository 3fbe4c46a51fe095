import { isAtLeast } from '../../../model/versions';
import { ENFORCE } from '../enforcedLevel';
import { isPodSecurityLabel } from '../podSecurity';
import { ItemOf } from './types';

/** The minor version of Kubernetes with Pod Security admission as a stable feature. */
export const POD_SECURITY_MINOR = 25;

export const podSecurityItem: ItemOf = ({ labels = {} }, { version }) => {
  if (!Object.keys(labels).some(isPodSecurityLabel)) {
    return undefined;
  }
  const supported = isAtLeast(version, POD_SECURITY_MINOR);
  if (supported === false) {
    return {
      item: 'podSecurity',
      state: 'unsupported',
      why: `Pod Security needs Kubernetes 1.${POD_SECURITY_MINOR}, and the cluster has ${version}. The labels are set and have no effect`,
    };
  }
  if (supported === undefined) {
    return {
      item: 'podSecurity',
      state: 'set',
      why: 'The version of the cluster is not known',
    };
  }
  return (labels[ENFORCE] ?? 'privileged') === 'privileged'
    ? {
        item: 'podSecurity',
        state: 'set',
        why: 'The profile has no "enforce" that refuses pods',
      }
    : { item: 'podSecurity', state: 'enforced' };
};
