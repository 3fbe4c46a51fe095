import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { freePort } from '@berth/control-plane';
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { SignIn } from '../backstage/SignIn';
import { silent } from '../http/listen';
import { serve } from '../process/serve';
import { allowingPolicy, emptyPlugin, organizationModule } from './features';
import { makeOrganization } from './organization';

/*
 * A Backstage backend in its own process, so that its CPU time can be measured.
 */

/** The database of the backend, as `backend.database` names it. */
export interface PortalDatabase {
  client: string;
  connection: string;
}

let backend: ReturnType<typeof createBackend> | undefined;
let profiler: Session | undefined;

const service = {
  /** Starts the backend. @returns its URL and the tokens of its people */
  async open({
    database,
    people,
  }: {
    database: PortalDatabase;
    people: number;
  }) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const organization = makeOrganization(people);
    const signIn = await SignIn.create(url);
    backend = createBackend();
    const config = new ConfigReader(configuration(url, port, database));
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => config,
      }),
    );
    backend.add(
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => silent,
      }),
    );
    backend.add(signIn.plugin);
    backend.add(import('@backstage/plugin-catalog-backend'));
    backend.add(organizationModule(organization.entities));
    backend.add(import('@backstage/plugin-permission-backend'));
    backend.add(allowingPolicy);
    backend.add(emptyPlugin);
    // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the bench is a portal
    backend.add(import('@berth/plugin-berth-backend'));
    await backend.start();
    return {
      url,
      admin: await signIn.token('user:default/admin'),
      sharedWith: organization.sharedWith,
      related: organization.related,
      tokens: await Promise.all(
        organization.people.map(person => signIn.token(person)),
      ),
    };
  },

  /** Returns the CPU seconds of the process so far, user and system. */
  cpu(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },

  async startProfile(): Promise<void> {
    profiler = new Session();
    profiler.connect();
    await profiler.post('Profiler.enable');
    await profiler.post('Profiler.start');
  },

  async writeProfile(file: string): Promise<void> {
    const { profile } = await profiler!.post('Profiler.stop');
    await writeFile(file, JSON.stringify(profile));
    profiler!.disconnect();
  },

  async stop(): Promise<void> {
    await backend?.stop();
  },
};

function configuration(url: string, port: number, database: PortalDatabase) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: { ...database, pluginDivisionMode: 'schema' },
    },
    catalog: {
      rules: [{ allow: ['User', 'Group'] }],
      // Processing the catalog again is no part of the measure.
      processingInterval: { hours: 24 },
    },
    permission: { enabled: true },
    berth: {
      admins: ['group:default/platform'],
      keys: { encryptionSecret: 'of the bench, which keeps no real secret' },
      allowedAddresses: ['127.0.0.0/8'],
      clusterProbe: { interval: { hours: 1 } },
      tokens: { requestsPerMinute: 1_000_000 },
    },
  };
}

export type PortalProcess = typeof service;

serve(service);
