import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { BerthApi, BerthClient } from '@berth/plugin-berth-common';

const DEADLINE_MS = 30_000;

/**
 * Options of a backend plugin that calls Berth.
 *
 * @public
 */
export interface BerthCallOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  /** The credentials of the caller; those of the plugin by default. */
  credentials?: BackstageCredentials;
  /** Milliseconds that one call may take; 30,000 by default. */
  deadline?: number;
  /** Aborts running calls. */
  signal?: AbortSignal;
}

/**
 * Creates a client of Berth's API for another backend plugin. Each call sends a new token, and ends at its deadline.
 *
 * @example
 * ```ts
 * const berth = createBerthClient({ auth, discovery, credentials });
 * ```
 * @public
 */
export function createBerthClient({
  auth,
  discovery,
  credentials,
  deadline = DEADLINE_MS,
  signal,
}: BerthCallOptions): BerthApi {
  return new BerthClient({
    getBaseUrl: () => discovery.getBaseUrl('berth'),
    fetch: async (input, init) => {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials ?? (await auth.getOwnServiceCredentials()),
        targetPluginId: 'berth',
      });
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      const timeout = AbortSignal.timeout(deadline);
      return fetch(input, {
        ...init,
        headers,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    },
  });
}
