import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { exportJWK, generateKeyPair, KeyLike, SignJWT } from 'jose';
import request from 'supertest';
import { berthPlugin } from '../../../plugin';
import { TokenVerifier, VerificationResult } from './TokenVerifier';

const KID = 'backstage';
const ENTITIES = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'alice' },
    relations: [{ type: 'memberOf', targetRef: 'group:default/platform' }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'platform' },
  },
];

/** The portal with Backstage's own authentication, and with our own key for the tokens of users. */
export class PortalVerifier implements TokenVerifier {
  readonly #server: TestBackend['server'];
  readonly #privateKey: KeyLike;

  private constructor(server: TestBackend['server'], privateKey: KeyLike) {
    this.#server = server;
    this.#privateKey = privateKey;
  }

  /** @param issuer - the `iss` of the tokens to verify */
  static async start(issuer: string): Promise<PortalVerifier> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256' };
    const { server } = await startTestBackend({
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        publishUserKeys([jwk]),
        berthPlugin,
        catalogServiceMock.factory({ entities: ENTITIES }),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'https://portal.example.com' },
            berth: {
              issuer,
              admins: ['group:default/platform'],
              keys: { encryptionSecret: 'a secret of thirty-two characters' },
            },
          },
        }),
      ],
    });
    return new PortalVerifier(server, privateKey);
  }

  /** Returns a token like Backstage's own tokens, for alice. */
  async userToken(): Promise<string> {
    return new SignJWT({ ent: ['user:default/alice'] })
      .setProtectedHeader({ alg: 'ES256', kid: KID, typ: 'vnd.backstage.user' })
      .setSubject('user:default/alice')
      .setAudience('backstage')
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(this.#privateKey);
  }

  /** @throws Error if the routes do not all agree */
  async verify(token: string): Promise<VerificationResult> {
    const authorization = `Bearer ${token}`;
    const api = request(this.#server);
    const statuses = await Promise.all(
      [
        api.get('/api/berth/access/me'),
        api.get('/api/berth/clusters'),
        api.get('/api/berth/issuer/keys'),
        api.post('/api/berth/clusters/nosuch/token'),
      ].map(async call => (await call.set({ authorization })).status),
    );
    const refused = statuses.filter(status => status === 401).length;
    if (refused !== 0 && refused !== statuses.length) {
      throw new Error(`The routes of the portal answered ${statuses}`);
    }
    return { accepted: refused === 0 };
  }
}

/** Publishes the keys of users' tokens in place of Backstage's auth plugin. */
function publishUserKeys(keys: object[]) {
  return createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          httpRouter.use((_request, response) => {
            response.json({ keys });
          });
        },
      });
    },
  });
}
