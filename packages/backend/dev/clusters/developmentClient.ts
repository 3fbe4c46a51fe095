import { ResponseError } from '@backstage/errors';
import { BerthClient } from '@berth/plugin-berth-common';

/**
 * Signs in through the development provider.
 *
 * @param userRef - entity ref of a user in the catalog
 * @returns a client of Berth's API as that user
 */
export async function signIn(
  backendUrl: string,
  userRef: string,
): Promise<BerthClient> {
  const response = await fetch(`${backendUrl}/api/auth/development/refresh`, {
    headers: { 'x-berth-development-user': userRef },
  });
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  const { backstageIdentity } = await response.json();
  return new BerthClient({
    getBaseUrl: async () => `${backendUrl}/api/berth`,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${backstageIdentity.token}`);
      return fetch(input, { ...init, headers });
    },
  });
}
