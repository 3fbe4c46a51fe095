import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { AuditorService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { LogLine } from '@berth/plugin-berth-common';
import express, { Request } from 'express';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ClusterAccess } from '../../../access/ClusterAccess';
import { ClusterEntries } from '../../../access/ClusterEntries';
import { StreamLimits } from '../../../access/StreamLimits';
import { AddressPolicy, DefaultKubeClientFactory } from '../../../kube';
import { CLUSTER } from '../../../reconciler/__testUtils__/fakes';
import { LogTimes } from '../LogAnswer';
import { createLogsRouter } from '../router';

/** The route of logs on a real server with the middleware of a portal in front. The bearer token is the cluster's. */
export class LogsUnderTest {
  readonly events: { eventId: string; outcome?: string; meta: object }[] = [];
  readonly streams = new StreamLimits({
    perPerson: 3,
    perCluster: 100,
    perReplica: 100,
  });
  tokenLifetime = 600_000;
  readonly #clients = DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });
  readonly #server: Server;

  static async start(
    target: { apiServer: string; caPem: string },
    times: Partial<LogTimes> = {},
  ) {
    const logs = new LogsUnderTest(target, times);
    logs.#server.listen(0, '127.0.0.1');
    await once(logs.#server, 'listening');
    return logs;
  }

  private constructor(
    { apiServer, caPem }: { apiServer: string; caPem: string },
    times: Partial<LogTimes>,
  ) {
    const cluster = { ...CLUSTER, apiServer, caPem };
    const tokenOf = ({ headers }: Request) =>
      headers.authorization!.slice('Bearer '.length);
    const access = {
      caller: async (request: Request) => ({
        person: { userRef: 'user:default/alice', token: tokenOf(request) },
      }),
      get: async () => ({ cluster, shares: [] }),
    } as unknown as ClusterAccess;
    const middleware = MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
    });
    const app = express();
    app.use(middleware.helmet());
    app.use(middleware.compression());
    app.use(
      createLogsRouter({
        deny: [],
        access,
        auditor: this.#auditor(),
        clients: this.#clients,
        entries: new ClusterEntries({
          access,
          tokens: {
            mint: async ({ token }: { token: string }) => ({
              token,
              expiresAt: new Date(Date.now() + this.tokenLifetime),
            }),
          } as never,
        }),
        streams: this.streams,
        times,
      }),
    );
    app.use(middleware.error());
    this.#server = createServer(app);
  }

  get(
    path: string,
    { token, signal }: { token: string; signal?: AbortSignal },
  ): Promise<Response> {
    const { port } = this.#server.address() as AddressInfo;
    return fetch(
      `http://127.0.0.1:${port}/clusters/${CLUSTER.name}/objects/${path}`,
      { headers: { authorization: `Bearer ${token}` }, signal },
    );
  }

  /** Yields the lines of an answer as they arrive. Leaving the loop ends the request. */
  async *lines(path: string, token: string): AsyncGenerator<LogLine> {
    const left = new AbortController();
    try {
      const response = await this.get(path, { token, signal: left.signal });
      if (response.status !== 200) {
        throw new Error(`${response.status} ${await response.text()}`);
      }
      let rest = '';
      for await (const part of response.body!.pipeThrough(
        new TextDecoderStream(),
      )) {
        const lines = `${rest}${part}`.split('\n');
        rest = lines.pop()!;
        yield* lines.map(line => JSON.parse(line) as LogLine);
      }
    } finally {
      left.abort();
    }
  }

  /** Returns the lines up to the first that is accepted, or to the end of the answer. */
  async read(
    path: string,
    token: string,
    isLast: (line: LogLine) => boolean = () => false,
  ): Promise<LogLine[]> {
    const got: LogLine[] = [];
    for await (const line of this.lines(path, token)) {
      got.push(line);
      if (isLast(line)) {
        break;
      }
    }
    return got;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.#clients.close();
  }

  #auditor(): AuditorService {
    return {
      createEvent: async ({ eventId, meta = {} }) => {
        const event: LogsUnderTest['events'][number] = { eventId, meta };
        this.events.push(event);
        return {
          success: async () => {
            event.outcome = 'success';
          },
          fail: async () => {
            event.outcome = 'fail';
          },
        };
      },
    };
  }
}

/** Returns the lines of the logs themselves, in order. */
export function textLines(lines: LogLine[]) {
  return lines.flatMap(line => (line.type === 'lines' ? line.lines : []));
}
