import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { adminKubeconfig } from './adminKubeconfig';
import { apiServerArguments, ControlPlaneOidc } from './apiServerArguments';
import { controllerManagerArguments } from './controllerManagerArguments';
import {
  createTestCertificates,
  TestCertificates,
} from './createTestCertificates';
import { etcdArguments } from './etcdArguments';
import { freePort } from './freePort';
import { ManagedProcess } from './ManagedProcess';
import { schedulerArguments } from './schedulerArguments';
import { TemporaryDirectory } from './TemporaryDirectory';
import { untilReady } from './untilReady';

export interface ControlPlaneOptions {
  oidc?: ControlPlaneOidc;
  /**
   * Runs the controller manager, which aggregates ClusterRoles, finishes deleted namespaces and counts quotas;
   * on by default.
   */
  controllerManager?: boolean;
  /** Runs the scheduler, which assigns pods to nodes; off by default. */
  scheduler?: boolean;
  /** Writes an audit log of writes; off by default. */
  audit?: boolean;
}

/** What an audit log has of a request. */
export interface AuditEvent {
  auditID: string;
  requestURI: string;
  verb: string;
  user: { username: string };
  objectRef?: { resource: string; namespace?: string; name?: string };
}

/** @see https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', verbs: ['get', 'list', 'watch'] },
    { level: 'Metadata' },
  ],
};

const NEEDED = ['etcd', 'kube-apiserver', 'kube-controller-manager'];
/** The API server waits long for watches to end. After this time, all its writes are in etcd. */
const API_SERVER_STOP_MS = 1_000;

/** A real etcd, kube-apiserver, kube-controller-manager and, if wanted, kube-scheduler on loopback, for tests. */
export class ControlPlane {
  readonly apiServer: string;
  /** Bearer token of the user `admin` in `system:masters`. */
  readonly adminToken = randomUUID();

  readonly #assets: string;
  readonly #directory: TemporaryDirectory;
  readonly #port: number;
  readonly #certificates: TestCertificates;
  readonly #agent: Agent;
  readonly #audit: boolean;
  #oidc?: ControlPlaneOidc;
  #etcdUrl = '';
  #etcd?: ManagedProcess;
  #apiServerProcess?: ManagedProcess;
  #controllerManager?: ManagedProcess;
  #scheduler?: ManagedProcess;

  private constructor(
    assets: string,
    directory: TemporaryDirectory,
    port: number,
    certificates: TestCertificates,
    { audit = false, oidc }: ControlPlaneOptions,
  ) {
    this.#assets = assets;
    this.#directory = directory;
    this.#port = port;
    this.#certificates = certificates;
    this.#audit = audit;
    this.#oidc = oidc;
    this.apiServer = `https://127.0.0.1:${port}`;
    this.#agent = new Agent({ connect: { ca: certificates.caPem } });
  }

  /** Returns the folder that `KUBEBUILDER_ASSETS` names, if it contains the programs. */
  static assets(): string | undefined {
    const folder = process.env.KUBEBUILDER_ASSETS;
    return folder && NEEDED.every(name => existsSync(join(folder, name)))
      ? folder
      : undefined;
  }

  /** Returns the version of the API server in that folder, such as `v1.20.2`. */
  static version(): string | undefined {
    const program = join(ControlPlane.assets() ?? '', 'kube-apiserver');
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    return /v\d+\.\d+\.\d+/.exec(stdout ?? '')?.[0];
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
      await TemporaryDirectory.create('control-plane-'),
      await freePort(),
      await createTestCertificates('control plane'),
      options,
    );
    try {
      await controlPlane.#start(options);
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
    return controlPlane;
  }

  get caPem(): string {
    return this.#certificates.caPem;
  }

  /** The last output of the API server, to find out why it refused a call. */
  get apiServerOutput(): string {
    return this.#apiServerProcess?.output ?? '';
  }

  /** The running processes. */
  get processIds(): number[] {
    return [
      this.#etcd,
      this.#apiServerProcess,
      this.#controllerManager,
      this.#scheduler,
    ]
      .filter(running => running !== undefined)
      .map(running => running.pid);
  }

  /** Writes a kubeconfig of the admin. Only the owner of the file can read it. */
  async adminKubeconfig(): Promise<string> {
    const kubeconfig = adminKubeconfig({
      apiServer: this.apiServer,
      caPem: this.caPem,
      adminToken: this.adminToken,
    });
    return this.#write('admin.kubeconfig', kubeconfig);
  }

  /** Reads the audit log, which the option `audit` turns on. */
  async auditEvents(): Promise<AuditEvent[]> {
    const log = await readFile(join(this.#directory.path, 'audit.log'), 'utf8');
    return log
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line));
  }

  /** Stops the API server and starts it on the same port and data, with other OIDC settings if given. */
  async restartApiServer(oidc = this.#oidc): Promise<void> {
    await this.stopApiServer();
    this.#oidc = oidc;
    await this.startApiServer();
  }

  async stopApiServer(): Promise<void> {
    await this.#apiServerProcess?.stop(API_SERVER_STOP_MS);
    this.#apiServerProcess = undefined;
  }

  async startApiServer(): Promise<void> {
    if (this.#oidc) {
      await this.#write('oidc-ca.pem', this.#oidc.caPem);
    }
    const apiServer = ManagedProcess.start(
      join(this.#assets, 'kube-apiserver'),
      apiServerArguments({
        directory: this.#directory.path,
        etcdUrl: this.#etcdUrl,
        port: this.#port,
        oidc: this.#oidc,
        audit: this.#audit,
      }),
    );
    this.#apiServerProcess = apiServer;
    await untilReady('the API server is ready', apiServer, async () => {
      return (await this.#get('/readyz')).status === 200;
    });
  }

  /**
   * Makes etcd drop all revisions except the current one, as the API server does every five minutes. A list that
   * continues from an earlier revision gets a 410.
   */
  async forgetHistory(): Promise<void> {
    const { header } = await this.#etcdCall('range', { key: btoa('/') });
    const { revision } = header;
    await this.#etcdCall('compaction', { revision, physical: true });
  }

  /** Deletes everything in the cluster, as after the loss of etcd's disk, and starts it again. */
  async loseData(): Promise<void> {
    await this.#whileStopped(data => rm(data, { recursive: true }));
  }

  /** Copies everything in the cluster, as a backup of etcd does. @returns the folder of the copy */
  async saveData(): Promise<string> {
    const copy = join(this.#directory.path, `etcd-${randomUUID()}`);
    await this.#whileStopped(data => cp(data, copy, { recursive: true }));
    return copy;
  }

  /** Puts a copy back, as a restore of etcd does: the cluster forgets all later changes. */
  async restoreData(copy: string): Promise<void> {
    await this.#whileStopped(async data => {
      await rm(data, { recursive: true });
      await cp(copy, data, { recursive: true });
    });
  }

  async stop(): Promise<void> {
    await this.#scheduler?.stop();
    this.#scheduler = undefined;
    await this.#controllerManager?.stop();
    this.#controllerManager = undefined;
    await this.stopApiServer();
    await this.#etcd?.stop();
    this.#etcd = undefined;
    await this.#agent.destroy();
    await this.#directory.remove();
  }

  async #whileStopped(work: (data: string) => Promise<void>): Promise<void> {
    await this.stopApiServer();
    await this.#etcd?.stop();
    await work(join(this.#directory.path, 'etcd'));
    await this.#startEtcd();
    await this.startApiServer();
  }

  async #start({
    controllerManager = true,
    scheduler = false,
  }: ControlPlaneOptions): Promise<void> {
    await this.#writeCredentials();
    await this.#startEtcd();
    await this.startApiServer();
    if (controllerManager) {
      await this.#startControllerManager();
    }
    if (scheduler) {
      this.#scheduler = ManagedProcess.start(
        join(this.#assets, 'kube-scheduler'),
        schedulerArguments({
          directory: this.#directory.path,
          kubeconfig: await this.adminKubeconfig(),
          port: await freePort(),
        }),
      );
    }
  }

  async #writeCredentials(): Promise<void> {
    const { caPem, certificatePem, privateKeyPem } = this.#certificates;
    const serviceAccounts = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await this.#write('audit-policy.yaml', JSON.stringify(AUDIT_POLICY));
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
    const etcd = ManagedProcess.start(
      join(this.#assets, 'etcd'),
      etcdArguments({
        directory: join(this.#directory.path, 'etcd'),
        clientUrl: this.#etcdUrl,
        peerUrl: `http://127.0.0.1:${peerPort}`,
      }),
    );
    this.#etcd = etcd;
    await untilReady('etcd is healthy', etcd, async () => {
      return (await request(`${this.#etcdUrl}/health`)).statusCode === 200;
    });
  }

  async #startControllerManager(): Promise<void> {
    const manager = ManagedProcess.start(
      join(this.#assets, 'kube-controller-manager'),
      controllerManagerArguments({
        directory: this.#directory.path,
        kubeconfig: await this.adminKubeconfig(),
        port: await freePort(),
      }),
    );
    this.#controllerManager = manager;
    await untilReady('the role admin is aggregated', manager, async () => {
      const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/admin';
      const { status, body } = await this.#get(role);
      return status === 200 && body.includes('"deployments"');
    });
  }

  /** @see https://etcd.io/docs/v3.4/dev-guide/api_grpc_gateway/ */
  async #etcdCall(method: string, message: object): Promise<any> {
    const { statusCode, body } = await request(
      `${this.#etcdUrl}/v3/kv/${method}`,
      { method: 'POST', body: JSON.stringify(message) },
    );
    const text = await body.text();
    if (statusCode !== 200) {
      throw new Error(`etcd ${method}: ${statusCode} ${text}`);
    }
    return JSON.parse(text);
  }

  async #get(path: string): Promise<{ status: number; body: string }> {
    const { statusCode, body } = await request(`${this.apiServer}${path}`, {
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.adminToken}` },
    });
    return { status: statusCode, body: await body.text() };
  }

  async #write(name: string, content: string): Promise<string> {
    const path = join(this.#directory.path, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }
}
