import { mockServices } from '@backstage/backend-test-utils';
import { KeyCipher } from '../../crypto/KeyCipher';
import { KubeClientFactory } from '../../kube';
import { ConnectionStrategies } from '../connection/ConnectionStrategies';
import { OidcConnection } from '../connection/OidcConnection';
import { ServiceAccountConnection } from '../connection/ServiceAccountConnection';

const NO_CLIENTS: KubeClientFactory = {
  create() {
    throw new Error('Nothing is called here');
  },
  close: async () => {},
};

/** The built-in strategies with a signer that returns no real token. */
export function testStrategies(clients = NO_CLIENTS): ConnectionStrategies {
  return new ConnectionStrategies()
    .add(
      'oidc',
      OidcConnection.create({
        auditor: mockServices.auditor.mock({
          createEvent: async () => ({
            success: async () => {},
            fail: async () => {},
          }),
        }),
        signer: {
          sign: async ({ groups }) => ({
            token: `token of ${groups}`,
            kid: 'k',
            jti: 'j',
            issuedAt: new Date(0),
            expiresAt: new Date(600_000),
          }),
        },
      }),
    )
    .add('serviceAccount', ServiceAccountConnection.create({ clients }));
}

/** Creates the cipher like the plugin does, from its secret. */
export function testCipher(
  secret = 'a secret of more than 32 characters',
): KeyCipher {
  return KeyCipher.fromSecrets({
    secrets: [secret],
    production: false,
    purpose: 'berth cluster credentials',
  });
}

/** Returns a service account token without a valid signature. */
export function serviceAccountToken(
  claims: object = {},
  subject = 'system:serviceaccount:berth-system:reconciler',
): string {
  const part = (content: object) =>
    Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({
    sub: subject,
    ...claims,
  })}.${'s'.repeat(86)}`;
}
