import { refusalOf } from '../profiles/identity';
import {
  IdentityAnnotations,
  IdentityValues,
  Profile,
} from '../profiles/types';
import type { Problem } from '../types';
import { OwnerIdentity } from './types';

/** The IDs for a namespace, or why nobody gets new access to it. Neither, if its profile has no IDs. */
export interface NamespaceIdentity {
  values?: IdentityValues;
  problem?: Problem;
}

/**
 * Returns the IDs of the owner of a namespace, if the profile has IDs and accepts them.
 *
 * @param ownerUid - the `metadata.uid` of the entity that has access: the user of a personal namespace, or the group. A
 *   user or group that was created again gets nothing of the former one
 */
export function identityOf(
  profile: Profile | undefined,
  owner: string | undefined,
  identities: ReadonlyMap<string, OwnerIdentity> = new Map(),
  ownerUid?: string,
): NamespaceIdentity {
  if (!profile?.identity) {
    return {};
  }
  if (owner === undefined) {
    return problem(
      `The profile ${profile.name} takes the IDs of processes from the owner of a namespace, and this namespace has no owner. Give it one`,
    );
  }
  const identity = identities.get(owner);
  if (!identity) {
    return problem(`The IDs of ${owner} are not read from the catalog yet`, {
      transient: true,
    });
  }
  const { used } = identity;
  if (used && ownerUid !== undefined && used.entityUid !== ownerUid) {
    return problem(
      `${owner} was created again in the catalog, and an admin has not confirmed the IDs yet`,
    );
  }
  const refusal = used && refusalOf(owner, used.values, profile.identity);
  return used && refusal === undefined
    ? { values: valuesFor(profile.identity, used.values) }
    : problem(refusal ?? identity.problem ?? `${owner} has no IDs`);
}

/** All profiles read the same annotations, but one without `uid` leaves the user to the pods. */
function valuesFor(
  { uid }: IdentityAnnotations,
  { runAsUser, ...groups }: IdentityValues,
): IdentityValues {
  return uid === undefined || runAsUser === undefined
    ? groups
    : { runAsUser, ...groups };
}

function problem(
  why: string,
  { transient = false }: { transient?: boolean } = {},
): NamespaceIdentity {
  return {
    problem: {
      cause: 'IdentityUnknown',
      message: `${why}. Until then, nobody gets new access to the namespace, and the policy pack lets no pods start in it`,
      transient,
    },
  };
}
