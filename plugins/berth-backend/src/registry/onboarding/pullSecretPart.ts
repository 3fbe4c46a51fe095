import { OnboardingObject } from '../../model/onboardingObjects';
import { pullSecretObjects } from '../../model/pullSecrets';
import { isAtLeast } from '../../model/versions';

/** The minor release since which an API server has the policy that confines the portal. */
const SINCE = 30;

export interface PullSecretPartOptions {
  /** The names of the pull secrets of the configuration. */
  names: readonly string[];
  version?: string;
}

/**
 * Returns the part of the manifest with which the portal writes pull secrets. Without the policy, the rights would let it
 * read the tokens of service accounts, so an API server without the policy gets none of it.
 */
export function pullSecretPart(
  groupsPrefix: string,
  {
    names,
    version,
    serviceAccount,
  }: PullSecretPartOptions & { serviceAccount: boolean },
): OnboardingObject[] {
  return names.length > 0 && isAtLeast(version, SINCE)
    ? pullSecretObjects({ groupsPrefix, serviceAccount, names })
    : [];
}

/** Describes what the manifest has of the feature, and why. */
export function pullSecretText({
  names,
  version,
}: PullSecretPartOptions): string[] {
  const missing = 'The feature pullSecrets is NOT in this file:';
  if (names.length === 0) {
    return [`${missing} the portal's configuration has no berth.pullSecrets.`];
  }
  switch (isAtLeast(version, SINCE)) {
    case undefined:
      return [
        `${missing} the cluster's version could not be read. Get this file again with`,
        'the version of the cluster, such as version=1.33.',
      ];
    case false:
      return [
        `${missing} the cluster runs ${version}, and Kubernetes supports the policy`,
        `that confines the portal since 1.${SINCE}.`,
      ];
    default:
      return [
        'The feature pullSecrets is in this file: the portal may write the Secrets that it names, and read none. Get this',
        'file again when names are added to berth.pullSecrets or removed.',
      ];
  }
}
