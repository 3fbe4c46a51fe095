import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { adminKubeconfig, ControlPlane } from '@berth/control-plane';
import { currentHelm } from '@berth/kube-binaries';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  PersonClient,
} from '../../../kube';
import { create } from '../../../resources/objects/__testUtils__/TeamCluster';
import { HelmRunner, HelmRunnerOptions } from '../HelmRunner';
import { HelmResult, HelmRun } from '../types';
import { aChart, anObject } from './aChart';

export const NAMESPACE = 'shop';
export const OTHER = 'other';

type Started = Partial<HelmRun> & Pick<HelmRun, 'command'>;

/** The runner before a real API server without controllers, so that no job ever ends. */
export class RunnerUnderTest {
  readonly admin: PersonClient;
  readonly helm: string;
  /** The paths that were asked of the API server for helm. */
  readonly asked: string[] = [];
  readonly #controlPlane: ControlPlane;
  readonly #clients: DefaultKubeClientFactory;
  readonly #home: string;
  readonly #runners: HelmRunner[] = [];

  static async start(): Promise<RunnerUnderTest> {
    const [controlPlane, helm, home] = await Promise.all([
      ControlPlane.start({ audit: true }),
      currentHelm(),
      mkdtemp(join(tmpdir(), 'home-')),
    ]);
    const runner = new RunnerUnderTest(controlPlane, helm!, home);
    for (const name of [NAMESPACE, OTHER]) {
      await create(runner.admin, '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    await writeFile(join(home, 'kubeconfig'), adminKubeconfig(controlPlane), {
      mode: 0o600,
    });
    return runner;
  }

  private constructor(controlPlane: ControlPlane, helm: string, home: string) {
    this.helm = helm;
    this.#controlPlane = controlPlane;
    this.#home = home;
    this.#clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    this.admin = this.#clients.forPerson(controlPlane, this.token);
  }

  /** The token of the person. */
  get token(): string {
    return this.#controlPlane.adminToken;
  }

  async runner(options: Partial<HelmRunnerOptions> = {}): Promise<HelmRunner> {
    const runner = await HelmRunner.create({
      binary: this.helm,
      concurrency: 2,
      deny: [],
      gateway: {
        open: (target, token, request) => {
          this.asked.push(request.path);
          return this.#clients.open(target, token, request);
        },
      },
      sandbox: 'required',
      ...options,
    });
    this.#runners.push(runner);
    return runner;
  }

  /** What a run takes, for the administrator by default. */
  aRun(run: Started): HelmRun {
    const { apiServer, caPem } = this.#controlPlane;
    return {
      mode: 'apply',
      cluster: { name: 'prod', apiServer, caPem },
      person: 'user:default/ann',
      token: async () => ({
        token: this.token,
        expiresAt: new Date(Date.now() + 600_000),
      }),
      signal: new AbortController().signal,
      timeoutMs: 60_000,
      ...run,
    };
  }

  /** Installs a release with one ConfigMap, without the runner. */
  async install(release: string): Promise<void> {
    const chart = join(this.#home, `${release}.tgz`);
    await writeFile(
      chart,
      await aChart({
        'templates/first.yaml': anObject('v1', 'ConfigMap', release),
      }),
    );
    await this.direct('install', release, chart);
  }

  /** Runs helm as the administrator, without the runner. */
  async direct(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      this.helm,
      [...args, '--namespace', NAMESPACE],
      { env: { HOME: this.#home, KUBECONFIG: join(this.#home, 'kubeconfig') } },
    );
    return stdout;
  }

  /** The latest revision of a release. */
  async latest(release: string): Promise<{ revision: number; status: string }> {
    const history = JSON.parse(
      await this.direct('history', release, '--output=json'),
    );
    return history.at(-1);
  }

  /** Returns the requests that wrote to the cluster and were no dry runs. */
  async writes(): Promise<string[]> {
    const events = await this.#controlPlane.auditEvents();
    return events
      .filter(
        ({ requestURI, user, verb }) =>
          user.username === 'admin' &&
          !['get', 'list', 'watch'].includes(verb) &&
          !requestURI.includes('dryRun=All'),
      )
      .map(({ requestURI, verb }) => `${verb} ${requestURI}`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#runners.map(runner => runner.close()));
    await this.#clients.close();
    await this.#controlPlane.stop();
    await rm(this.#home, { recursive: true });
  }
}

/** Fails with what helm printed. */
export function assertSucceeded(result: HelmResult): void {
  const { ended, exitCode, stderr, blocked } = result;
  expect({ ended, exitCode, stderr, blocked }).toEqual({
    ended: 'exited',
    exitCode: 0,
    stderr: '',
    blocked: [],
  });
}
