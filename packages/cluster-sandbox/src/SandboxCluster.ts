import { randomBytes } from 'node:crypto';
import { Authenticator } from './authentication/Authenticator';
import { StaticToken } from './authentication/StaticToken';
import { RbacAuthorizer } from './authorization/RbacAuthorizer';
import { bootstrap } from './bootstrap';
import { Registry } from './registry/Registry';
import { ApiServer } from './server/ApiServer';
import { makeServingCertificate } from './server/certificates';
import { PathHandler } from './server/PathHandler';
import { ResourceHandler } from './server/ResourceHandler';
import { unknownPath } from './status';
import { Store } from './storage/Store';

export interface SandboxIssuer {
  url: string;
  audience: string;
  caPem?: string;
  usernamePrefix?: string;
  groupsPrefix?: string;
}

export interface SandboxOptions {
  name: string;
  port?: number;
  host?: string;
  version?: string;
  issuer?: SandboxIssuer;
  workload?: 'empty' | 'lively';
  gpus?: boolean;
  /** How many writes of each resource are remembered for watches that resume. Default 2000. */
  historySize?: number;
}

const DEFAULT_VERSION = 'v1.33.1';

/** A Kubernetes API server in memory. */
export class SandboxCluster {
  readonly name: string;
  readonly apiServer: string;
  readonly caPem: string;
  readonly adminToken: string;
  readonly #server: ApiServer;

  private constructor(parts: {
    name: string;
    apiServer: string;
    caPem: string;
    adminToken: string;
    server: ApiServer;
  }) {
    this.name = parts.name;
    this.apiServer = parts.apiServer;
    this.caPem = parts.caPem;
    this.adminToken = parts.adminToken;
    this.#server = parts.server;
  }

  static async start(options: SandboxOptions): Promise<SandboxCluster> {
    const { name, port = 0, host = '127.0.0.1' } = options;
    const version = options.version ?? DEFAULT_VERSION;
    const certificate = await makeServingCertificate(name, [
      'localhost',
      '127.0.0.1',
      '::1',
      host,
    ]);
    const adminToken = randomBytes(32).toString('base64url');
    const store = new Store(options.historySize ?? 2000);
    const registry = new Registry(store, []);
    bootstrap(registry);
    store.compact();
    const paths = new PathHandler(version);
    const server = new ApiServer({
      certificate,
      authenticator: new Authenticator([
        new StaticToken(adminToken, {
          username: 'admin',
          groups: ['system:masters'],
        }),
      ]),
      authorizer: new RbacAuthorizer(store),
      paths,
      resources: new ResourceHandler(registry),
      reviews: {
        async handle() {
          throw unknownPath();
        },
      },
      impersonate: user => user,
    });
    const bound = await server.listen(port, host);
    const address = host.includes(':') ? `[${host}]` : host;
    paths.setAddress(`${address}:${bound}`);
    return new SandboxCluster({
      name,
      apiServer: `https://${address}:${bound}`,
      caPem: certificate.caPem,
      adminToken,
      server,
    });
  }

  setIssuer(_issuer: SandboxIssuer | undefined): void {}

  async stop(): Promise<void> {
    await this.#server.close();
  }
}
