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

/** The portal's backend in development mode, in a separate process behind https. */
export class Portal {
  readonly url: string;
  readonly issuer: string;
  readonly #certificates: TestCertificates;
  readonly #directory: string;
  readonly #process: ManagedProcess;
  readonly #agent: Agent;

  private constructor(
    url: string,
    certificates: TestCertificates,
    directory: string,
    process: ManagedProcess,
  ) {
    this.url = url;
    this.issuer = `${url}/api/oidc`;
    this.#certificates = certificates;
    this.#directory = directory;
    this.#process = process;
    this.#agent = new Agent({ connect: { ca: certificates.caPem } });
  }

  static async start(): Promise<Portal> {
    const port = await freePort();
    const url = `https://localhost:${port}`;
    const certificates = await createTestCertificates('portal');
    const directory = await mkdtemp(join(tmpdir(), 'portal-'));
    const config = join(directory, 'app-config.e2e.yaml');
    await writeFile(config, stringify(configuration(url, port, certificates)), {
      mode: 0o600,
    });
    const ca = join(directory, 'ca.pem');
    await writeFile(ca, certificates.caPem);
    const nodeTransform = require.resolve(
      '@backstage/cli/config/nodeTransform.cjs',
    );
    const child = ManagedProcess.start(
      process.execPath,
      [
        '--require',
        nodeTransform,
        'src/index.ts',
        '--config',
        join(ROOT, 'app-config.yaml'),
        '--config',
        config,
      ],
      {
        cwd: BACKEND,
        // Plugins call each other at the same address as other clients.
        env: {
          ...process.env,
          NODE_ENV: 'development',
          NODE_EXTRA_CA_CERTS: ca,
        },
      },
    );
    const portal = new Portal(url, certificates, directory, child);
    try {
      await eventually('the portal lets Ada in', async () => {
        child.assertRunning();
        const access = await (await portal.signIn('ada')).getAccess();
        return access.admin;
      });
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
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

  /** Sends a body without any credentials, as a signed-in computer does. */
  async postAsNobody(path: string, body: object): Promise<Response> {
    return this.#fetch(`${this.url}/api/berth${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
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
  { certificatePem, privateKeyPem }: TestCertificates,
) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      https: { certificate: { cert: certificatePem, key: privateKeyPem } },
      cors: { origin: url },
    },
    berth: { clusterProbe: { interval: { seconds: 2 } } },
  };
}
