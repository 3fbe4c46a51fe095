import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { RequestsClient } from '@berth/plugin-berth-common';
import { RequestRunnerOptions } from './types';

const DEADLINE_MS = 30_000;

/** Berth's requests, as the person who runs the template. */
export function requestsAs(
  credentials: BackstageCredentials,
  { auth, discovery }: Pick<RequestRunnerOptions, 'auth' | 'discovery'>,
  cancelled: AbortSignal | undefined,
): RequestsClient {
  return new RequestsClient({
    getBaseUrl: () => discovery.getBaseUrl('berth'),
    fetch: async (input, init) => {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'berth',
      });
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      const deadline = AbortSignal.timeout(DEADLINE_MS);
      const signal = cancelled
        ? AbortSignal.any([cancelled, deadline])
        : deadline;
      return fetch(input, { ...init, headers, signal });
    },
  });
}
