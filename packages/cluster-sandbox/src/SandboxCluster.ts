import { randomBytes } from 'node:crypto';
import { Authenticator } from './authentication/Authenticator';
import { impersonate } from './authentication/impersonation';
import { IssuerAuthenticator } from './authentication/IssuerAuthenticator';
import { ServiceAccountTokens } from './authentication/ServiceAccountTokens';
import { StaticToken } from './authentication/StaticToken';
import { LimitRanger } from './admission/LimitRanger';
import { NamespaceLifecycle } from './admission/NamespaceLifecycle';
import { PodDefaults } from './admission/PodDefaults';
import { PodSecurity } from './admission/PodSecurity';
import { QuotaAdmission } from './admission/QuotaAdmission';
import { EscalationCheck } from './authorization/escalation';
import { RbacAuthorizer } from './authorization/RbacAuthorizer';
import { ReviewHandler } from './authorization/ReviewHandler';
import { bootstrap } from './bootstrap';
import { runControllers } from './controllers';
import { ControllerContext } from './controllers/Controller';
import { Registry } from './registry/Registry';
import { seedObject } from './registry/seedObject';
import { ApiServer } from './server/ApiServer';
import { makeServingCertificate } from './server/certificates';
import { PathHandler } from './server/PathHandler';
import { ResourceHandler } from './server/ResourceHandler';
import { SubresourceHandler } from './server/SubresourceHandler';
import { serviceAccounts } from './resources/core';
import { Store } from './storage/Store';
import { KubeObject } from './types';
import { makeLively } from './workload/lively';

/** An OIDC issuer whose tokens a cluster accepts. */
export interface SandboxIssuer {
  /** The issuer's URL, compared with `iss` byte for byte. The discovery document is below it. */
  url: string;
  audience: string;
  /** The CA of the issuer's certificate, if it is not a public one. */
  caPem?: string;
  usernamePrefix?: string;
  groupsPrefix?: string;
}

export interface SandboxOptions {
  name: string;
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The version that the cluster reports. */
  version?: string;
  issuer?: SandboxIssuer;
  /** `lively` creates nodes, workloads and events at the start. Default `empty`. */
  workload?: 'empty' | 'lively';
  /** Whether a lively cluster has a node with GPUs. */
  gpus?: boolean;
  /** How long a deleted namespace stays Terminating. Default 200. */
  terminationDelayMs?: number;
  /** How long a pod takes for each step on its way to Running. Default 300. */
  podStepMs?: number;
  /** The number of writes to remember for each resource, for watches that resume. Default 2000. */
  historySize?: number;
}

/** The default version of a cluster. */
export const DEFAULT_VERSION = 'v1.33.1';

/** A Kubernetes API server in memory. */
export class SandboxCluster {
  readonly name: string;
  /** `https://HOST:PORT` */
  readonly apiServer: string;
  /** The CA of the server's certificate. */
  readonly caPem: string;
  /** The bearer token of the user `admin` in `system:masters`. */
  readonly adminToken: string;
  readonly #server: ApiServer;
  readonly #controllers: ControllerContext;
  readonly #issuer: IssuerAuthenticator;
  readonly #store: Store;

  private constructor(parts: {
    name: string;
    apiServer: string;
    caPem: string;
    adminToken: string;
    server: ApiServer;
    controllers: ControllerContext;
    issuer: IssuerAuthenticator;
    store: Store;
  }) {
    this.name = parts.name;
    this.apiServer = parts.apiServer;
    this.caPem = parts.caPem;
    this.adminToken = parts.adminToken;
    this.#server = parts.server;
    this.#controllers = parts.controllers;
    this.#issuer = parts.issuer;
    this.#store = parts.store;
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
    const authorizer = new RbacAuthorizer(store);
    const registry: Registry = new Registry(store, [
      new NamespaceLifecycle(() => registry),
      new PodDefaults(() => registry),
      new LimitRanger(() => registry),
      new EscalationCheck(authorizer),
      ...(hasPodSecurity(version) ? [new PodSecurity(() => registry)] : []),
      new QuotaAdmission(() => registry),
    ]);
    bootstrap(registry);
    const controllers = runControllers(registry, {
      caPem: certificate.caPem,
      terminationDelayMs: options.terminationDelayMs ?? 200,
      podStepMs: options.podStepMs ?? 300,
    });
    store.compact();
    if (options.workload === 'lively') {
      const gpus = options.gpus ?? false;
      makeLively(controllers, { cluster: name, version, gpus });
    }
    const issuer = new IssuerAuthenticator();
    issuer.set(options.issuer);
    const tokens = new ServiceAccountTokens(
      (namespace, account) =>
        registry.find({
          definition: serviceAccounts,
          namespace,
          name: account,
        })?.metadata.uid,
    );
    const authenticator = new Authenticator([
      new StaticToken(adminToken, {
        username: 'admin',
        groups: ['system:masters'],
      }),
      tokens,
      issuer,
    ]);
    const paths = new PathHandler(version);
    const server = new ApiServer({
      certificate,
      authenticator,
      authorizer,
      paths,
      resources: new SubresourceHandler(
        registry,
        new ResourceHandler(registry),
        tokens,
      ),
      reviews: new ReviewHandler(authorizer, async token => {
        try {
          return await authenticator.authenticate(`Bearer ${token}`);
        } catch {
          return undefined;
        }
      }),
      impersonate: (user, request) =>
        impersonate(
          authorizer,
          user,
          request.headers,
          request.headersDistinct['impersonate-group'] ?? [],
        ),
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
      controllers,
      issuer,
      store,
    });
  }

  /** Makes the cluster trust only the tokens of this issuer from now on. */
  setIssuer(issuer: SandboxIssuer | undefined): void {
    this.#issuer.set(issuer);
  }

  /**
   * Forgets the history of writes, as a real cluster does every few minutes: a client that resumes an earlier
   * watch or list gets a 410.
   */
  forgetHistory(): void {
    this.#store.compact();
  }

  /**
   * Puts existing objects into the store, for clusters that start with thousands. The objects get a UID and
   * defaults, but are not validated, and their fields have no owner. The cluster's controllers see them like any
   * write.
   *
   * @returns the stored objects
   * @throws Error if the cluster does not have the kind
   */
  seed(objects: KubeObject[]): KubeObject[] {
    return objects.map(object => seedObject(this.#store, object));
  }

  /** Ends all watches and connections. */
  async stop(): Promise<void> {
    this.#controllers.queue.stop();
    this.#issuer.set(undefined);
    await this.#server.close();
  }
}

/** Pod Security admission is on from 1.25; earlier versions keep its labels. */
function hasPodSecurity(version: string): boolean {
  return Number(/^v1\.(\d+)/.exec(version)?.[1]) >= 25;
}
