import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  BerthClient,
  refusalOf,
  RequestsClient,
  TenancyClient,
} from '@berth/plugin-berth-common';
import { berthClientOptions } from '@berth/plugin-berth-node';

export interface ApiAsCallerOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

export interface ApiAsCaller {
  berth: BerthClient;
  requests: RequestsClient;
  tenancy: TenancyClient;
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
  call: (api: ApiAsCaller) => Promise<T>,
): Promise<T> {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'Only people may invoke this action: it is about what they may do themselves',
    );
  }
  const options = berthClientOptions({ auth, discovery, credentials });
  try {
    return await call({
      berth: new BerthClient(options),
      requests: new RequestsClient(options),
      tenancy: new TenancyClient(options),
    });
  } catch (error) {
    throw refusalOf(error);
  }
}
