import {
  createTestCertificates,
  freePort,
  ManagedProcess,
  TestCertificates,
} from '@berth/control-plane';
import {
  BerthClient,
  BerthClientOptions,
  createKubeconfig,
} from '@berth/plugin-berth-common';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch as undiciFetch } from 'undici';
import { stringify } from 'yaml';
import { BACKEND, ROOT } from '../root';
import { eventually } from './eventually';

const CONFIG = 'app-config.e2e.yaml';
const CA = 'ca.pem';
const DATABASES = 'databases';

/** The portal's backend in development mode, in a separate process behind https. */
export class Portal {
  readonly url: string;
  readonly issuer: string;
  readonly #certificates: TestCertificates;
  readonly #directory: string;
  #process: ManagedProcess;
  readonly #agent: Agent;

  private constructor(
    url: string,
    certificates: TestCertificates,
    directory: string,
  ) {
    this.url = url;
    this.issuer = `${url}/api/oidc`;
    this.#certificates = certificates;
    this.#directory = directory;
    this.#process = this.#run();
    this.#agent = new Agent({ connect: { ca: certificates.caPem } });
  }

  /** @param databases - whether the databases are on disk, so that `restart` keeps them */
  static async start(databases: 'memory' | 'disk' = 'memory'): Promise<Portal> {
    const port = await freePort();
    const url = `https://localhost:${port}`;
    const certificates = await createTestCertificates('portal');
    const directory = await mkdtemp(join(tmpdir(), 'portal-'));
    const config = configuration(url, port, certificates);
    await writeFile(
      join(directory, CONFIG),
      stringify(
        databases === 'memory' ? config : withDatabases(config, directory),
      ),
      { mode: 0o600 },
    );
    await writeFile(join(directory, CA), certificates.caPem);
    const portal = new Portal(url, certificates, directory);
    try {
      await portal.#untilReady();
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  /** Stops the backend, does something with the folder of its databases, and starts the backend again. */
  async restart(work: (databases: string) => Promise<void>): Promise<void> {
    await this.#process.stop();
    await work(join(this.#directory, DATABASES));
    this.#process = this.#run();
    await this.#untilReady();
  }

  #run(): ManagedProcess {
    const nodeTransform = require.resolve(
      '@backstage/cli/config/nodeTransform.cjs',
    );
    return ManagedProcess.start(
      process.execPath,
      [
        '--require',
        nodeTransform,
        'src/index.ts',
        '--config',
        join(ROOT, 'app-config.yaml'),
        '--config',
        join(this.#directory, CONFIG),
      ],
      {
        cwd: BACKEND,
        // Plugins call each other at the same address as other clients.
        env: {
          ...process.env,
          NODE_ENV: 'development',
          NODE_EXTRA_CA_CERTS: join(this.#directory, CA),
        },
      },
    );
  }

  async #untilReady(): Promise<void> {
    await eventually('the portal lets Ada in', async () => {
      this.#process.assertRunning();
      const access = await (await this.signIn('ada')).getAccess();
      return access.admin;
    });
  }

  /** The CA of the portal, for programs that read a file. */
  get caFile(): string {
    return join(this.#directory, 'ca.pem');
  }

  get caPem(): string {
    return this.#certificates.caPem;
  }

  /** The last output of the backend. */
  get log(): string {
    return this.#process.output;
  }

  /** Returns a real Backstage token of one of the example people. */
  async userToken(name: string): Promise<string> {
    const response = await this.#fetch(
      `${this.url}/api/auth/development/refresh`,
      { headers: { 'x-berth-development-user': `user:default/${name}` } },
    );
    if (!response.ok) {
      throw new Error(
        `Sign-in as ${name}: ${response.status} ${await response.text()}`,
      );
    }
    const session: any = await response.json();
    return session.backstageIdentity.token;
  }

  /** Signs in as one of the example people. */
  async signIn(name: string): Promise<BerthClient> {
    return new BerthClient(this.#as(await this.userToken(name)));
  }

  /** Reads from another plugin of the portal as one of the example people. @returns status and text of the answer */
  async read(
    person: string,
    path: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; text: string }> {
    const token = await this.userToken(person);
    const response = await this.#fetch(`${this.url}${path}`, {
      headers: { ...headers, Authorization: `Bearer ${token}` },
    });
    return { status: response.status, text: await response.text() };
  }

  /** Returns a kubeconfig with a new token, as the portal's pages generate it. */
  async kubeconfig(person: string, cluster: string): Promise<string> {
    const client = await this.signIn(person);
    const [{ username }, { apiServer, caData, shares }, { token }] =
      await Promise.all([
        client.getAccess(),
        client.getCluster(cluster),
        client.createToken(cluster),
      ]);
    const namespace = shares[0]?.namespace;
    return createKubeconfig([
      { cluster, apiServer, caData, username, token, namespace },
    ]);
  }

  /** Runs the checks of a cluster and returns the result. */
  async check(cluster: string, person = 'ada') {
    const client = await this.signIn(person);
    await client.runChecks(cluster);
    return (await client.getCluster(cluster)).status;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await this.#agent.destroy();
    await rm(this.#directory, { recursive: true, force: true });
  }

  #as(token: string): BerthClientOptions {
    return {
      getBaseUrl: async () => `${this.url}/api/berth`,
      fetch: (input, init) =>
        this.#fetch(`${input}`, {
          ...init,
          headers: { ...init?.headers, Authorization: `Bearer ${token}` },
        }),
    };
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const response = await undiciFetch(url, {
      ...(init as object),
      dispatcher: this.#agent,
    });
    return response as unknown as Response;
  }
}

function configuration(
  url: string,
  port: number,
  { caPem, certificatePem, privateKeyPem }: TestCertificates,
) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      https: { certificate: { cert: certificatePem, key: privateKeyPem } },
      cors: { origin: url },
    },
    berth: {
      clusterProbe: { interval: { seconds: 2 } },
      onboarding: { issuerCertificateAuthority: caPem },
    },
  };
}

function withDatabases(
  config: ReturnType<typeof configuration>,
  directory: string,
) {
  const connection = { directory: join(directory, DATABASES) };
  return {
    ...config,
    backend: {
      ...config.backend,
      database: { client: 'better-sqlite3', connection },
    },
  };
}
