import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  AddressPolicy,
  DEFAULT_KUBE_LIMITS,
  KubeLimits,
} from '@berth/plugin-berth-node';
import { ResourceListLine } from '@berth/plugin-berth-common';
import express, { Request, RequestHandler } from 'express';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { ClusterEntries } from '../../access/ClusterEntries';
import { StreamLimits } from '../../access/StreamLimits';
import { createHelm } from '../../helm';
import { jsonBody } from '../../http/controlCharacters';
import { DefaultKubeClientFactory, KubeTarget } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { createResources } from '../createResources';
import { ResourcesOptions } from '../types';

/** A cluster and what people hold there. */
export interface ClusterUnderTest extends KubeTarget {
  version?: string;
  connection?: string;
  /**
   * Tokens by person; `of-<person>` by default. Only these people may enter the cluster, and have the role `edit` unless
   * it names another one.
   */
  people: Record<
    string,
    { token?: string; namespaces: string[]; role?: string }
  >;
}

/** An event of the activity log, with its end. */
export interface AuditedEvent {
  eventId: string;
  outcome?: 'success' | 'fail';
  meta: JsonObject;
}

/**
 * The routes of this room on a real server with the middleware of a portal. A person has the token `person-<name>`; the
 * person `admin` is a platform admin.
 */
export class ResourcesUnderTest {
  readonly events: AuditedEvent[] = [];
  /** Resources that the configuration takes away. */
  readonly deny: string[] = [];
  /** What the portal logged. */
  readonly logged: string[] = [];
  /** How many answers ended, or lost their reader. */
  closed = 0;
  /** More routes of a portal, before the same clusters. */
  more: RequestHandler = (_request, _response, next) => next();
  readonly parts: ResourcesOptions;
  readonly #clients: DefaultKubeClientFactory;
  readonly #server: Server;

  static async start(
    clusters: Record<string, ClusterUnderTest>,
    limits: Partial<KubeLimits> = {},
  ): Promise<ResourcesUnderTest> {
    const started = new ResourcesUnderTest(clusters, limits);
    started.#server.listen(0, '127.0.0.1');
    await once(started.#server, 'listening');
    return started;
  }

  private constructor(
    clusters: Record<string, ClusterUnderTest>,
    limits: Partial<KubeLimits>,
  ) {
    this.#clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
      limits: { ...DEFAULT_KUBE_LIMITS, ...limits },
    });
    const middleware = MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: this.#logger(),
    });
    const app = express();
    app.use((_request, response, next) => {
      response.once('close', () => {
        this.closed++;
      });
      next();
    });
    app.use(middleware.helmet());
    app.use(middleware.compression());
    app.use('/api/berth', ...jsonBody());
    const parts = this.#parts(clusters);
    app.use('/api/berth', createResources(parts));
    app.use('/api/berth', createHelm({ ...parts, configMapStorage: true }));
    app.use('/api/berth', (request, response, next) =>
      this.more(request, response, next),
    );
    app.use(middleware.notFound());
    app.use(middleware.error());
    this.parts = parts;
    this.#server = createServer(app);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  fetch(path: string, person = 'alice', init: RequestInit = {}) {
    return fetch(`http://127.0.0.1:${this.port}/api/berth${path}`, {
      ...init,
      headers: { authorization: `Bearer person-${person}`, ...init.headers },
    });
  }

  /** Returns the lines of a list. */
  async list(path: string, person?: string): Promise<ResourceListLine[]> {
    const answer = await this.fetch(`/resources/${path}`, person);
    const text = await answer.text();
    if (answer.status !== 200) {
      throw new Error(`${answer.status}: ${text}`);
    }
    return text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.#clients.close();
  }

  #logger(): LoggerService {
    const logger = mockServices.logger.mock();
    for (const level of ['error', 'warn', 'info', 'debug'] as const) {
      logger[level].mockImplementation((message, meta) => {
        this.logged.push(`${message} ${inspect(meta, { depth: 10 })}`);
      });
    }
    return logger;
  }

  #auditor(): AuditorService {
    return {
      createEvent: async ({ eventId, meta = {} }) => {
        const event: AuditedEvent = { eventId, meta: { ...meta } };
        this.events.push(event);
        return {
          success: async more => {
            event.outcome = 'success';
            Object.assign(event.meta, more?.meta);
          },
          fail: async ({ error, meta: more }) => {
            event.outcome = 'fail';
            Object.assign(event.meta, more);
            event.meta.error = error.message;
          },
        };
      },
    };
  }

  #parts(clusters: Record<string, ClusterUnderTest>): ResourcesOptions {
    const record = (name: string) =>
      ({
        connection: 'oidc',
        ...clusters[name],
        id: `id-of-${name}`,
        name,
        revision: 1,
        status: { version: clusters[name].version },
      } as unknown as ClusterRecord);
    const access = {
      caller: async (request: Request) => {
        const person = /^Bearer person-(.+)$/.exec(
          request.headers.authorization ?? '',
        )![1];
        return {
          credentials: {},
          person: {
            userRef: `user:default/${person}`,
            uid: `uid-of-${person}`,
            admin: person === 'admin',
            auditor: false,
          },
        };
      },
      list: async ({ person }: { person: { userRef: string } }) =>
        Object.keys(clusters)
          .filter(name => nameOf(person) in clusters[name].people)
          .map(name => ({ cluster: record(name), shares: [] })),
      get: async (
        { person }: { person: { userRef: string } },
        name: string,
      ) => {
        if (!clusters[name] || !(nameOf(person) in clusters[name].people)) {
          throw new NotFoundError(
            `There is no cluster "${name}", or it is not shared with any of your groups`,
          );
        }
        return { cluster: record(name), shares: [] };
      },
    };
    const tokens = {
      mint: async (
        person: { userRef: string },
        { cluster }: { cluster: ClusterRecord },
      ) => {
        const name = nameOf(person);
        return {
          token: clusters[cluster.name].people[name].token ?? `of-${name}`,
          expiresAt: new Date(Date.now() + 600_000),
        };
      },
    };
    const namespaceAccess = {
      list: async (
        { person }: { person: { userRef: string } },
        { clusters: names }: { clusters?: string[] },
      ) => ({
        items: Object.entries(clusters).flatMap(([name, { people }]) =>
          names && !names.includes(name)
            ? []
            : (people[nameOf(person)]?.namespaces ?? []).map(namespace => ({
                cluster: { id: `id-of-${name}`, name },
                namespace: { name: namespace },
                grants: [{ shared: true }],
              })),
        ),
        totalItems: 0,
        offset: 0,
      }),
      get: async (
        caller: { person: { userRef: string } },
        name: string,
        namespace: string,
      ) => {
        const visible = await access.get(caller, name);
        const { namespaces, role = 'edit' } =
          clusters[name].people[nameOf(caller.person)];
        if (!namespaces.includes(namespace)) {
          throw new NotFoundError(`There is no namespace "${namespace}"`);
        }
        return { ...visible, grants: [{ role, shared: true }] };
      },
    };
    return {
      access,
      auditor: this.#auditor(),
      clients: this.#clients,
      deny: this.deny,
      entries: new ClusterEntries({ access, tokens } as never),
      namespaceAccess,
      streams: new StreamLimits({
        perPerson: 20,
        perCluster: 60,
        perReplica: 60,
      }),
    } as unknown as ResourcesOptions;
  }
}

function nameOf({ userRef }: { userRef: string }): string {
  return userRef.split('/')[1];
}

/** Returns all rows of lines, as `cluster/namespace/name`. */
export function rowsOf(lines: ResourceListLine[]): string[] {
  return lines.flatMap(line =>
    line.type === 'rows'
      ? line.rows.map(
          ({ name, namespace }) =>
            `${line.cluster}/${line.namespace ?? namespace ?? '_'}/${name}`,
        )
      : [],
  );
}
