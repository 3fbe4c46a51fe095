import { IdentityAnnotations, Profile } from './types';

type WithIdentity = Pick<Profile, 'identity'>;

/** Returns the annotations with the IDs of owners, which are the same in all profiles; undefined without any. */
export function identityAnnotations(
  profiles: readonly WithIdentity[],
): IdentityAnnotations | undefined {
  const all = profiles.flatMap(({ identity }) => identity ?? []);
  if (all.length === 0) {
    return undefined;
  }
  const [{ gid, groups }] = all;
  const uid = all.find(one => one.uid !== undefined)?.uid;
  return {
    ...(uid !== undefined && { uid }),
    gid,
    ...(groups !== undefined && { groups }),
  };
}

/** Returns the index of the first profile that names other annotations than those before it; -1 without one. */
export function otherAnnotations(profiles: readonly WithIdentity[]): number {
  const common = identityAnnotations(profiles);
  return profiles.findIndex(
    ({ identity }) =>
      identity &&
      (identity.gid !== common?.gid ||
        identity.groups !== common.groups ||
        (identity.uid !== undefined && identity.uid !== common.uid)),
  );
}
