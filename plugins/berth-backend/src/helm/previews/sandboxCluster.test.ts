import { resolve } from 'node:path';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { PreviewsUnderTest } from './__testUtils__/PreviewsUnderTest';

const CACHE = resolve(__dirname, '../../../../../examples/charts/cache');

describe('previews before the sandbox', () => {
  let cluster: PreviewsUnderTest;

  beforeAll(async () => {
    cluster = await PreviewsUnderTest.start(
      await SandboxCluster.start({ name: 'prod', podStepMs: 10 }),
    );
    await cluster.helm('install', 'cache', CACHE);
  }, 60_000);

  afterAll(() => cluster?.stop());

  it('show changes and what stays as before a real API server', async () => {
    const of = { release: 'cache', baseRevision: 1 };
    const upgrade = await cluster.preview(
      { ...of, kind: 'upgrade', values: 'replicas: 2\n' },
      'editor',
    );
    expect(upgrade.preview).toMatchObject({
      ...{ refusals: [], warnings: [], conflicts: [] },
      changes: {
        values: expect.stringContaining('+replicas: 2'),
        items: [{ kind: 'StatefulSet', name: 'cache', change: 'changed' }],
      },
    });
    const uninstall = await cluster.preview(
      { ...of, kind: 'uninstall', keepHistory: false },
      'editor',
    );
    expect(uninstall.preview).toMatchObject({
      refusals: [],
      remains: expect.arrayContaining([
        expect.objectContaining({
          ...{ kind: 'PersistentVolumeClaim', name: 'cache-snapshots' },
        }),
      ]),
    });
  }, 60_000);
});
