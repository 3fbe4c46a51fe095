import { isAtLeast } from '../../../model/versions';
import { PACK_NAMES } from '../../../policyPack';
import { Capabilities } from './types';

/** A policy of the pack, with the minor version of Kubernetes that it needs. */
export interface PackPart {
  name: string;
  minor: number;
}

export const IDENTITY: PackPart = { name: PACK_NAMES.identity, minor: 30 };
export const PLACEMENT: PackPart = { name: PACK_NAMES.placement, minor: 30 };
export const DEFAULTS: PackPart = { name: PACK_NAMES.defaults, minor: 36 };

/**
 * Returns why a policy of the pack does nothing on a cluster; undefined if it works. Nothing is claimed of a policy that
 * is not on the cluster as in the manifest.
 */
export function whyMissing(
  { name, minor }: PackPart,
  { version, pack }: Capabilities,
): string | undefined {
  if (isAtLeast(version, minor) === false) {
    return `The policy ${name} needs Kubernetes 1.${minor}, and the cluster has ${version}`;
  }
  if (!pack) {
    return `It is not known whether the policy ${name} is on the cluster`;
  }
  switch (Object.hasOwn(pack, name) ? pack[name] : 'missing') {
    case 'current':
      return undefined;
    case 'changed':
      return `The policy ${name} on the cluster differs from that of the onboarding manifest. Apply the manifest with features=pack again`;
    default:
      return `The policy ${name} is not on the cluster. It needs Kubernetes 1.${minor}, and the onboarding manifest with features=pack`;
  }
}
