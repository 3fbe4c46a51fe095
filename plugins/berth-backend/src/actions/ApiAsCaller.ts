import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { BerthApi, errorFromApi } from '@berth/plugin-berth-common';
import { createBerthClient } from '@berth/plugin-berth-node';

export interface ApiAsCallerOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

/**
 * Calls Berth's API as the person of the credentials.
 *
 * @param deadline - milliseconds that one call may take
 * @returns the result of the call; an error of the API is thrown with its own message
 * @throws NotAllowedError for credentials of a service, because every call needs a person
 */
export async function asCaller<T>(
  credentials: BackstageCredentials,
  { auth, discovery }: ApiAsCallerOptions,
  call: (berth: BerthApi) => Promise<T>,
  deadline?: number,
): Promise<T> {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'Only people may invoke this action: it is about what they may do themselves',
    );
  }
  try {
    return await call(
      createBerthClient({ auth, discovery, credentials, deadline }),
    );
  } catch (error) {
    throw errorFromApi(error);
  }
}
