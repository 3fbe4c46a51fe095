import { Profile } from '../profiles/types';

/** Returns whether a profile has a field that only the policy pack can apply. */
export function needsPack(profile: Profile | undefined): boolean {
  return Boolean(
    profile?.identity ??
      profile?.placement ??
      profile?.storageClass ??
      profile?.pullSecrets?.length,
  );
}
