import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { DirectoryApi, DirectoryClient } from '@berth/plugin-berth-common';

/** For one page. */
const DEADLINE_MS = 30_000;

/**
 * All clusters and namespaces, as the plugin reads them that the services belong to. Berth answers the
 * catalog and the search.
 *
 * @public
 */
export function createDirectoryClient({
  auth,
  discovery,
}: {
  auth: AuthService;
  discovery: DiscoveryService;
}): DirectoryApi {
  return new DirectoryClient({
    getBaseUrl: () => discovery.getBaseUrl('berth'),
    fetch: async (input, init) => {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'berth',
      });
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      const signal = AbortSignal.timeout(DEADLINE_MS);
      return fetch(input, { ...init, headers, signal });
    },
  });
}
