import { describeWithControlPlane } from '@berth/control-plane';
import { JsonRecord } from '../../resources/objects/json';
import { create } from '../../resources/objects/__testUtils__/TeamCluster';
import { aNewReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { StoredSecret, storedSecret } from '../storedSecret';
import { aChart, anObject } from './__testUtils__/aChart';
import {
  assertSucceeded,
  NAMESPACE,
  RunnerUnderTest,
} from './__testUtils__/RunnerUnderTest';
import { HelmRunner } from './HelmRunner';
import { HelmCommand, HelmResult } from './types';

const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;

jest.setTimeout(180_000);

describeWithControlPlane('the revisions that helm reads', () => {
  let cluster: RunnerUnderTest;
  let runner: HelmRunner;
  let chart: Buffer;

  beforeAll(async () => {
    cluster = await RunnerUnderTest.start();
    runner = await cluster.runner();
    chart = await aChart({
      'templates/all.yaml': [
        anObject('v1', 'ConfigMap', 'guarded'),
        // helm writes other Secrets, too.
        anObject('v1', 'Secret', 'of-the-chart', { stringData: { a: 'b' } }),
      ].join('\n---\n'),
    });
  }, 180_000);

  afterAll(() => cluster?.stop(), 180_000);

  /** Returns what the portal sees when it checks a release. */
  async function check(release: string): Promise<StoredSecret[]> {
    const { items } = (await cluster.admin.request({
      method: 'GET',
      path: SECRETS,
      query: { labelSelector: `owner=helm,name=${release}` },
    })) as { items: JsonRecord[] };
    return items.map(storedSecret);
  }

  const forge = (release: string, revision: number) =>
    create(
      cluster.admin,
      SECRETS,
      aNewReleaseSecret({
        ...{ name: release, namespace: NAMESPACE, revision },
        manifest: anObject('v1', 'ConfigMap', 'forged'),
      }),
    );
  const patch = (release: string, content: object) =>
    cluster.admin.request({
      method: 'PATCH',
      path: `${SECRETS}/sh.helm.release.v1.${release}.v1`,
      body: { contentType: 'application/merge-patch+json', content },
    });
  const run = (command: HelmCommand, checked: StoredSecret[]) =>
    runner.run(cluster.aRun({ command, chart, checked }));
  const commandsOf = (release: string): HelmCommand[] => {
    const of = { namespace: NAMESPACE, release };
    return [
      { kind: 'upgrade', ...of },
      { kind: 'rollback', revision: 1, ...of },
      { kind: 'uninstall', ...of },
      { kind: 'test', ...of },
    ];
  };

  function assertRefused(result: HelmResult, what: string) {
    expect(result).toMatchObject({
      ended: 'changed',
      blocked: expect.arrayContaining([expect.stringContaining(what)]),
      writes: [],
    });
  }

  it('H5 are those that were checked, and those that helm wrote', async () => {
    const release = 'guarded';
    const of = { namespace: NAMESPACE, release };
    assertSucceeded(await run({ kind: 'install', ...of }, []));
    for (const command of [
      // Each makes a revision, and the last ones delete the oldest.
      ...Array(3).fill({ kind: 'upgrade', historyMax: 2, ...of }),
      { kind: 'rollback', revision: 3, historyMax: 2, ...of },
      { kind: 'test', ...of },
      { kind: 'uninstall', ...of },
    ]) {
      assertSucceeded(await run(command, await check(release)));
    }
    expect(await check(release)).toEqual([]);
  });

  it('H5 are none that someone wrote after the check', async () => {
    const release = 'forged';
    await cluster.install(release);
    const checked = await check(release);
    await forge(release, 2);
    for (const command of commandsOf(release)) {
      assertRefused(
        await run(command, checked),
        `The Secret "sh.helm.release.v1.${release}.v2" in ${NAMESPACE} is new since the portal checked the revisions of ${release}`,
      );
    }
    expect(await check(release)).toHaveLength(2);
  });

  it('H5 are none of a release that someone installed after the check', async () => {
    const release = 'taken';
    // helm would write its revision 1 next to this one.
    await forge(release, 2);
    assertRefused(
      await run({ kind: 'install', namespace: NAMESPACE, release }, []),
      'is new',
    );
    expect(await check(release)).toHaveLength(1);
  });

  it('H5 are none whose content or labels someone changed after the check', async () => {
    const release = 'changed';
    await cluster.install(release);
    const checked = await check(release);
    // helm does not read them.
    await patch(release, { metadata: { annotations: { by: 'a-controller' } } });
    assertSucceeded(
      await run({ kind: 'test', namespace: NAMESPACE, release }, checked),
    );
    const before = await check(release);
    await patch(release, { metadata: { labels: { added: 'later' } } });
    assertRefused(await run(commandsOf(release)[0], before), 'changed');
    const after = await check(release);
    const { data } = aNewReleaseSecret({ name: release });
    await patch(release, { data });
    for (const command of commandsOf(release)) {
      assertRefused(await run(command, after), 'changed');
    }
    expect(await check(release)).toEqual([
      expect.not.objectContaining(after[0]),
    ]);
  });

  it('H5 are not fewer than were checked', async () => {
    const release = 'gone';
    await cluster.install(release);
    await cluster.direct('rollback', release, '1');
    const checked = await check(release);
    await cluster.admin.request({
      method: 'DELETE',
      path: `${SECRETS}/sh.helm.release.v1.${release}.v1`,
    });
    for (const command of commandsOf(release)) {
      assertRefused(await run(command, checked), 'is gone');
    }
    expect(await check(release)).toHaveLength(1);
  });
});
