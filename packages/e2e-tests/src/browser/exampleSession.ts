import { BerthApi, BerthClient } from '@berth/plugin-berth-common';

/**
 * Signs in through the development provider, as the sign-in page does.
 *
 * @param person - name of a user in the default namespace of the catalog
 */
export async function exampleSession(
  backendUrl: string,
  person: string,
): Promise<BerthApi> {
  const response = await fetch(`${backendUrl}/api/auth/development/refresh`, {
    headers: { 'x-berth-development-user': `user:default/${person}` },
  });
  if (!response.ok) {
    throw new Error(
      `Sign-in as ${person}: ${response.status} ${await response.text()}`,
    );
  }
  const session: any = await response.json();
  return new BerthClient({
    getBaseUrl: async () => `${backendUrl}/api/berth`,
    fetch: (input: any, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${session.backstageIdentity.token}`);
      return fetch(input, { ...init, headers });
    },
  });
}
