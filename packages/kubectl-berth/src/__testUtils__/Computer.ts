import {
  ChildProcessWithoutNullStreams,
  execFileSync,
  spawn,
} from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { portalFolders } from '../cache/folders';
import { createDeviceKey } from '../device/deviceKey';
import { Device, deviceFile, writeDevice } from '../device/Device';
import { FakePortal, ulid } from './FakePortal';

const PACKAGE = resolve(__dirname, '..', '..'); // eslint-disable-line no-restricted-syntax

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A computer of a person: a home folder of its own, and the real program. */
export class Computer {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #root: string;

  constructor() {
    this.#root = mkdtempSync(join(tmpdir(), 'kubectl-berth-'));
    this.home = join(this.#root, 'home');
    mkdirSync(this.home);
    this.env = { PATH: process.env.PATH, HOME: this.home };
  }

  get program(): string {
    return join(this.#root, 'dist', 'kubectl-berth.mjs');
  }

  /** Builds the program from its sources. */
  build(): this {
    execFileSync(
      process.execPath,
      [join(PACKAGE, 'build.mjs'), '--out', join(this.#root, 'dist')],
      { stdio: 'pipe' },
    );
    return this;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** Starts with an empty home folder again. */
  reset(): void {
    rmSync(this.home, { recursive: true, force: true });
    mkdirSync(this.home);
  }

  stateFolder(portal: string): string {
    return portalFolders(portal, this.env).state!;
  }

  cacheFolder(portal: string): string {
    return portalFolders(portal, this.env).cache!;
  }

  deviceFile(portal: string): string {
    return deviceFile(this.stateFolder(portal));
  }

  /** Signs in without a browser, as `login` does; by another address for a portal behind a proxy. */
  signIn(portal: FakePortal, address = portal.address): Device {
    const key = createDeviceKey();
    const [x, y] = key.publicKey.split('.');
    const device: Device = {
      portal: address,
      id: ulid(),
      user: 'user:default/ada',
      name: 'laptop-x',
      privateKey: key.privateKey,
      issuer: `${portal.address}/api/oidc`,
      app: portal.address,
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      clockOffset: 0,
    };
    portal.devices.set(device.id, { x, y });
    writeDevice(this.stateFolder(address), device);
    return device;
  }

  start(
    args: string[],
    env: NodeJS.ProcessEnv = {},
  ): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [this.program, ...args], {
      env: { ...this.env, ...env },
    });
  }

  run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return outcome(this.start(args, env));
  }
}

export async function outcome(
  child: ChildProcessWithoutNullStreams,
): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done, reject) => {
    child.once('error', reject);
    child.once('close', done);
  });
  return { code, stdout, stderr };
}
