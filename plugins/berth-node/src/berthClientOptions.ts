import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { BerthClientOptions } from '@berth/plugin-berth-common';

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
  /** In milliseconds, for each call; 30 seconds by default. */
  deadline?: number;
  /** Aborts running calls. */
  signal?: AbortSignal;
}

/**
 * What Berth's clients need to be used in another backend plugin: each call carries a new token, and ends
 * at its deadline.
 *
 * @example
 * ```ts
 * const berth = new BerthClient(berthClientOptions({ auth, discovery, credentials }));
 * ```
 *
 * @public
 */
export function berthClientOptions({
  auth,
  discovery,
  credentials,
  deadline = DEADLINE_MS,
  signal,
}: BerthCallOptions): BerthClientOptions {
  return {
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
  };
}
