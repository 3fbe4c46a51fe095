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
 * Calls Berth's API as the person behind some credentials.
 *
 * @returns what the call gives; what the API refused is thrown in its own words
 * @throws NotAllowedError for credentials of a service: nothing is done for nobody
 */
export async function asCaller<T>(
  credentials: BackstageCredentials,
  { auth, discovery }: ApiAsCallerOptions,
  call: (berth: BerthApi) => Promise<T>,
): Promise<T> {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'Only people may invoke this action: it is about what they may do themselves',
    );
  }
  try {
    return await call(createBerthClient({ auth, discovery, credentials }));
  } catch (error) {
    throw errorFromApi(error);
  }
}
