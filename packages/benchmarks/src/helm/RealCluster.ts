import {
  adminKubeconfig,
  ControlPlane,
  TemporaryDirectory,
} from '@berth/control-plane';
import { currentHelm } from '@berth/kube-binaries';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AddressPolicy, DefaultKubeClientFactory } from '../backend';

const MAX_OUTPUT = 64 * 1024 * 1024;

export const NAMESPACE = 'shop';

/** A real control plane, and helm that calls it without a portal. */
export class RealCluster {
  readonly clients: DefaultKubeClientFactory;

  static async start(): Promise<RealCluster> {
    const [controlPlane, helm, directory] = await Promise.all([
      ControlPlane.start(),
      currentHelm(),
      TemporaryDirectory.create('bench-helm-'),
    ]);
    if (helm === undefined) {
      await controlPlane.stop();
      throw new Error('There is no helm for this kind of computer');
    }
    const cluster = new RealCluster(controlPlane, helm, directory);
    await cluster.useAddress(controlPlane.apiServer);
    await cluster.create('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    return cluster;
  }

  private constructor(
    readonly controlPlane: ControlPlane,
    /** The path of helm. */
    readonly helmPath: string,
    readonly directory: TemporaryDirectory,
  ) {
    this.clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
  }

  get admin() {
    return this.clients.forPerson(
      this.controlPlane,
      this.controlPlane.adminToken,
    );
  }

  /** Lets helm call the API server at an address. */
  async useAddress(apiServer: string): Promise<void> {
    const { caPem, adminToken } = this.controlPlane;
    await writeFile(
      this.path('kubeconfig'),
      adminKubeconfig({ apiServer, caPem, adminToken }),
      { mode: 0o600 },
    );
  }

  /** Runs helm as the administrator. */
  async helm(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(this.helmPath, args, {
      cwd: this.directory.path,
      env: { HOME: this.directory.path, KUBECONFIG: this.path('kubeconfig') },
      maxBuffer: MAX_OUTPUT,
    });
    return stdout;
  }

  async create(path: string, content: object): Promise<void> {
    const body = { contentType: 'application/json', content };
    await this.admin.request({ method: 'POST', path, body });
  }

  path(name: string): string {
    return join(this.directory.path, name);
  }

  async stop(): Promise<void> {
    await this.clients.close();
    await this.controlPlane.stop();
    await this.directory.remove();
  }
}
