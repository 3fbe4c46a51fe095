import { TestDatabases } from '@backstage/backend-test-utils';
import { HelmOperation, HelmPreview } from '@berth/plugin-berth-common';
import { describeWithControlPlane } from '@berth/control-plane';
import { ulid } from 'ulid';
import { create } from '../../resources/objects/__testUtils__/TeamCluster';
import { aNewReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { HelmRunner } from '../runner';
import { anObject } from '../runner/__testUtils__/aChart';
import { describePreviewBounds } from './__testUtils__/describePreviewBounds';
import { describeWaits } from './__testUtils__/describeWaits';
import { describeKills } from './__testUtils__/killed/describeKills';
import {
  NAMESPACE,
  OperationsOnCluster,
  RELEASES,
  WAITING,
} from './__testUtils__/OperationsOnCluster';

const START_MS = 180_000;

jest.setTimeout(180_000);

describeWithControlPlane('operations on releases of a real API server', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const on = new OperationsOnCluster();

  beforeAll(async () => on.start(await databases.init('SQLITE_3')), START_MS);

  afterEach(() => on.let('alice'));

  afterAll(() => on.stop(), START_MS);

  it('H5 refuses to work on a release while helm would take another Secret for its latest revision', async () => {
    await on.cluster.install('taken');
    const secrets = `/api/v1/namespaces/${NAMESPACE}/secrets`;
    const { admin } = on.cluster;
    const own = (await admin.request({
      method: 'GET',
      path: `${secrets}/sh.helm.release.v1.taken.v1`,
    })) as { metadata: { labels: object } };
    const evil = {
      ...own,
      metadata: {
        name: 'zz-evil',
        labels: { ...own.metadata.labels, version: '99' },
      },
    };
    const content = { contentType: 'application/json', content: evil };
    await admin.request({ method: 'POST', path: secrets, body: content });
    const { body } = await on.call<HelmPreview>('POST', '/helm/previews', {
      ...{ kind: 'uninstall', cluster: 'prod', namespace: NAMESPACE },
      ...{ release: 'taken', baseRevision: 1, keepHistory: false },
    });
    expect(body.refusals).toEqual([expect.stringContaining('"zz-evil"')]);
  });

  it('H5 ends an operation if someone writes a revision after the check of the portal', async () => {
    await on.cluster.install('forged');
    const { run } = HelmRunner.prototype;
    const began = jest
      .spyOn(HelmRunner.prototype, 'run')
      .mockImplementation(async function forge(this: HelmRunner, asked) {
        if (asked.mode === 'apply') {
          await create(
            on.cluster.admin,
            `/api/v1/namespaces/${NAMESPACE}/secrets`,
            aNewReleaseSecret({ name: 'forged', revision: 2 }),
          );
        }
        return run.call(this, asked);
      });
    const { path } = await on.run({
      ...{ kind: 'upgrade', release: 'forged', baseRevision: 1, values: '' },
    });
    const { advice, message } = await on.ended(path, 'Failed');
    began.mockRestore();
    expect(message).toBe(
      'Someone changed the stored revisions of forged after the portal had checked them, so the portal ended the upgrade',
    );
    expect(advice).toMatch(/^Revision 2 of forged was made by someone else/);
    expect((await on.linesOf(path)).join()).toContain(
      '"sh.helm.release.v1.forged.v2" in shop is new',
    );
  });

  it('upgrades, rolls back and uninstalls a release over HTTP, and refuses what a preview refuses', async () => {
    const before = on.portal.events.length;
    await on.cluster.install('web');
    expect(await on.call('GET', '/helm/status')).toMatchObject({
      body: { writable: true, version: expect.stringMatching(/^v4\./) },
    });

    const upgrade = await on.run({
      kind: 'upgrade',
      release: 'web',
      baseRevision: 1,
      values: 'password: planted-value\n',
    });
    expect(await on.ended(upgrade.path)).toMatchObject({
      revision: 2,
      mine: true,
      chart: { name: 'web', version: '1.0.0' },
    });
    expect(await on.linesOf(upgrade.path)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Changed ConfigMap web in shop'),
      ]),
    );

    // The same call again is the same operation; any other content is refused.
    expect(await on.call('PUT', upgrade.path, upgrade.body)).toMatchObject({
      status: 202,
      body: { id: upgrade.id, state: 'Succeeded' },
    });
    const other = { ...upgrade.body, values: 'other: value\n' };
    expect(await on.call('PUT', upgrade.path, other)).toMatchObject({
      status: 409,
    });
    expect(
      await on.call('PUT', `/helm/operations/${ulid()}`, upgrade.body),
    ).toMatchObject({ status: 409 });

    const rollback = await on.run({
      kind: 'rollback',
      release: 'web',
      baseRevision: 2,
      revision: 1,
    });
    expect(await on.ended(rollback.path)).toMatchObject({
      revision: 3,
      targetRevision: 1,
    });

    const test = {
      ...{ kind: 'test', cluster: 'prod', namespace: NAMESPACE },
      ...{ release: 'web', baseRevision: 3 },
    };
    const { body: refused } = await on.call<HelmPreview>(
      'POST',
      '/helm/previews',
      test,
    );
    expect(
      await on.call('PUT', `/helm/operations/${ulid()}`, {
        ...test,
        previewDigest: refused.digest,
      }),
    ).toMatchObject({
      status: 409,
      body: { error: { message: refused.refusals.join('; ') } },
    });

    const uninstall = await on.run({
      kind: 'uninstall',
      release: 'web',
      baseRevision: 3,
      keepHistory: false,
    });
    expect(await on.ended(uninstall.path)).toMatchObject({
      message: 'web is uninstalled',
    });
    expect(await on.call('GET', `${RELEASES}/web`)).toMatchObject({
      status: 404,
    });
    const { body } = await on.call<{ items: HelmOperation[] }>(
      'GET',
      '/helm/operations?cluster=prod&release=web',
    );
    expect(body.items.map(({ kind }) => kind)).toEqual([
      ...['uninstall', 'rollback', 'upgrade'],
    ]);
    const ends = on.portal.events
      .slice(before)
      .filter(({ eventId }) =>
        ['helm-upgrade', 'helm-uninstall'].includes(eventId),
      );
    expect(ends.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
    expect(JSON.stringify(on.portal.events)).not.toContain('planted');
  });

  it('installs a chart of a repository, and upgrades to another version of it', async () => {
    const template = {
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop-front}\ndata: {size: {{ .Values.size | quote }}}\n',
    };
    const reference = { repository: 'demo', name: 'front', version: '1.0.0' };
    const crd = 'fronts.example.com';
    await on.charts.add('front', '1.0.0', {
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
    await on.charts.add('front', '1.1.0', {
      ...template,
      'values.yaml': 'size: large\n',
    });
    const install = await on.run({
      ...{ kind: 'install', release: 'front', values: '' },
      chart: reference,
    });
    expect(install.preview.warnings.join()).toContain(crd);
    expect(await on.ended(install.path)).toMatchObject({
      ...{ baseRevision: 0, revision: 1, chart: reference },
      message: 'front is installed, and its objects are ready',
    });
    await on.cluster.admin.request({
      method: 'GET',
      path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd}`,
    });
    const sizeOf = async () => {
      const { data } = (await on.cluster.admin.request({
        method: 'GET',
        path: `/api/v1/namespaces/${NAMESPACE}/configmaps/shop-front`,
      })) as { data: { size: string } };
      return data.size;
    };
    expect(await sizeOf()).toBe('small');
    const secretOf = async (revision: number) =>
      (await on.cluster.admin.request({
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
      await on.call('PUT', `/helm/operations/${ulid()}`, again),
    ).toMatchObject({ status: 409 });

    const upgrade = await on.run({
      ...{ kind: 'upgrade', release: 'front', baseRevision: 1, values: '' },
      chart: { ...reference, version: '1.1.0' },
    });
    expect(upgrade.preview.defaults).toEqual([
      {
        ...{ path: 'size', change: 'Changed', yours: false },
        ...{ before: '"small"', after: '"large"' },
      },
    ]);
    expect(await on.ended(upgrade.path)).toMatchObject({
      revision: 2,
      chart: { ...reference, version: '1.1.0' },
    });
    expect(await sizeOf()).toBe('large');
    expect((await secretOf(2)).metadata.labels).toMatchObject({
      'berth.dev/chart-version': '1.1.0',
    });

    // A rollback brings the former chart back, with its origin.
    const rollback = await on.run({
      ...{ kind: 'rollback', release: 'front', baseRevision: 2, revision: 1 },
    });
    await on.ended(rollback.path);
    expect(await sizeOf()).toBe('small');
    expect((await secretOf(3)).metadata.labels).toMatchObject({
      'berth.dev/chart-version': '1.0.0',
    });
  });

  it('H19 marks an installation as failed when a person cancels it', async () => {
    await on.charts.add('waits', '1.0.0', {
      'templates/all.yaml': anObject('batch/v1', 'Job', 'waits', {
        ...WAITING,
        annotations: { 'helm.sh/hook': 'pre-install' },
      }),
    });
    const running = await on.run({
      ...{ kind: 'install', release: 'waits', values: '' },
      chart: { repository: 'demo', name: 'waits', version: '1.0.0' },
    });
    await on.reaches(running.path, 'Created Job ');
    expect(await on.call('DELETE', running.path)).toMatchObject({
      status: 202,
    });
    expect(await on.ended(running.path, 'Cancelled')).toMatchObject({
      advice:
        'waits is installed in part. Uninstall it, or correct the values and upgrade',
    });
    expect(await on.cluster.latest('waits')).toMatchObject({
      ...{ revision: 1, status: 'failed' },
    });
  });

  it('H19 marks a release as failed when a person cancels, and refuses a second operation meanwhile', async () => {
    await on.installSlow('slow');
    const asked = {
      kind: 'upgrade',
      release: 'slow',
      baseRevision: 1,
      values: '{}',
    } as const;
    const running = await on.run(asked);
    await on.reaches(running.path, 'Created Job ');
    expect(
      await on.call('PUT', `/helm/operations/${ulid()}`, running.body),
    ).toMatchObject({
      status: 409,
      body: {
        error: { message: expect.stringContaining(running.id) },
      },
    });
    expect(await on.call('DELETE', running.path)).toMatchObject({
      status: 202,
      body: { cancelling: true },
    });
    await on.ended(running.path, 'Cancelled');
    expect(await on.cluster.latest('slow')).toMatchObject({
      revision: 2,
      status: 'failed',
    });
  });

  it('unlocks a pending release, so that helm changes it again', async () => {
    await on.cluster.install('stuck');
    await create(
      on.cluster.admin,
      `/api/v1/namespaces/${NAMESPACE}/secrets`,
      aNewReleaseSecret({
        ...{ name: 'stuck', revision: 2, status: 'pending-upgrade' },
      }),
    );
    const unlock = () =>
      on.call('POST', `${RELEASES}/stuck/unlock`, { revision: 2 });
    expect(await unlock()).toMatchObject({ status: 204 });
    expect(await on.cluster.latest('stuck')).toMatchObject({
      revision: 2,
      status: 'failed',
    });
    expect(await unlock()).toMatchObject({
      status: 409,
      body: {
        error: { message: 'Revision 2 of stuck is failed, and not pending' },
      },
    });
    const rollback = await on.run({
      kind: 'rollback',
      release: 'stuck',
      baseRevision: 2,
      revision: 1,
    });
    expect(await on.ended(rollback.path)).toMatchObject({
      revision: 3,
    });
  });

  it('H15 ends the operation of a person who lost the right meanwhile, and leaves the release to another person', async () => {
    await on.installSlow('lost');
    const running = await on.run({
      ...{ kind: 'upgrade', release: 'lost', baseRevision: 1, values: '{}' },
    });
    await on.reaches(running.path, 'Created Job ');
    on.leave('alice');
    const { message, advice } = await on.ended(
      running.path,
      'Interrupted',
      'bob',
    );
    expect(message).toContain(
      'the person who started it may no longer run it: There is no cluster "prod"',
    );
    expect(advice).toContain(
      'a person who may change releases in shop can mark the revision as failed',
    );
    const page = await on.call('GET', `${RELEASES}/lost`, undefined, 'bob');
    expect(page).toMatchObject({
      ...{ status: 200, body: { revision: 2, status: 'pending-upgrade' } },
    });
    expect(await on.cluster.latest('lost')).toMatchObject({
      ...{ revision: 2, status: 'pending-upgrade' },
    });
    const unlock = { revision: 2 };
    expect(
      await on.call('POST', `${RELEASES}/lost/unlock`, unlock, 'alice'),
    ).toMatchObject({ status: 404 });
    expect(
      await on.call('POST', `${RELEASES}/lost/unlock`, unlock, 'bob'),
    ).toMatchObject({ status: 204 });
    on.let('alice');
    const rollback = await on.run({
      ...{ kind: 'rollback', release: 'lost', baseRevision: 2, revision: 1 },
      options: { noHooks: true },
    });
    expect(await on.ended(rollback.path)).toMatchObject({ revision: 3 });
  });

  it('runs no hooks and writes a description if a person wishes', async () => {
    await on.installSlow('brief');
    const upgrade = await on.run({
      ...{ kind: 'upgrade', release: 'brief', baseRevision: 1, values: '{}' },
      options: { noHooks: true, description: 'For the sale' },
    });
    await on.ended(upgrade.path);
    expect(await on.cluster.latest('brief')).toMatchObject({
      ...{ revision: 2, status: 'deployed', description: 'For the sale' },
    });
    expect((await on.linesOf(upgrade.path)).join()).not.toContain(' Job ');
  });

  it('rolls back an upgrade whose hook fails if a person wishes', async () => {
    await on.installSlow('careful');
    const upgrade = await on.run({
      ...{ kind: 'upgrade', release: 'careful', baseRevision: 1, values: '{}' },
      options: { rollbackOnFailure: true },
    });
    await on.reaches(upgrade.path, 'Created Job ');
    await on.patchStatus('/apis/batch/v1', 'jobs/careful', {
      startTime: '2026-01-01T00:00:00Z',
      failed: 1,
      conditions: ['FailureTarget', 'Failed'].map(type => ({
        ...{ type, status: 'True', reason: 'BackoffLimitExceeded' },
      })),
    });
    expect(await on.ended(upgrade.path, 'Failed')).toMatchObject({
      message: 'helm reported an error during the upgrade of careful',
      advice: 'Revision 2 failed, and careful is deployed at revision 3 now',
    });
    expect(await on.cluster.latest('careful')).toMatchObject({
      ...{ revision: 3, status: 'deployed', description: 'Rollback to 1' },
    });
  });

  it('takes over fields of another manager only if a person wishes', async () => {
    const chart = { repository: 'demo', name: 'owned', version: '1.0.0' };
    await on.charts.add('owned', '1.0.0', {
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned}\ndata: {size: {{ .Values.size | quote }}}\n',
      'values.yaml': 'size: small\n',
    });
    const install = await on.run({
      ...{ kind: 'install', release: 'owned', values: '', chart },
    });
    await on.ended(install.path);
    const path = `/api/v1/namespaces/${NAMESPACE}/configmaps/owned`;
    await on.cluster.admin.request({
      ...{ method: 'PATCH', path },
      query: { fieldManager: 'another-tool', force: 'true' },
      body: {
        contentType: 'application/apply-patch+yaml',
        content: {
          ...{ apiVersion: 'v1', kind: 'ConfigMap' },
          ...{ metadata: { name: 'owned' }, data: { size: 'huge' } },
        },
      },
    });
    const sizeOf = async () => {
      const found = await on.cluster.admin.request({ method: 'GET', path });
      return (found as { data: { size: string } }).data.size;
    };
    const asked = { kind: 'upgrade', release: 'owned', values: 'size: large' };
    const refused = await on.run({ ...asked, baseRevision: 1 } as never);
    expect(refused.preview.conflicts).toEqual([
      {
        object: 'ConfigMap owned',
        field: 'data.size',
        manager: 'another-tool',
      },
    ]);
    await on.ended(refused.path, 'Failed');
    expect(await on.cluster.latest('owned')).toMatchObject({
      ...{ revision: 2, status: 'failed' },
    });
    expect(await sizeOf()).toBe('huge');
    const forced = await on.run({
      ...{ ...asked, baseRevision: 2 },
      options: { forceConflicts: true },
    } as never);
    expect(await on.ended(forced.path)).toMatchObject({ revision: 3 });
    expect(await sizeOf()).toBe('large');
  });

  it('reads, upgrades and rolls back a release of Helm 3', async () => {
    const object = (size: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: elder\ndata:\n  size: ${size}\n`;
    const secret = aNewReleaseSecret({
      name: 'elder',
      manifest: `---\n# Source: elder/templates/a.yaml\n${object('small')}`,
      says: {
        apply_method: undefined,
        chart: {
          metadata: { name: 'elder', version: '0.1.0', apiVersion: 'v2' },
          ...{ lock: null, schema: null, values: { size: 'small' }, files: [] },
          templates: [
            {
              name: 'templates/a.yaml',
              data: Buffer.from(object('{{ .Values.size }}')).toString(
                'base64',
              ),
            },
          ],
        },
      },
    });
    const core = `/api/v1/namespaces/${NAMESPACE}`;
    await create(on.cluster.admin, `${core}/secrets`, secret);
    await create(on.cluster.admin, `${core}/configmaps`, {
      ...{ apiVersion: 'v1', kind: 'ConfigMap', data: { size: 'small' } },
      metadata: {
        name: 'elder',
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: {
          'meta.helm.sh/release-name': 'elder',
          'meta.helm.sh/release-namespace': NAMESPACE,
        },
      },
    });
    const sizeOf = async () => {
      const found = await on.cluster.admin.request({
        ...{ method: 'GET', path: `${core}/configmaps/elder` },
      });
      return (found as { data: { size: string } }).data.size;
    };
    const upgrade = await on.run({
      ...{ kind: 'upgrade', release: 'elder', baseRevision: 1 },
      values: 'size: large',
    });
    expect(await on.ended(upgrade.path)).toMatchObject({ revision: 2 });
    expect(await sizeOf()).toBe('large');
    const rollback = await on.run({
      ...{ kind: 'rollback', release: 'elder', baseRevision: 2, revision: 1 },
    });
    expect(await on.ended(rollback.path)).toMatchObject({ revision: 3 });
    expect(await sizeOf()).toBe('small');
    const forced = {
      ...{ kind: 'upgrade', cluster: 'prod', namespace: NAMESPACE },
      ...{ release: 'elder', baseRevision: 3, values: '' },
      options: { forceConflicts: true },
    };
    const { body } = await on.call<HelmPreview>(
      'POST',
      '/helm/previews',
      forced,
    );
    expect(body.refusals.join()).toContain('client-side apply');
  });

  /** The API server has no kubelet, so a test ends when its status is written, and has no logs. */
  async function installTested() {
    await on.charts.add('tested', '1.0.0', {
      'templates/test.yaml': anObject('v1', 'Pod', 'tested', {
        annotations: { 'helm.sh/hook': 'test' },
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'main' }],
        },
      }),
    });
    const install = await on.run({
      ...{ kind: 'install', release: 'tested', values: '' },
      chart: { repository: 'demo', name: 'tested', version: '1.0.0' },
    });
    await on.ended(install.path);
  }

  it.each([
    ['Succeeded', 'Succeeded', 'The tests of tested passed'],
    ['Failed', 'Failed', 'helm reported an error during the test of tested'],
  ] as const)(
    'decides by the release whether tests passed, whose logs cannot be read: %s',
    async (phase, state, message) => {
      if (phase === 'Succeeded') {
        await installTested();
      }
      const test = await on.run({
        ...{ kind: 'test', release: 'tested', baseRevision: 1 },
      });
      await on.reaches(test.path, `Created Pod tested in ${NAMESPACE}`);
      await on.patchStatus('/api/v1', 'pods/tested', { phase });
      expect(await on.ended(test.path, state)).toMatchObject({ message });
    },
  );

  describe('held to their previews', () => {
    describePreviewBounds(on);
  });

  describe('whose objects become ready later', () => {
    describeWaits(on);
  });

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    describeKills(on, databases, databaseId);
  });
});
