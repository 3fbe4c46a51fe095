import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { stringify } from 'yaml';
import {
  createTestCertificates,
  TestCertificates,
} from './createTestCertificates';
import { freePort } from './freePort';
import { ManagedProcess } from './ManagedProcess';
import { apiServerArguments } from './apiServerArguments';

/** Which OIDC issuer the API server trusts. */
export interface ControlPlaneOidc {
  issuerUrl: string;
  caPem: string;
  clientId: string;
  /** No prefix by default. */
  usernamePrefix?: string;
  groupsPrefix?: string;
}

export interface ControlPlaneOptions {
  oidc?: ControlPlaneOidc;
  /** Aggregates ClusterRoles, ends namespaces, counts quotas; on by default. */
  controllerManager?: boolean;
}

const NEEDED = ['etcd', 'kube-apiserver', 'kube-controller-manager'];
const READY_DEADLINE_MS = 120_000;

/** A real etcd, kube-apiserver and kube-controller-manager on loopback, for tests. */
export class ControlPlane {
  readonly apiServer: string;
  /** Bearer token of the user `admin` in `system:masters`. */
  readonly adminToken = randomUUID();

  readonly #assets: string;
  readonly #directory: string;
  readonly #port: number;
  readonly #certificates: TestCertificates;
  readonly #agent: Agent;
  #oidc?: ControlPlaneOidc;
  #etcdUrl = '';
  #etcd?: ManagedProcess;
  #apiServerProcess?: ManagedProcess;
  #controllerManager?: ManagedProcess;

  private constructor(
    assets: string,
    directory: string,
    port: number,
    certificates: TestCertificates,
    oidc?: ControlPlaneOidc,
  ) {
    this.#assets = assets;
    this.#directory = directory;
    this.#port = port;
    this.#certificates = certificates;
    this.#oidc = oidc;
    this.apiServer = `https://127.0.0.1:${port}`;
    this.#agent = new Agent({ connect: { ca: certificates.caPem } });
  }

  /** The folder that `KUBEBUILDER_ASSETS` names, if it holds what is needed. */
  static assets(): string | undefined {
    const folder = process.env.KUBEBUILDER_ASSETS;
    return folder && NEEDED.every(name => existsSync(join(folder, name)))
      ? folder
      : undefined;
  }

  /** @throws Error if the programs are missing or do not become ready */
  static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const assets = ControlPlane.assets();
    if (!assets) {
      throw new Error(
        `KUBEBUILDER_ASSETS must name a folder with ${NEEDED.join(', ')}`,
      );
    }
    const controlPlane = new ControlPlane(
      assets,
      await mkdtemp(join(tmpdir(), 'control-plane-')),
      await freePort(),
      await createTestCertificates('control plane'),
      options.oidc,
    );
    try {
      await controlPlane.#start(options.controllerManager ?? true);
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
    return controlPlane;
  }

  get caPem(): string {
    return this.#certificates.caPem;
  }

  /** What the API server wrote last, for finding out why it refused something. */
  get apiServerOutput(): string {
    return this.#apiServerProcess?.output ?? '';
  }

  /** Writes a kubeconfig of the admin. Only its owner may read it. */
  async adminKubeconfig(): Promise<string> {
    const user = { token: this.adminToken };
    return this.#write('admin.kubeconfig', this.#kubeconfig(user));
  }

  /** Stops the API server and starts it on the same port and data, with other OIDC settings if given. */
  async restartApiServer(oidc = this.#oidc): Promise<void> {
    await this.stopApiServer();
    this.#oidc = oidc;
    await this.startApiServer();
  }

  async stopApiServer(): Promise<void> {
    await this.#apiServerProcess?.stop();
    this.#apiServerProcess = undefined;
  }

  async startApiServer(): Promise<void> {
    if (this.#oidc) {
      await this.#write('oidc-ca.pem', this.#oidc.caPem);
    }
    this.#apiServerProcess = ManagedProcess.start(
      join(this.#assets, 'kube-apiserver'),
      apiServerArguments({
        directory: this.#directory,
        etcdUrl: this.#etcdUrl,
        port: this.#port,
        oidc: this.#oidc,
      }),
    );
    await this.#until('the API server is ready', async () => {
      this.#apiServerProcess?.assertRunning();
      return (await this.#get('/readyz')).status === 200;
    });
  }

  async stop(): Promise<void> {
    await this.#controllerManager?.stop();
    await this.stopApiServer();
    await this.#etcd?.stop();
    await this.#agent.destroy();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #start(controllerManager: boolean): Promise<void> {
    await this.#writeCredentials();
    await this.#startEtcd();
    await this.startApiServer();
    if (controllerManager) {
      await this.#startControllerManager();
    }
  }

  async #writeCredentials(): Promise<void> {
    const { caPem, certificatePem, privateKeyPem } = this.#certificates;
    const serviceAccounts = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await this.#write('ca.pem', caPem);
    await this.#write('server.pem', certificatePem);
    await this.#write('server.key', privateKeyPem);
    await this.#write('service-accounts.pem', serviceAccounts.publicKey);
    await this.#write('service-accounts.key', serviceAccounts.privateKey);
    await this.#write(
      'tokens.csv',
      `${this.adminToken},admin,admin,"system:masters"\n`,
    );
  }

  async #startEtcd(): Promise<void> {
    const [clientPort, peerPort] = [await freePort(), await freePort()];
    this.#etcdUrl = `http://127.0.0.1:${clientPort}`;
    const peerUrl = `http://127.0.0.1:${peerPort}`;
    this.#etcd = ManagedProcess.start(join(this.#assets, 'etcd'), [
      `--data-dir=${join(this.#directory, 'etcd')}`,
      `--listen-client-urls=${this.#etcdUrl}`,
      `--advertise-client-urls=${this.#etcdUrl}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--unsafe-no-fsync',
    ]);
    await this.#until('etcd is healthy', async () => {
      this.#etcd?.assertRunning();
      return (await request(`${this.#etcdUrl}/health`)).statusCode === 200;
    });
  }

  async #startControllerManager(): Promise<void> {
    const file = (name: string) => join(this.#directory, name);
    this.#controllerManager = ManagedProcess.start(
      join(this.#assets, 'kube-controller-manager'),
      [
        `--kubeconfig=${await this.adminKubeconfig()}`,
        `--service-account-private-key-file=${file('service-accounts.key')}`,
        `--root-ca-file=${file('ca.pem')}`,
        '--controllers=*',
        '--leader-elect=false',
        '--port=0',
        `--secure-port=${await freePort()}`,
        '--bind-address=127.0.0.1',
        `--cert-dir=${file('controller-manager')}`,
        '--resource-quota-sync-period=5s',
      ],
    );
    await this.#until('the ClusterRole admin is aggregated', async () => {
      this.#controllerManager?.assertRunning();
      const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/admin';
      const { status, body } = await this.#get(role);
      return status === 200 && body.includes('"deployments"');
    });
  }

  async #get(path: string): Promise<{ status: number; body: string }> {
    const { statusCode, body } = await request(`${this.apiServer}${path}`, {
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.adminToken}` },
    });
    return { status: statusCode, body: await body.text() };
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + READY_DEADLINE_MS;
    while (Date.now() < deadline) {
      if (await holds().catch(ignoreConnectionErrors)) {
        return;
      }
      await sleep(200);
    }
    throw new Error(
      `Waited ${READY_DEADLINE_MS / 1000} s in vain until ${what}:\n${
        this.apiServerOutput
      }`,
    );
  }

  #kubeconfig(user: object): string {
    const name = 'control-plane';
    return stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [
        {
          name,
          cluster: {
            server: this.apiServer,
            'certificate-authority-data': Buffer.from(this.caPem).toString(
              'base64',
            ),
          },
        },
      ],
      users: [{ name: 'admin', user }],
      contexts: [{ name, context: { cluster: name, user: 'admin' } }],
    });
  }

  async #write(name: string, content: string): Promise<string> {
    const path = join(this.#directory, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }
}

/** A server that is not up yet refuses connections; anything else is a fault. */
function ignoreConnectionErrors(error: NodeJS.ErrnoException): false {
  if (error.code && /^(ECONN|UND_ERR_SOCKET|EPIPE)/.test(error.code)) {
    return false;
  }
  throw error;
}
