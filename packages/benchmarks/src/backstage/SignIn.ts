import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import PromiseRouter from 'express-promise-router';
import { exportJWK, generateKeyPair, KeyLike, SignJWT } from 'jose';

const KEY = { alg: 'ES256', kid: 'bench' };
const KEYS = '/.well-known/jwks.json';
const LIFETIME_S = 3_600;

/** Signs the tokens of people as the auth plugin of a Backstage backend does, and serves its key. */
export class SignIn {
  /** The auth plugin of the backend. It serves the key and nothing else. */
  readonly plugin: BackendFeature;
  readonly #privateKey: KeyLike;
  readonly #issuer: string;

  /** @param baseUrl - of the backend */
  static async create(baseUrl: string): Promise<SignIn> {
    const { publicKey, privateKey } = await generateKeyPair(KEY.alg);
    const keys = [{ ...(await exportJWK(publicKey)), ...KEY, use: 'sig' }];
    return new SignIn(authPlugin(keys), privateKey, `${baseUrl}/api/auth`);
  }

  private constructor(
    plugin: BackendFeature,
    privateKey: KeyLike,
    issuer: string,
  ) {
    this.plugin = plugin;
    this.#privateKey = privateKey;
    this.#issuer = issuer;
  }

  /** Returns a token of a person, with the proof from which Backstage makes the token for calls between plugins. */
  async token(userRef: string): Promise<string> {
    const iat = Math.floor(Date.now() / 1_000);
    const times = { iat, exp: iat + LIFETIME_S };
    const limited = await this.#sign('vnd.backstage.limited-user', {
      sub: userRef,
      ...times,
    });
    return this.#sign('vnd.backstage.user', {
      iss: this.#issuer,
      sub: userRef,
      ent: [userRef],
      aud: 'backstage',
      ...times,
      uip: limited.split('.')[2],
    });
  }

  #sign(typ: string, claims: Record<string, unknown>): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ typ, alg: KEY.alg, kid: KEY.kid })
      .sign(this.#privateKey);
  }
}

/** Serves the key, and what the permission backend asks about a person: the groups that a sign-in resolved. */
function authPlugin(keys: object[]): BackendFeature {
  return createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ http, httpAuth }) {
          // Like that of the auth plugin, the route checks the token itself.
          http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          const router = PromiseRouter();
          router.get(KEYS, (_, response) => {
            response.json({ keys });
          });
          router.get('/v1/userinfo', async (request, response) => {
            const { principal } = await httpAuth.credentials(request, {
              allow: ['user'],
              allowLimitedAccess: true,
            });
            const { userEntityRef: sub } = principal;
            response.json({ claims: { sub, ent: [sub] } });
          });
          http.use(router);
        },
      });
    },
  });
}
