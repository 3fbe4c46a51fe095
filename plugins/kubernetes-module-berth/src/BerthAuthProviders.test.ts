import { KubernetesRequestBody } from '@backstage/plugin-kubernetes-common';
import { missingTokenReason } from '@berth/plugin-berth-common';
import { BerthAuthProviders } from './BerthAuthProviders';

const STAGING = '01m7z2mq9rjt74kjjrt04qpc2j';
const GPULAB = '01m7z2mqaz5vpfwnrqrdd36bxj';

const BODY: KubernetesRequestBody = {
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'storefront' },
  },
};

function setUp() {
  const tokens = {
    get: jest.fn(async (provider: string) => {
      if (provider === GPULAB) {
        throw new Error('too many requests');
      }
      return `token of ${provider}`;
    }),
  };
  const others = {
    decorateRequestBodyForAuth: jest.fn(
      async (_: string, body: KubernetesRequestBody) => ({
        ...body,
        auth: { ...body.auth, google: 'g' },
      }),
    ),
    getCredentials: jest.fn(async () => ({ token: 'g' })),
  };
  return { others, providers: BerthAuthProviders.create({ tokens, others }) };
}

describe('BerthAuthProviders', () => {
  it('adds one token for each cluster, and a reason where there is none', async () => {
    const { providers } = setUp();

    let body = BODY;
    for (const name of ['google', `oidc.${STAGING}`, `oidc.${GPULAB}`]) {
      body = await providers.decorateRequestBodyForAuth(name, body);
    }

    expect(body).toEqual({
      entity: BODY.entity,
      auth: {
        google: 'g',
        oidc: {
          [STAGING]: `token of ${STAGING}`,
          [GPULAB]: expect.any(String),
        },
      },
    });
    const { oidc } = body.auth as { oidc: Record<string, string> };
    expect(missingTokenReason(oidc[GPULAB])).toBe('too many requests');
    expect(BODY.auth).toBeUndefined();
  });

  it('leaves every other provider to the Kubernetes plugin', async () => {
    const { others, providers } = setUp();

    expect(await providers.getCredentials('oidc.okta')).toEqual({ token: 'g' });
    expect(others.getCredentials).toHaveBeenCalledWith('oidc.okta');
  });

  it('gives the token for a request to one cluster, or fails as that request', async () => {
    const { providers } = setUp();

    expect(await providers.getCredentials(`oidc.${STAGING}`)).toEqual({
      token: `token of ${STAGING}`,
    });
    await expect(providers.getCredentials(`oidc.${GPULAB}`)).rejects.toThrow(
      'too many requests',
    );
  });
});
