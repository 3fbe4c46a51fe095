import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Knex } from 'knex';
import { createServer } from 'node:http';
import { Person } from '../backend';
import { address, silent } from '../http/listen';
import { createListRouter } from './createListRouter';

const KEY = { alg: 'ES256', kid: 'bench' };

/** A Backstage backend with the routes of namespaces. */
export interface ListBackend {
  /** The base URL of the routes. */
  url: string;
  /** Returns the headers of a person's requests. */
  headersOf(person: Person): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts a backend as in a portal, with its own services for sign-in and permissions (none are denied), and
 * people whose tokens an auth plugin signed. The groups of people are cached, as between the calls of a page.
 */
export async function startBackend(
  knex: Knex,
  people: Person[],
): Promise<ListBackend> {
  const { publicKey, privateKey } = await generateKeyPair(KEY.alg);
  const keys = [{ ...(await exportJWK(publicKey)), ...KEY, use: 'sig' }];
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  backend.add(configuration(baseUrl, port));
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => silent,
    }),
  );
  backend.add(authPlugin(keys));
  backend.add(listPlugin(knex, people));
  await backend.start();
  return {
    url: `${baseUrl}/api/berth`,
    async headersOf({ userRef }) {
      const token = await new SignJWT({ ent: [userRef] })
        .setProtectedHeader({ ...KEY, typ: 'vnd.backstage.user' })
        .setIssuer(`${baseUrl}/api/auth`)
        .setSubject(userRef)
        .setAudience('backstage')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
      return { authorization: `Bearer ${token}` };
    },
    stop: () => backend.stop(),
  };
}

function configuration(baseUrl: string, port: number) {
  return createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () =>
      new ConfigReader({
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
      }),
  });
}

function authPlugin(keys: object[]) {
  return createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          const path = '/.well-known/jwks.json';
          http.addAuthPolicy({ path, allow: 'unauthenticated' });
          http.use((request, response, next) =>
            request.path === path ? response.json({ keys }) : next(),
          );
        },
      });
    },
  });
}

function listPlugin(knex: Knex, people: Person[]) {
  return createBackendPlugin({
    pluginId: 'berth',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init({ http, ...services }) {
          http.use(createListRouter(knex, people, services));
        },
      });
    },
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const port = Number(new URL(address(server)).port);
  await new Promise(resolve => server.close(resolve));
  return port;
}
