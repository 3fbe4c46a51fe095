import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { freePort } from '@berth/control-plane';
import { Knex } from 'knex';
import { Person } from '../backend';
import { SignIn } from '../backstage/SignIn';
import { silent } from '../http/listen';
import { createListRouter } from './createListRouter';

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
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const signIn = await SignIn.create(baseUrl);
  const backend = createBackend();
  backend.add(configuration(baseUrl, port));
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => silent,
    }),
  );
  backend.add(signIn.plugin);
  backend.add(listPlugin(knex, people));
  await backend.start();
  return {
    url: `${baseUrl}/api/berth`,
    async headersOf({ userRef }) {
      return { authorization: `Bearer ${await signIn.token(userRef)}` };
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
