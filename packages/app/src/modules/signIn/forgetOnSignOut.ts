import { IdentityApi } from '@backstage/frontend-plugin-api';
import { chosenUser } from './chosenUser';

/** Returns the same identity, with a sign-out that returns to the choice of people. */
export function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      chosenUser.forget();
      await identity.signOut();
    },
  };
}
