import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  BackendFeature,
  coreServices,
  createBackendModule,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { berthConnectionStrategiesExtensionPoint } from '@berth/plugin-berth-node';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { berthPlugin } from '../../plugin';
import { startChartRepository } from './chartRepository';
import { CallerName, CALLERS, catalogEntities } from './people';

/** The permissions that the policy gives to the restricted admin. */
const READS = ['berth.cluster.read', 'berth.namespace.read'];

/** Connects to a cluster with a token that an admin gives. */
const tokenStrategy = createBackendModule({
  pluginId: 'berth',
  moduleId: 'token-strategy',
  register(env) {
    env.registerInit({
      deps: { strategies: berthConnectionStrategiesExtensionPoint },
      async init({ strategies }) {
        strategies.addConnectionStrategy('token', () => ({
          validate: credential => {
            if (!credential?.token) {
              throw new InputError('credential.token is missing');
            }
          },
          getToken: async (_, credential) => credential?.secret.token ?? '',
        }));
      },
    });
  },
});

const permissions = mockServices.permissions.mock({
  authorize: async (queries, options) =>
    queries.map(({ permission: { name } }) => ({
      result: decide(name, options?.credentials),
    })),
  authorizeConditional: async (queries, options) =>
    queries.map(({ permission: { name } }) => ({
      result: decide(name, options?.credentials),
    })) as never,
});

function decide(permission: string, credentials: unknown) {
  const restricted = `${credentials}`.includes('user:default/restricted');
  return restricted && !READS.includes(permission)
    ? AuthorizeResult.DENY
    : AuthorizeResult.ALLOW;
}

const SIZE_CLASSES = [
  {
    name: 'small',
    title: 'Small',
    hard: { 'requests.cpu': '2', 'requests.memory': '4Gi' },
    limits: [{ type: 'Container', default: { cpu: '1' } }],
  },
  {
    name: 'large',
    hard: { 'requests.cpu': '32', 'requests.memory': '64Gi' },
  },
];

/** The RBAC with which platform admins delete and adopt namespaces with their own tokens. */
const ADMINS_OF_THE_CLUSTER = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'admins' },
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: 'cluster-admin',
  },
  subjects: [
    {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Group',
      name: 'cluster-admins',
    },
  ],
};

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined if the answer is not JSON. */
  body: any;
}

export interface Call {
  headers?: Record<string, string>;
  /** A body that is sent as JSON. */
  body?: unknown;
  /** A body that is sent unchanged. */
  text?: string;
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;

/**
 * Starts a portal with the whole plugin. The portal's own server starts first, because the issuer's URL, from
 * which clusters request the keys, contains the port.
 */
export async function startPortal(
  berth: object = {},
  features: BackendFeature[] = [],
) {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = urlOf(server);
  const charts = await startChartRepository();
  const sandboxes: SandboxCluster[] = [];
  const unreachable = await SandboxCluster.start({ name: 'unreachable' });
  await unreachable.stop();
  let scheduler: SchedulerService | undefined;
  const backend = await startTestBackend({
    features: [
      berthPlugin,
      createBackendModule({
        pluginId: 'berth',
        moduleId: 'scheduler-of-the-test',
        register(env) {
          env.registerInit({
            deps: { service: coreServices.scheduler },
            async init({ service }) {
              scheduler = service;
            },
          });
        },
      }),
      tokenStrategy,
      ...features,
      catalogServiceMock.factory({ entities: catalogEntities() }),
      permissions.factory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: url },
          backend: { baseUrl: url },
          berth: {
            admins: ['group:default/platform'],
            auditors: ['group:default/audit'],
            keys: {
              encryptionSecret: 'a secret of at least thirty-two characters',
            },
            allowedAddresses: ['127.0.0.0/8'],
            tokens: { requestsPerMinute: 100_000 },
            writes: { requestsPerMinute: 100_000 },
            sizeClasses: SIZE_CLASSES,
            personalNamespaces: [{ sizeClass: 'small' }],
            helm: {
              httpOnLoopback: true,
              repositories: [{ name: 'shop', url: charts.url }],
              valuePresets: [
                {
                  name: 'small',
                  charts: ['shop/*'],
                  values: { replicas: 1 },
                },
              ],
            },
            requests: {
              rules: [
                {
                  name: 'small-ones',
                  kinds: ['namespace'],
                  sizeClasses: ['small'],
                  then: 'approve',
                },
              ],
            },
            clusters: [
              {
                name: 'listed',
                apiServer: unreachable.apiServer,
                caData: unreachable.caPem,
              },
            ],
            ...berth,
          },
        },
      }),
    ],
  });
  server.on('request', (request, response) => {
    backend.server.emit('request', request, response);
  });

  async function call(
    caller: CallerName,
    method: string,
    path: string,
    { headers, body, text }: Call = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: CALLERS[caller],
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      body: /json\b/.test(response.headers.get('content-type') ?? '')
        ? parse(answer)
        : undefined,
    };
  }

  /** Calls a route as the admin. The call must succeed. */
  async function admin(method: string, path: string, body?: unknown) {
    const answer = await call('admin', method, `/api/berth${path}`, {
      body,
      headers: { 'if-match': '*' },
    });
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} failed: ${answer.text}`);
    }
    return answer.body;
  }

  /** Waits until the portal answers in a certain way. */
  async function until(
    path: string,
    isThere: (body: any) => boolean,
  ): Promise<void> {
    let body;
    for (let attempt = 0; attempt < 300; attempt++) {
      body = await admin('GET', path);
      if (isThere(body)) {
        return;
      }
      await delay(50);
    }
    throw new Error(`${path} remains ${JSON.stringify(body)}`);
  }

  let stopped: Promise<void> | undefined;

  /** Stops the plugin as SIGTERM does. Connections of clients stay open. */
  async function stopBackend(): Promise<void> {
    stopped ??= backend.stop();
    await stopped;
  }

  return {
    /** The server that the plugin's routes are mounted on. */
    server: backend.server as Server,
    url,
    /** The number of listeners for upgrades. */
    listeners: () => server.listenerCount('upgrade'),
    unreachable,
    call,
    admin,
    until,

    /** Runs everything that the plugin otherwise runs on a schedule. */
    async runScheduledTasks(): Promise<void> {
      for (const { id } of (await scheduler?.getScheduledTasks()) ?? []) {
        await scheduler?.triggerTask(id);
      }
    },

    async startCluster(name: string): Promise<SandboxCluster> {
      const sandbox = await SandboxCluster.start({ name });
      sandboxes.push(sandbox);
      sandbox.seed([ADMINS_OF_THE_CLUSTER]);
      return sandbox;
    },

    /** Registers a cluster that accepts the tokens of the portal, and shares it. */
    async register(
      name: string,
      sandbox: SandboxCluster,
      groups: string[],
      more: object = {},
    ): Promise<string> {
      const { id } = await admin('POST', '/clusters', {
        name,
        apiServer: sandbox.apiServer,
        caData: sandbox.caPem,
        connection: 'token',
        credential: { token: sandbox.adminToken },
        ...more,
      });
      sandbox.setIssuer({ url: `${url}/api/oidc`, audience: id });
      await until(`/clusters/${name}`, isConnected);
      await admin('PUT', `/clusters/${name}/shares`, { groups });
      return id;
    },

    /** Waits until a cluster is in its desired state. */
    async settled(name: string): Promise<void> {
      await until(`/clusters/${name}`, isConnected);
      await until(`/clusters/${name}/shares`, ({ items }) =>
        items.every(({ state }: { state: string }) => state === 'Ready'),
      );
      // The next pass forgets objects that are gone from the cluster, whenever that is.
      await until(`/clusters/${name}/plan`, ({ items }) =>
        items.every(({ action }: { action: string }) => action === 'forget'),
      );
      await until(`/namespaces?cluster=${name}`, ({ items }) =>
        items.every(
          ({ phase, quota }: { phase: string; quota?: Quota }) =>
            phase === 'Active' && (!quota || isObserved(quota)),
        ),
      );
    },

    stopBackend,

    async stop() {
      await stopBackend();
      server.closeAllConnections();
      charts.server.close();
      await new Promise(resolve => {
        server.close(resolve);
      });
      await Promise.all(sandboxes.map(sandbox => sandbox.stop()));
    },
  };
}

interface Quota {
  hard: object;
  used?: object;
}

/** Returns whether the known use belongs to the current quota, and not to an earlier one. */
function isObserved({ hard, used = {} }: Quota): boolean {
  return `${Object.keys(hard).sort()}` === `${Object.keys(used).sort()}`;
}

function isConnected({ status }: { status: { state: string } }): boolean {
  return status.state === 'Connected';
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
