import { KubeClient, KubeError, KubeResource } from '../../kube';

const SERVICE_ACCOUNTS: KubeResource = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  namespaced: true,
};

const TOKEN_REQUESTS: KubeResource = {
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'TokenRequest',
  plural: 'tokenrequests',
  namespaced: false,
};

export interface ServiceAccount {
  namespace: string;
  name: string;
}

export interface IssuedToken {
  token: string;
  /** RFC 3339, by the API server's clock. */
  expirationTimestamp: string;
}

/** Requests a token of a service account, for the API server's own audience. */
export async function requestToken(
  client: KubeClient,
  account: ServiceAccount,
  expirationSeconds: number,
): Promise<IssuedToken> {
  const status = await client.review<object, Partial<IssuedToken>>(
    TOKEN_REQUESTS,
    { expirationSeconds },
    {
      subresource: {
        resource: SERVICE_ACCOUNTS,
        key: account,
        name: 'token',
      },
    },
  );
  const { token, expirationTimestamp } = status;
  if (
    typeof token !== 'string' ||
    token === '' ||
    typeof expirationTimestamp !== 'string' ||
    Number.isNaN(Date.parse(expirationTimestamp))
  ) {
    throw new KubeError(
      'Protocol',
      'The API server answers a token request without a token or its expiry',
    );
  }
  return { token, expirationTimestamp };
}
