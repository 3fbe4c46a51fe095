import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { AuditorService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import express, { Request } from 'express';
import { exportJWK, generateKeyPair, KeyLike } from 'jose';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import {
  createServer as createHttpsServer,
  Server as HttpsServer,
} from 'node:https';
import { AddressInfo, connect } from 'node:net';
import { ClusterAccess } from '../../access/ClusterAccess';
import { ClusterEntries } from '../../access/ClusterEntries';
import { StreamLimits } from '../../access/StreamLimits';
import { TokenService } from '../../access/types';
import { JoseTokenSigner } from '../../issuer/JoseTokenSigner';
import { KeyRing, PublishedKeys } from '../../issuer/keys/types';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeLimits,
  KubeTarget,
} from '../../kube';
import {
  ServerCertificate,
  TestAuthority,
} from '../../kube/__testUtils__/certificates';
import { ClusterRecord } from '../../model/clusters';
import { CLUSTER } from '../../reconciler/__testUtils__/fakes';
import { Upgrades } from '../../upgrades/Upgrades';
import { ProxyCallers } from '../callers';
import { ClusterTokenVerifier } from '../ClusterTokenVerifier';
import { KubeProxy, ProxyBounds } from '../KubeProxy';
import { RequestLimit } from '../RequestLimit';
import { createProxyRouter } from '../router';
import { RecordingServer } from './RecordingServer';

export const ISSUER = 'https://portal.example.com/api/oidc';

export interface AuditedEvent {
  eventId: string;
  actor?: string;
  outcome?: 'success' | 'fail';
  meta: Record<string, unknown>;
}

export interface ProxyUnderTestOptions {
  bounds?: Partial<ProxyBounds>;
  deny?: string[];
  limits?: Partial<KubeLimits>;
  requestsPerMinute?: number;
  streamsPerPerson?: number;
  /** kubectl sends no credentials over plain http. */
  https?: boolean;
  /** In place of the API server that records. */
  target?: KubeTarget;
  /** In place of the keys that the test makes. */
  issuer?: { url: string; keyRing: Pick<KeyRing, 'publishedKeys'> };
}

/**
 * The proxy on a real server with the middleware of a portal in front, and an API server that records what arrives.
 * A person of the portal has the token `person-<name>`, and on clusters `minted-for-<name>`.
 */
export class ProxyUnderTest {
  readonly upstream: RecordingServer;
  /** The CA of the proxy itself and of the API server that records. */
  readonly caPem: string;
  readonly cluster: ClusterRecord;
  readonly events: AuditedEvent[] = [];
  /** Requests that reached another route of the plugin. */
  readonly passedBy: string[] = [];
  /** Names of people whose access is gone. */
  readonly excluded = new Set<string>();
  readonly streams: StreamLimits;
  tokenLifetime = 600_000;
  published: PublishedKeys = { jwks: { keys: [] }, algorithms: ['ES256'] };
  readonly #clients: DefaultKubeClientFactory;
  readonly server: Server;
  #privateKey?: KeyLike;

  static async start(options: ProxyUnderTestOptions = {}) {
    const authority = await TestAuthority.create('ca');
    const certificate = await authority.issue();
    const upstream = await RecordingServer.start(certificate);
    const proxy = new ProxyUnderTest(
      upstream,
      authority.pem,
      certificate,
      options,
    );
    await proxy.rotate();
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  private constructor(
    upstream: RecordingServer,
    caPem: string,
    certificate: ServerCertificate,
    options: ProxyUnderTestOptions,
  ) {
    this.upstream = upstream;
    this.caPem = caPem;
    this.cluster = {
      ...CLUSTER,
      apiServer: options.target?.apiServer ?? upstream.url,
      caPem: options.target?.caPem ?? caPem,
      kubectlVia: 'portal',
    };
    this.#clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
      limits: options.limits,
    });
    this.streams = new StreamLimits({
      perPerson: options.streamsPerPerson ?? 1_000,
      perCluster: 1_000,
      perReplica: 1_000,
    });
    this.server = options.https
      ? createHttpsServer(certificate, this.#app(options))
      : createServer(this.#app(options));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path: string): string {
    const scheme = this.server instanceof HttpsServer ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.port}/api/berth/clusters/${this.cluster.name}/proxy${path}`;
  }

  fetch(path: string, init: RequestInit = {}, person = 'alice') {
    return fetch(this.url(path), {
      ...init,
      headers: { authorization: `Bearer person-${person}`, ...init.headers },
    });
  }

  /** Sends bytes as they are, and returns the whole answer once the server ends the connection. */
  async send(bytes: string | Buffer): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    socket.write(bytes);
    let answer = '';
    socket.on('data', data => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => {});
    await once(socket, 'close');
    return answer;
  }

  /** Sends one request with the given request line and headers, which asks for the end of the connection. */
  sendLines(line: string, headers: string[] = [], body = ''): Promise<string> {
    return this.send(
      Buffer.from(
        `${[
          line,
          'Host: portal.example.com',
          'Authorization: Bearer person-alice',
          ...headers,
          ...(headers.some(header => /^connection:/i.test(header))
            ? []
            : ['Connection: close']),
        ].join('\r\n')}\r\n\r\n${body}`,
        'latin1',
      ),
    );
  }

  /** Returns a token as kubectl has it. */
  async kubectlToken(
    claims: { sub?: string; aud?: string; notAfter?: Date } = {},
  ): Promise<string> {
    const { token } = await this.signer().sign({
      sub: 'user:alice',
      aud: this.cluster.id,
      groups: [],
      ...claims,
    });
    return token;
  }

  signer(issuer = ISSUER, privateKey = this.#privateKey!) {
    const [{ kid = '' }] = this.published.jwks.keys.slice(-1);
    return new JoseTokenSigner({
      issuer,
      keyRing: {
        signingKey: async () => ({ kid, algorithm: 'ES256', privateKey }),
        publishedKeys: async () => this.published,
      },
    });
  }

  /** Publishes a new key and no other one, as after the revocation of the others. */
  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.#privateKey = privateKey;
    const kid = `key-${Math.random().toString(36).slice(2)}`;
    this.published = {
      jwks: {
        keys: [
          { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
        ],
      },
      algorithms: ['ES256'],
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.#clients.close();
    await this.upstream.stop();
  }

  #app(options: ProxyUnderTestOptions) {
    const middleware = MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
    });
    const callers = this.#callers(options);
    const proxy = new KubeProxy({
      auditorOf: ({ kind, userRef }) =>
        this.#auditor(kind === 'kubectl' ? userRef : undefined),
      bounds: options.bounds,
      callers,
      deny: options.deny ?? [],
      gateway: this.#clients,
      requests: new RequestLimit(options.requestsPerMinute ?? 1_000_000),
      streams: this.streams,
    });
    const app = express();
    app.use(middleware.helmet());
    app.use(middleware.cors());
    app.use(middleware.compression());
    app.use('/api/berth', new Upgrades().middleware);
    app.use('/api/berth', createProxyRouter({ callers, proxy }));
    app.use('/api/berth', (request, response) => {
      this.passedBy.push(request.originalUrl);
      response.status(418).end();
    });
    app.use(middleware.notFound());
    app.use(middleware.error());
    return app;
  }

  #callers({ issuer }: ProxyUnderTestOptions): ProxyCallers {
    const nameOf = ({ headers }: Request) => {
      const token = headers.authorization?.slice('Bearer '.length) ?? '';
      if (token.startsWith('service-')) {
        throw new NotAllowedError('not a user');
      }
      if (!token.startsWith('person-')) {
        throw new AuthenticationError('Illegal token');
      }
      return token.slice('person-'.length);
    };
    const access = {
      caller: async (request: Request) => ({
        person: { userRef: `user:default/${nameOf(request)}` },
      }),
      get: async (
        { person }: { person: { userRef: string } },
        name: string,
      ) => {
        const [, who] = person.userRef.split('/');
        if (name !== this.cluster.name || this.excluded.has(who)) {
          throw new NotFoundError('There is no such cluster');
        }
        return { cluster: this.cluster, shares: [] };
      },
    } as unknown as ClusterAccess;
    return new ProxyCallers({
      callers: {
        credentials: async request => {
          nameOf(request);
          return {} as never;
        },
      },
      access,
      clusters: {
        get: async name =>
          name === this.cluster.name ? this.cluster : undefined,
      },
      entries: new ClusterEntries({
        access,
        tokens: {
          mint: async ({ userRef }: { userRef: string }) => ({
            token: `minted-for-${userRef.split('/')[1]}`,
            expiresAt: new Date(Date.now() + this.tokenLifetime),
          }),
        } as unknown as TokenService,
      }),
      verifier: new ClusterTokenVerifier({
        issuer: issuer?.url ?? ISSUER,
        keyRing: issuer?.keyRing ?? {
          publishedKeys: async () => this.published,
        },
      }),
    });
  }

  #auditor(actor?: string): AuditorService {
    return {
      createEvent: async ({ eventId, meta = {} }) => {
        const event: AuditedEvent = { eventId, actor, meta: { ...meta } };
        this.events.push(event);
        return {
          success: async more => {
            event.outcome = 'success';
            Object.assign(event.meta, more?.meta);
          },
          fail: async ({ error }) => {
            event.outcome = 'fail';
            event.meta.error = error.message;
          },
        };
      },
    };
  }
}
