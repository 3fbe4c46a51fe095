import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  HelmOperation,
  HelmPreview,
  HelmRequest,
} from '@berth/plugin-berth-common';
import { describeWithControlPlane } from '@berth/control-plane';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { migrate } from '../../database/migrate';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { ResourcesUnderTest } from '../../resources/__testUtils__/ResourcesUnderTest';
import {
  create,
  until,
} from '../../resources/objects/__testUtils__/TeamCluster';
import { aReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { ServedCharts } from '../charts/__testUtils__/ServedCharts';
import { createHelmOperations, HelmOperations } from '../createHelmOperations';
import { aChart, anObject } from '../runner/__testUtils__/aChart';
import { RunnerUnderTest } from '../runner/__testUtils__/RunnerUnderTest';
import { KilledUpgrades } from './__testUtils__/killed/KilledUpgrades';

const START_MS = 180_000;
const NAMESPACE = 'shop';
const RELEASES = `/clusters/prod/namespaces/${NAMESPACE}/releases`;
const SLOW = {
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

/** All points at which a replica is killed, in turn; the first ones by default. */
const KILLS = Number(process.env.BERTH_HELM_KILLS ?? 2);
const KILL_POINTS = [
  [2, 'after', 'Interrupted', ['deployed', 'failed']],
  [3, 'after', 'Interrupted', ['superseded', 'failed']],
  [1, 'before', 'Interrupted', ['deployed']],
  [1, 'after', 'Interrupted', ['deployed', 'failed']],
  [2, 'before', 'Interrupted', ['deployed', 'failed']],
  [3, 'before', 'Interrupted', ['deployed', 'failed']],
  [4, 'before', 'Interrupted', ['superseded', 'failed']],
  [4, 'after', 'Succeeded', ['superseded', 'deployed']],
] as const;
const KILL_MS = 60_000;

jest.setTimeout(60_000);

describeWithControlPlane('operations on releases of a real API server', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let cluster: RunnerUnderTest;
  let portal: ResourcesUnderTest;
  let operations: HelmOperations;
  const charts = new ServedCharts();

  beforeAll(async () => {
    cluster = await RunnerUnderTest.start();
    const { apiServer, caPem } = cluster.aRun({
      command: { kind: 'test', namespace: NAMESPACE, release: 'web' },
    }).cluster;
    portal = await ResourcesUnderTest.start({
      prod: {
        ...{ apiServer, caPem, version: 'v1.20.2' },
        people: { alice: { token: cluster.token, namespaces: [NAMESPACE] } },
      },
    });
    const database = await databases.init('SQLITE_3');
    await migrate(database);
    const { id } = await DatabaseClusterStore.create(database).create({
      ...{ name: 'prod', apiServer, caPem, connection: 'oidc' },
      ...{ usernamePrefix: '', groupsPrefix: '' },
    });
    await database('clusters').where({ id }).update({ id: 'id-of-prod' });
    operations = await createHelmOperations({
      ...portal.parts,
      auditor: Object.assign(portal.parts.auditor, {
        actingAs: () => portal.parts.auditor,
      }),
      auth: mockServices.auth(),
      authorizer: {
        prepare: () => {},
        require: async () => {},
        ask: async () => ({ result: AuthorizeResult.ALLOW }),
        recordedCredentials: () => ({}),
      },
      charts,
      catalogPeople: {
        read: async (userRef: string) => ({
          ...{ userRef, uid: 'uid-of-alice', admin: false, auditor: false },
        }),
      },
      config: mockServices.rootConfig({
        data: { berth: { helm: { binary: cluster.helm } } },
      }),
      configMapStorage: false,
      database,
      encryptionSecrets: ['a secret of at least thirty-two characters'],
      logger: mockServices.logger.mock(),
      metrics: metricsServiceMock.mock(),
      production: false,
      scheduler: mockServices.scheduler.mock(),
    } as never);
    portal.more = operations.router;
    operations.start();
  }, START_MS);

  afterAll(async () => {
    await operations?.stop();
    await charts.close();
    await portal?.stop();
    await cluster?.stop();
  }, START_MS);

  async function call<T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> {
    const answer = await portal.fetch(path, 'alice', {
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

  type Asked = {
    [Kind in HelmRequest['kind']]: Extract<HelmRequest, { kind: Kind }>;
  }[HelmRequest['kind']];
  type Short<Request> = Request extends Asked
    ? Omit<Request, 'cluster' | 'namespace'>
    : never;

  async function start(asked: Short<Asked>) {
    const request = { ...asked, cluster: 'prod', namespace: NAMESPACE };
    const preview = await call<HelmPreview>('POST', '/helm/previews', request);
    expect(preview).toMatchObject({ status: 200, body: { refusals: [] } });
    const id = ulid();
    const body = { ...request, previewDigest: preview.body.digest };
    const path = `/helm/operations/${id}`;
    const started = await call<HelmOperation>('PUT', path, body);
    expect(started).toMatchObject({ status: 202 });
    return { id, path, body, preview: preview.body };
  }

  const linesOf = async (path: string) =>
    (
      await call<{ items: { text: string }[]; next?: number }>(
        'GET',
        `${path}/lines`,
      )
    ).body.items.map(({ text }) => text);

  async function ended(
    path: string,
    state: HelmOperation['state'] = 'Succeeded',
  ): Promise<HelmOperation> {
    let operation: HelmOperation | undefined;
    await until(async () => {
      operation = (await call<HelmOperation>('GET', path)).body;
      return operation.endedAt !== undefined;
    });
    if (operation!.state !== state) {
      const { message, advice } = operation!;
      throw new Error([message, advice, ...(await linesOf(path))].join('\n'));
    }
    return operation!;
  }

  /** Installs a release whose upgrade waits for a job that never ends. */
  async function installSlow(release: string) {
    const folder = await mkdtemp(join(tmpdir(), 'slow-'));
    const chart = join(folder, 'chart.tgz');
    await writeFile(
      chart,
      await aChart({
        'templates/all.yaml': anObject('batch/v1', 'Job', release, SLOW),
      }),
    );
    await cluster.direct('install', release, chart);
    await rm(folder, { recursive: true });
  }

  it('upgrades, rolls back and uninstalls a release over HTTP, and refuses what a preview refuses', async () => {
    await cluster.install('web');
    expect(await call('GET', '/helm/status')).toMatchObject({
      body: { writable: true, version: expect.stringMatching(/^v4\./) },
    });

    const upgrade = await start({
      kind: 'upgrade',
      release: 'web',
      baseRevision: 1,
      values: 'password: planted-value\n',
    });
    expect(await ended(upgrade.path)).toMatchObject({
      revision: 2,
      mine: true,
      chart: { name: 'web', version: '1.0.0' },
    });
    expect(await linesOf(upgrade.path)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Changed ConfigMap web in shop'),
      ]),
    );

    // The same call again is the same operation; any other content is refused.
    expect(await call('PUT', upgrade.path, upgrade.body)).toMatchObject({
      status: 202,
      body: { id: upgrade.id, state: 'Succeeded' },
    });
    const other = { ...upgrade.body, values: 'other: value\n' };
    expect(await call('PUT', upgrade.path, other)).toMatchObject({
      status: 409,
    });
    expect(
      await call('PUT', `/helm/operations/${ulid()}`, upgrade.body),
    ).toMatchObject({ status: 409 });

    const rollback = await start({
      kind: 'rollback',
      release: 'web',
      baseRevision: 2,
      revision: 1,
    });
    expect(await ended(rollback.path)).toMatchObject({
      revision: 3,
      targetRevision: 1,
    });

    const test = {
      ...{ kind: 'test', cluster: 'prod', namespace: NAMESPACE },
      ...{ release: 'web', baseRevision: 3 },
    };
    const { body: refused } = await call<HelmPreview>(
      'POST',
      '/helm/previews',
      test,
    );
    expect(
      await call('PUT', `/helm/operations/${ulid()}`, {
        ...test,
        previewDigest: refused.digest,
      }),
    ).toMatchObject({
      status: 409,
      body: { error: { message: refused.refusals.join('; ') } },
    });

    const uninstall = await start({
      kind: 'uninstall',
      release: 'web',
      baseRevision: 3,
      keepHistory: false,
    });
    expect(await ended(uninstall.path)).toMatchObject({
      message: 'web is uninstalled',
    });
    expect(await call('GET', `${RELEASES}/web`)).toMatchObject({ status: 404 });
    const { body } = await call<{ items: HelmOperation[] }>(
      'GET',
      '/helm/operations?cluster=prod&release=web',
    );
    expect(body.items.map(({ kind }) => kind)).toEqual([
      ...['uninstall', 'rollback', 'upgrade'],
    ]);
    const ends = portal.events.filter(({ eventId }) =>
      ['helm-upgrade', 'helm-uninstall'].includes(eventId),
    );
    expect(ends.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
    expect(JSON.stringify(portal.events)).not.toContain('planted');
  });

  it('installs a chart of a repository, and upgrades to another version of it', async () => {
    const template = {
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop-front}\ndata: {size: {{ .Values.size | quote }}}\n',
    };
    const reference = { repository: 'demo', name: 'front', version: '1.0.0' };
    const crd = 'fronts.example.com';
    await charts.add('front', '1.0.0', {
      ...template,
      'crds/front.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${crd}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Front, plural: fronts}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
`,
      'values.yaml': 'size: small\n',
    });
    await charts.add('front', '1.1.0', {
      ...template,
      'values.yaml': 'size: large\n',
    });
    const install = await start({
      ...{ kind: 'install', release: 'front', values: '' },
      chart: reference,
    });
    expect(install.preview.warnings.join()).toContain(crd);
    expect(await ended(install.path)).toMatchObject({
      ...{ baseRevision: 0, revision: 1, chart: reference },
      message: 'front is installed',
    });
    await cluster.admin.request({
      method: 'GET',
      path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd}`,
    });
    const sizeOf = async () => {
      const { data } = (await cluster.admin.request({
        method: 'GET',
        path: `/api/v1/namespaces/${NAMESPACE}/configmaps/shop-front`,
      })) as { data: { size: string } };
      return data.size;
    };
    expect(await sizeOf()).toBe('small');
    const secretOf = async (revision: number) =>
      (await cluster.admin.request({
        method: 'GET',
        path: `/api/v1/namespaces/${NAMESPACE}/secrets/sh.helm.release.v1.front.v${revision}`,
      })) as { metadata: { labels: Record<string, string> } };
    expect((await secretOf(1)).metadata.labels).toMatchObject({
      'berth.dev/repository': 'demo',
      'berth.dev/chart-version': '1.0.0',
    });

    // The name is not free any more.
    const again = { ...install.body, previewDigest: 'any' };
    expect(
      await call('PUT', `/helm/operations/${ulid()}`, again),
    ).toMatchObject({ status: 409 });

    const upgrade = await start({
      ...{ kind: 'upgrade', release: 'front', baseRevision: 1, values: '' },
      chart: { ...reference, version: '1.1.0' },
    });
    expect(upgrade.preview.defaults).toEqual([
      {
        ...{ path: 'size', change: 'Changed', yours: false },
        ...{ before: '"small"', after: '"large"' },
      },
    ]);
    expect(await ended(upgrade.path)).toMatchObject({
      revision: 2,
      chart: { ...reference, version: '1.1.0' },
    });
    expect(await sizeOf()).toBe('large');
    expect((await secretOf(2)).metadata.labels).toMatchObject({
      'berth.dev/chart-version': '1.1.0',
    });

    // A rollback brings the former chart back, with its origin.
    const rollback = await start({
      ...{ kind: 'rollback', release: 'front', baseRevision: 2, revision: 1 },
    });
    await ended(rollback.path);
    expect(await sizeOf()).toBe('small');
    expect((await secretOf(3)).metadata.labels).toMatchObject({
      'berth.dev/chart-version': '1.0.0',
    });
  });

  it('H19 marks an installation as failed when a person cancels it', async () => {
    await charts.add('waits', '1.0.0', {
      'templates/all.yaml': anObject('batch/v1', 'Job', 'waits', {
        ...SLOW,
        annotations: { 'helm.sh/hook': 'pre-install' },
      }),
    });
    const running = await start({
      ...{ kind: 'install', release: 'waits', values: '' },
      chart: { repository: 'demo', name: 'waits', version: '1.0.0' },
    });
    await until(async () =>
      (await linesOf(running.path)).some(text => text.includes(' Job ')),
    );
    expect(await call('DELETE', running.path)).toMatchObject({ status: 202 });
    expect(await ended(running.path, 'Cancelled')).toMatchObject({
      advice:
        'waits is installed in part. Uninstall it, or correct the values and upgrade',
    });
    expect(await cluster.latest('waits')).toMatchObject({
      ...{ revision: 1, status: 'failed' },
    });
  });

  it('H19 marks a release as failed when a person cancels, and refuses a second operation meanwhile', async () => {
    await installSlow('slow');
    const asked = {
      kind: 'upgrade',
      release: 'slow',
      baseRevision: 1,
      values: '{}',
    } as const;
    const running = await start(asked);
    await until(async () =>
      (await linesOf(running.path)).some(text => text.includes(' Job ')),
    );
    expect(
      await call('PUT', `/helm/operations/${ulid()}`, running.body),
    ).toMatchObject({
      status: 409,
      body: {
        error: { message: expect.stringContaining(running.id) },
      },
    });
    expect(await call('DELETE', running.path)).toMatchObject({
      status: 202,
      body: { cancelling: true },
    });
    await ended(running.path, 'Cancelled');
    expect(await cluster.latest('slow')).toMatchObject({
      revision: 2,
      status: 'failed',
    });
  });

  it('unlocks a pending release, so that helm changes it again', async () => {
    await cluster.install('stuck');
    const { metadata, ...secret } = aReleaseSecret({
      ...{ name: 'stuck', revision: 2, status: 'pending-upgrade' },
    });
    const { uid: _, resourceVersion: __, ...kept } = metadata;
    await create(cluster.admin, `/api/v1/namespaces/${NAMESPACE}/secrets`, {
      ...secret,
      metadata: kept,
    });
    const unlock = () =>
      call('POST', `${RELEASES}/stuck/unlock`, { revision: 2 });
    expect(await unlock()).toMatchObject({ status: 204 });
    expect(await cluster.latest('stuck')).toMatchObject({
      revision: 2,
      status: 'failed',
    });
    expect(await unlock()).toMatchObject({
      status: 409,
      body: {
        error: { message: 'Revision 2 of stuck is failed, and not pending' },
      },
    });
    const rollback = await start({
      kind: 'rollback',
      release: 'stuck',
      baseRevision: 2,
      revision: 1,
    });
    expect(await ended(rollback.path)).toMatchObject({
      revision: 3,
    });
  });

  it(
    'H19 leaves nothing pending after the process of a replica got SIGKILL at any write of helm',
    async () => {
      const upgrades = await KilledUpgrades.start(cluster);
      try {
        const pointOf = (run: number) => {
          const [write, when] = KILL_POINTS[run % KILL_POINTS.length];
          return { write, when };
        };
        for (let run = 0; run < KILLS; run++) {
          const [, , state, statuses] = KILL_POINTS[run % KILL_POINTS.length];
          const found = await upgrades.upgrade(
            `killed-${run}`,
            pointOf(run),
            pointOf(run + 1),
          );
          expect({
            ...{ run, state: found.operation.state, statuses: found.statuses },
          }).toEqual({ run, state, statuses });
        }
      } finally {
        await upgrades.stop();
      }
    },
    KILLS * KILL_MS,
  );
});
