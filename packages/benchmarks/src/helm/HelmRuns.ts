import { readFile, writeFile, mkdir } from 'node:fs/promises';
import {
  createHelmParts,
  digestKeyOf,
  HelmRun,
  HelmRunner,
  openRelease,
  Previews,
} from '../backend';
import { openLists } from '../portal/openLists';
import { NAMESPACE, RealCluster } from './RealCluster';

const PERSON = 'user:default/admin';
const TIMEOUT_MS = 120_000;
/** A hook that never ends, because the cluster has no nodes. */
const HOOK = `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-wait
  annotations: {"helm.sh/hook": pre-install}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: main}]
`;

type Started = Pick<HelmRun, 'command'> & Partial<HelmRun>;

/** Runs helm as a portal does: in its bounds, through the relay, as a person. */
export class HelmRuns {
  /** The chart that `helm create` makes. */
  readonly chart: Buffer;
  /** A chart whose installation waits for a hook. */
  readonly waitingChart: Buffer;
  readonly #cluster: RealCluster;
  readonly #runner: HelmRunner;

  static async start(
    cluster: RealCluster,
    concurrency: number,
  ): Promise<HelmRuns> {
    await cluster.helm('create', 'web');
    await cluster.helm('package', 'web');
    await mkdir(cluster.path('waiting/templates'), { recursive: true });
    await writeFile(
      cluster.path('waiting/Chart.yaml'),
      'apiVersion: v2\nname: waiting\nversion: 0.1.0\n',
    );
    await writeFile(cluster.path('waiting/templates/hook.yaml'), HOOK);
    await cluster.helm('package', 'waiting');
    const runner = await HelmRunner.create({
      binary: cluster.helmPath,
      concurrency,
      deny: [],
      gateway: cluster.clients,
      sandbox: 'preferred',
    });
    const [chart, waitingChart] = await Promise.all(
      ['web', 'waiting'].map(name =>
        readFile(cluster.path(`${name}-0.1.0.tgz`)),
      ),
    );
    return new HelmRuns(cluster, runner, chart, waitingChart);
  }

  private constructor(
    cluster: RealCluster,
    runner: HelmRunner,
    chart: Buffer,
    waitingChart: Buffer,
  ) {
    this.#cluster = cluster;
    this.#runner = runner;
    this.chart = chart;
    this.waitingChart = waitingChart;
  }

  run(started: Started) {
    return this.#runner.run({
      mode: 'apply',
      cluster: this.#target,
      person: PERSON,
      token: async () => this.#token,
      signal: new AbortController().signal,
      timeoutMs: TIMEOUT_MS,
      ...started,
    });
  }

  /** @throws Error with what helm printed */
  async install(release: string): Promise<void> {
    const { exitCode, stderr } = await this.run({
      command: { kind: 'install', namespace: NAMESPACE, release },
      chart: this.chart,
    });
    if (exitCode !== 0) {
      throw new Error(`helm install ended with ${exitCode}: ${stderr}`);
    }
  }

  /** Makes the preview that a person sees before an upgrade of the values. */
  async previewUpgrade(release: string, values: string): Promise<void> {
    const { apiServer, caPem, adminToken } = this.#cluster.controlPlane;
    const parts = createHelmParts({
      ...openLists({
        ...{ apiServers: [apiServer], caPem, token: adminToken },
        namespaces: [NAMESPACE],
      }),
      clients: this.#cluster.clients,
      configMapStorage: false,
      // A preview needs no other part of a portal.
    } as unknown as Parameters<typeof createHelmParts>[0]);
    const previews = new Previews({
      charts: {
        open: async () => {
          throw new Error('The chart is that of the release');
        },
      },
      digestKey: digestKeyOf('a secret of the bench with enough characters'),
      historyMax: 10,
      runner: this.#runner,
    });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const address = {
      cluster: this.#target.name,
      namespace: NAMESPACE,
      release,
    };
    const entry = { cluster: this.#target, ...this.#token } as Parameters<
      typeof openRelease
    >[1]['entry'];
    const { preview } = await previews.preview(
      {
        ...openRelease(parts, { userRef: PERSON, entry, address, signal }),
        cluster: this.#target,
        person: PERSON,
        token: async () => this.#token,
      },
      { kind: 'upgrade', ...address, baseRevision: 1, values },
      signal,
    );
    if (preview.refusals.length > 0) {
      throw new Error(preview.refusals.join('\n'));
    }
  }

  close(): Promise<void> {
    return this.#runner.close();
  }

  get #target() {
    const { apiServer, caPem } = this.#cluster.controlPlane;
    return {
      ...{ id: 'id-0', name: 'prod00', revision: 1, apiServer, caPem },
      status: { version: 'v1.20.2' },
    };
  }

  get #token() {
    return {
      token: this.#cluster.controlPlane.adminToken,
      expiresAt: new Date(Date.now() + 600_000),
    };
  }
}
