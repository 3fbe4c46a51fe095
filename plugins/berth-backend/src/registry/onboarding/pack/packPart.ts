import { OnboardingObject } from '../../../model/onboardingObjects';
import { isAtLeast } from '../../../model/versions';
import {
  MUTATING_SINCE,
  packObjects,
  STRICT_GROUPS_SINCE,
  VALIDATING_SINCE,
} from '../../../policyPack';
import { packRole, packRoleBinding } from './packRights';

/** Returns the part of the manifest with the policy pack. */
export function packPart(
  groupsPrefix: string,
  options: { serviceAccount: boolean; version?: string },
): OnboardingObject[] {
  const policies = packObjects(options.version);
  return policies.length === 0
    ? []
    : [packRole(), packRoleBinding(groupsPrefix, options), ...policies];
}

/** Describes what the manifest has of the policy pack, and why. */
export function packText(version: string | undefined): string[] {
  if (isAtLeast(version, VALIDATING_SINCE) === undefined) {
    return [
      "The policy pack is NOT in this file: the cluster's version could not be read. Get this file again with the",
      'version of the cluster, such as version=1.33.',
    ];
  }
  if (!isAtLeast(version, VALIDATING_SINCE)) {
    return [
      `The policy pack is NOT in this file: the cluster runs ${version}, and Kubernetes supports its policies since`,
      `1.${VALIDATING_SINCE}.`,
    ];
  }
  return [
    'The policy pack is in this file. It applies only to namespaces with the labels berth.dev/identity,',
    'berth.dev/placement and berth.dev/storage-class, which profiles set.',
    ...(isAtLeast(version, MUTATING_SINCE)
      ? []
      : [
          `It cannot add defaults, because the cluster runs ${version}, and Kubernetes supports that since 1.${MUTATING_SINCE}.`,
        ]),
    ...(isAtLeast(version, STRICT_GROUPS_SINCE)
      ? []
      : [
          `It cannot keep groups of images out of pods, because Kubernetes supports that since 1.${STRICT_GROUPS_SINCE}.`,
        ]),
    'After an upgrade of the cluster to another minor version, get this file again and apply it.',
  ];
}
