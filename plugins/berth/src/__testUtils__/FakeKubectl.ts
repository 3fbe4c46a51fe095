import {
  CountedPage,
  ConnectDeviceRequest,
  ConnectedDevice,
  KubeconfigQuery,
  KubectlDevice,
  KubectlDeviceQuery,
  KubectlPortal,
} from '@berth/plugin-berth-common';
import { FakeNamespaces } from './FakeNamespaces';
import { responseError } from './responseError';

const HOUR = 3_600_000;

/** The part of `FakeBerthApi` that serves the devices of kubectl. */
export class FakeKubectl extends FakeNamespaces {
  devicesById = new Map<string, KubectlDevice>();
  /** Whether sign-in with kubectl is turned on. */
  kubectlEnabled = true;

  async getKubectlPortal(): Promise<KubectlPortal> {
    await this.#requireKubectl();
    return {
      app: 'https://portal.example.com',
      api: 'https://portal.example.com/api/berth',
      issuer: 'https://portal.example.com/api/oidc',
      time: new Date().toISOString(),
      signInLifetime: 12 * 3600,
    };
  }

  async connectDevice(request: ConnectDeviceRequest): Promise<ConnectedDevice> {
    await this.#requireKubectl();
    const { name, system, version } = request;
    const device = aDevice(name, {
      id: `01KBDEV0000000000000${String(this.devicesById.size).padStart(
        6,
        '0',
      )}`,
      user: this.access.user,
      system,
      version,
      state: 'Pending',
    });
    this.devicesById.set(device.id, device);
    const { id, endsAt } = device;
    return { id, code: 'c'.repeat(43), codeExpiresIn: 120, endsAt };
  }

  async listDevices({ user }: KubectlDeviceQuery = {}): Promise<
    CountedPage<KubectlDevice>
  > {
    await this.#requireKubectl();
    const items = this.#devicesOf(user).sort((a, b) =>
      b.createdAt.localeCompare(a.createdAt),
    );
    return { items, totalItems: items.length, offset: 0 };
  }

  async endDevice(id: string): Promise<void> {
    await this.#requireKubectl();
    const device = this.devicesById.get(id);
    if (!device) {
      throw await responseError(404, `There is no device "${id}"`);
    }
    this.#end(device);
  }

  async endDevices({ user }: KubectlDeviceQuery = {}): Promise<void> {
    await this.#requireKubectl();
    this.#devicesOf(user).forEach(device => this.#end(device));
  }

  async getKubeconfig({ cluster, namespace }: KubeconfigQuery = {}) {
    await this.#requireKubectl();
    return `apiVersion: v1\nkind: Config\n# ${cluster} ${namespace}\n`;
  }

  /** Adds a device that a person has connected. */
  connected(...devices: KubectlDevice[]): this {
    devices.forEach(device => this.devicesById.set(device.id, device));
    return this;
  }

  #devicesOf(user = this.access.user): KubectlDevice[] {
    return [...this.devicesById.values()].filter(
      device => user === '*' || device.user === user,
    );
  }

  #end(device: KubectlDevice) {
    this.devicesById.set(device.id, {
      ...device,
      state: 'Ended',
      endedWhy: `${this.access.user} ended the sign-in.`,
    });
  }

  async #requireKubectl(): Promise<void> {
    if (!this.kubectlEnabled) {
      throw await responseError(404, 'There is no such route');
    }
  }
}

/** A computer that is signed in with kubectl. */
export function aDevice(
  name: string,
  device: Partial<KubectlDevice> = {},
): KubectlDevice {
  return {
    id: `01KBDEVICE${name.toUpperCase()}`,
    user: 'user:default/alice',
    name,
    system: 'linux',
    version: '0.1.0',
    state: 'Active',
    createdAt: new Date(Date.now() - HOUR).toISOString(),
    endsAt: new Date(Date.now() + 11 * HOUR).toISOString(),
    ...device,
  };
}
