import {
  HelmOperation,
  HelmPreview,
  HelmRequest,
} from '@berth/plugin-berth-common';
import { HumanDuration } from '@backstage/types';
import { Knex } from 'knex';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { ResourcesUnderTest } from '../../../resources/__testUtils__/ResourcesUnderTest';
import { until } from '../../../resources/objects/__testUtils__/TeamCluster';
import { ServedCharts } from '../../charts/__testUtils__/ServedCharts';
import { HelmOperations } from '../../createHelmOperations';
import { aChart, anObject } from '../../runner/__testUtils__/aChart';
import { RunnerUnderTest } from '../../runner/__testUtils__/RunnerUnderTest';
import { registerClusters, startOperations } from './startOperations';

const OK = 200;
const ACCEPTED = 202;
export const NAMESPACE = 'shop';
export const RELEASES = `/clusters/prod/namespaces/${NAMESPACE}/releases`;
/** A job that no controller ends. */
export const WAITING = {
  annotations: { 'helm.sh/hook': 'pre-upgrade' },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'main', image: 'main' }],
      },
    },
  },
};
/** Tokens are renewed after half of this time. */
const TOKEN_MS = 2_000;

type Asked = {
  [Kind in HelmRequest['kind']]: Extract<HelmRequest, { kind: Kind }>;
}[HelmRequest['kind']];
type Short<Request> = Request extends Asked
  ? Omit<Request, 'cluster' | 'namespace'>
  : never;

/** The routes of operations on releases, with the real helm and a real API server. Alice and Bob may enter it. */
export class OperationsOnCluster {
  readonly charts = new ServedCharts();
  /** The people who may enter the cluster now. */
  readonly people: Record<
    string,
    { token: string; namespaces: string[]; role?: string }
  > = {};
  cluster!: RunnerUnderTest;
  portal!: ResourcesUnderTest;
  #database!: Knex;
  #operations?: HelmOperations;

  async start(database: Knex): Promise<void> {
    this.cluster = await RunnerUnderTest.start();
    const { apiServer, caPem } = this.cluster.aRun({
      command: { kind: 'test', namespace: NAMESPACE, release: 'web' },
    }).cluster;
    this.let('alice');
    this.let('bob');
    const { people } = this;
    this.portal = await ResourcesUnderTest.start({
      prod: { ...{ apiServer, caPem, people }, version: 'v1.20.2' },
    });
    await registerClusters(database, { prod: { apiServer, caPem } });
    this.#database = database;
    await this.restart();
  }

  /** Starts the portal again. An operation then waits for objects that long. */
  async restart(readyTimeout: HumanDuration = { minutes: 10 }): Promise<void> {
    await this.#operations?.stop();
    const { entries } = this.portal.parts;
    this.#operations = await startOperations(this.portal, {
      charts: this.charts,
      database: this.#database,
      enter: async (...call) => ({
        ...(await entries.enter(...call)),
        expiresAt: new Date(Date.now() + TOKEN_MS),
      }),
      helm: { binary: this.cluster.helm, readyTimeout: { ...readyTimeout } },
    });
  }

  async stop(): Promise<void> {
    await this.#operations?.stop();
    await this.charts.close();
    await this.portal?.stop();
    await this.cluster?.stop();
  }

  /** Lets a person enter the cluster. */
  let(person: string, role = 'edit'): void {
    const { token } = this.cluster;
    this.people[person] = { token, namespaces: [NAMESPACE], role };
  }

  /** Takes the right to enter the cluster from a person. */
  leave(person: string): void {
    delete this.people[person];
  }

  /** Writes the status of an object, as a controller would. */
  async patchStatus(
    version: string,
    object: string,
    status: object,
  ): Promise<void> {
    await this.cluster.admin.request({
      method: 'PATCH',
      path: `${version}/namespaces/${NAMESPACE}/${object}/status`,
      body: {
        contentType: 'application/merge-patch+json',
        content: { status },
      },
    });
  }

  async call<T>(
    method: string,
    path: string,
    body?: object,
    person = 'alice',
  ): Promise<{ status: number; body: T }> {
    const answer = await this.portal.fetch(path, person, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  }

  /** Starts an operation after its preview. */
  async run(asked: Short<Asked>, person = 'alice') {
    const request = { ...asked, cluster: 'prod', namespace: NAMESPACE };
    const preview = await this.call<HelmPreview>(
      'POST',
      '/helm/previews',
      request,
      person,
    );
    if (preview.status !== OK || preview.body.refusals.length > 0) {
      throw new Error(`No preview: ${JSON.stringify(preview)}`);
    }
    const id = ulid();
    const body = { ...request, previewDigest: preview.body.digest };
    const path = `/helm/operations/${id}`;
    const started = await this.call<HelmOperation>('PUT', path, body, person);
    if (started.status !== ACCEPTED) {
      throw new Error(`Not started: ${JSON.stringify(started)}`);
    }
    return { id, path, body, preview: preview.body };
  }

  async linesOf(path: string): Promise<string[]> {
    return (
      await this.call<{ items: { text: string }[]; next?: number }>(
        'GET',
        `${path}/lines`,
      )
    ).body.items.map(({ text }) => text);
  }

  /** Resolves once the operation has a line with a text. */
  async reaches(path: string, text: string): Promise<void> {
    await until(async () =>
      (await this.linesOf(path)).some(line => line.includes(text)),
    );
  }

  async ended(
    path: string,
    state: HelmOperation['state'] = 'Succeeded',
    person = 'alice',
  ): Promise<HelmOperation> {
    let operation: HelmOperation | undefined;
    await until(async () => {
      operation = (
        await this.call<HelmOperation>('GET', path, undefined, person)
      ).body;
      return operation.endedAt !== undefined;
    });
    if (operation!.state !== state) {
      const { message, advice } = operation!;
      throw new Error(
        [message, advice, ...(await this.linesOf(path))].join('\n'),
      );
    }
    return operation!;
  }

  /** Installs a release whose upgrade waits for a job that never ends. */
  async installSlow(release: string) {
    const folder = await mkdtemp(join(tmpdir(), 'slow-'));
    const chart = join(folder, 'chart.tgz');
    await writeFile(
      chart,
      await aChart({
        'templates/all.yaml': anObject('batch/v1', 'Job', release, WAITING),
      }),
    );
    await this.cluster.direct('install', release, chart);
    await rm(folder, { recursive: true });
  }
}
