import { TestDatabases } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import {
  HELM_MASK,
  HelmOperation,
  HelmPreview,
} from '@berth/plugin-berth-common';
import { describeWithControlPlane } from '@berth/control-plane';
import { ulid } from 'ulid';
import { ResourcesUnderTest } from '../../resources/__testUtils__/ResourcesUnderTest';
import { until } from '../../resources/objects/__testUtils__/TeamCluster';
import { ServedCharts } from '../charts/__testUtils__/ServedCharts';
import { HelmOperations } from '../createHelmOperations';
import { createHelmParts } from '../helmParts';
import {
  registerClusters,
  startOperations,
} from '../operations/__testUtils__/startOperations';
import { RunnerUnderTest } from '../runner/__testUtils__/RunnerUnderTest';
import { Promotion, PromotedChart } from './Promotion';
import { PromotionRule } from './rules';

const START_MS = 180_000;
const SANDBOX = { environment: 'sandbox' };
const STAGING = { environment: 'staging' };
const DAY_MS = 86_400_000;
const CHART = { repository: 'demo', name: 'front', version: '1.0.0' };
const FILES = {
  'templates/a.yaml': `apiVersion: v1
kind: Secret
metadata: {name: front}
stringData: {password: {{ .Values.password | quote }}}
`,
  'values.yaml': 'password: none\n',
};
const RULE: PromotionRule = {
  from: { clusterLabels: SANDBOX },
  to: { clusterLabels: STAGING },
  requires: { healthy: true },
};

jest.setTimeout(60_000);

describeWithControlPlane('promotion between two clusters', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const charts = new ServedCharts();
  let cluster: RunnerUnderTest;
  let portal: ResourcesUnderTest;
  let operations: HelmOperations;

  beforeAll(async () => {
    cluster = await RunnerUnderTest.start();
    const { apiServer, caPem } = cluster.aRun({
      command: { kind: 'test', namespace: 'shop', release: 'web' },
    }).cluster;
    const { token } = cluster;
    const person = (...namespaces: string[]) => ({ token, namespaces });
    // One API server is two clusters, with a namespace each.
    const clusters = {
      dev: {
        labels: SANDBOX,
        people: { alice: person('shop'), carol: person('shop') },
      },
      staging: {
        labels: STAGING,
        people: {
          alice: person('other'),
          bob: person('other'),
          carol: person('other'),
        },
      },
    };
    portal = await ResourcesUnderTest.start(
      Object.fromEntries(
        Object.entries(clusters).map(([name, one]) => [
          name,
          { apiServer, caPem, version: 'v1.20.2', ...one },
        ]),
      ),
    );
    const database = await databases.init('SQLITE_3');
    await registerClusters(database, {
      dev: { apiServer, caPem },
      staging: { apiServer, caPem },
    });
    const { entries } = portal.parts;
    operations = await startOperations(portal, {
      charts,
      database,
      enter: async (caller, name, permission) => {
        if (
          permission === 'helmReveal' &&
          caller.person.userRef === 'user:default/carol'
        ) {
          throw new NotAllowedError('The policy does not let you reveal');
        }
        return entries.enter(caller, name, permission);
      },
      helm: {
        binary: cluster.helm,
        readyTimeout: { seconds: 0 },
        promotion: [
          {
            from: { clusterLabels: SANDBOX },
            to: { clusterLabels: STAGING },
            requires: { healthy: true },
          },
        ],
      },
    });
    await charts.add('front', '1.0.0', FILES);
  }, START_MS);

  afterAll(async () => {
    await operations?.stop();
    await charts.close();
    await portal?.stop();
    await cluster?.stop();
  }, START_MS);

  async function call<T>(
    [method, path]: [string, string],
    body?: object,
    person = 'alice',
  ): Promise<{ status: number; body: T }> {
    const answer = await portal.fetch(path, person, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  const INSTALL = { kind: 'install', release: 'front', chart: CHART } as const;
  const onDev = { ...INSTALL, cluster: 'dev', namespace: 'shop' };
  const onStaging = {
    ...{ ...INSTALL, cluster: 'staging', namespace: 'other' },
    values: '',
  };
  const copyOf = {
    ...{ cluster: 'dev', namespace: 'shop', release: 'front', revision: 1 },
  };

  const preview = (body: object, person?: string) =>
    call<HelmPreview>(['POST', '/helm/previews'], body, person);
  const start = (body: object, previewDigest: string) =>
    call<HelmOperation>(['PUT', `/helm/operations/${ulid()}`], {
      ...body,
      previewDigest,
    });

  async function run(body: object): Promise<HelmPreview> {
    const { body: seen } = await preview(body);
    expect(seen).toMatchObject({ refusals: [] });
    const { body: started } = await start(body, seen.digest);
    await until(async () => {
      const path = `/helm/operations/${started.id}`;
      const { body: operation } = await call<HelmOperation>(['GET', path]);
      return operation.endedAt !== undefined;
    });
    return seen;
  }

  const check = (
    rules: PromotionRule[],
    {
      now = Date.now(),
      name = 'alice',
      more = {},
    }: { now?: number; name?: string; more?: Partial<PromotedChart> } = {},
  ) =>
    new Promotion(
      createHelmParts({ ...portal.parts, configMapStorage: false }),
      rules,
      { now: () => now },
    ).check(
      {
        credentials: {},
        person: {
          ...{ userRef: `user:default/${name}`, groups: [] },
          ...{ admin: false, auditor: false },
        },
      } as never,
      { name: 'staging', labels: STAGING },
      { ...CHART, digest: '', ...more },
      AbortSignal.timeout(20_000),
    );

  it('H24 lets a chart through only after it is deployed where the rules say, and refuses the apply, too', async () => {
    const { body: early } = await preview(onStaging);
    expect(early.refusals).toEqual([
      'staging takes front 1.0.0 only after the same chart is deployed on a cluster with environment=sandbox. No release that you can read on dev has it. Install it there first, from the same repository',
    ]);
    expect(await start(onStaging, early.digest)).toMatchObject({
      status: 409,
      body: { error: { message: early.refusals[0] } },
    });

    await run({ ...onDev, values: 'password: planted-password\n' });
    const { body: open } = await preview(onStaging);
    expect(open).toMatchObject({ refusals: [], promotedFrom: [copyOf] });

    // Only what the person may read counts.
    const { body: unread } = await preview(onStaging, 'bob');
    expect(unread.refusals).toEqual([
      expect.stringContaining('You cannot read releases on such a cluster'),
    ]);
  });

  it('H24 copies hidden values only for those who may reveal them, and records it', async () => {
    const values = `password: ${HELM_MASK}\n`;
    const copy = {
      ...{ ...onStaging, values },
      copyOf: { ...copyOf, hiddenValues: true },
    };
    expect(await preview({ ...copy, copyOf })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('password') } },
    });
    expect(await preview(copy, 'carol')).toMatchObject({ status: 403 });
    expect(await preview(copy, 'bob')).toMatchObject({ status: 404 });

    expect(await run(copy)).toMatchObject({ sameChart: 'Same' });
    const { data } = (await cluster.admin.request({
      method: 'GET',
      path: '/api/v1/namespaces/other/secrets/front',
    })) as { data: { password: string } };
    expect(Buffer.from(data.password, 'base64').toString()).toBe(
      'planted-password',
    );
    const started = portal.events.filter(
      ({ eventId, outcome, meta }) =>
        eventId === 'helm-start' &&
        outcome === 'success' &&
        meta.cluster === 'staging',
    );
    expect(started).toHaveLength(1);
    expect(started[0].meta).toMatchObject({
      copyOf: 'dev/shop/front revision 1',
      copiesHiddenValues: true,
      promotedFrom: ['dev/shop/front revision 1'],
    });
    expect(JSON.stringify(portal.events)).not.toContain('planted');
  });

  it('H24 asks for time, for health and for the digest, and does not count what it cannot read', async () => {
    const digest = (await preview({ ...onDev, release: 'front-2', values: '' }))
      .body.chartDigest!;
    const soon = {
      ...RULE,
      requires: { healthy: false, deployedForMs: DAY_MS },
    };
    expect((await check([soon], { more: { digest } })).refusals).toEqual([
      expect.stringMatching(
        /dev\/shop\/front is deployed for .*, and must be for 1 day$/,
      ),
    ]);
    const later = { now: Date.now() + DAY_MS, more: { digest } };
    expect(await check([soon], later)).toEqual({
      refusals: [],
      sources: [copyOf],
    });
    // The clock of the computer that deployed the release may be ahead.
    const ahead = { now: Date.now() - DAY_MS, more: { digest } };
    expect((await check([RULE], ahead)).refusals).toEqual([]);
    // The label is the same, and the chart is not.
    const other = { more: { digest, version: '1.0.1' } };
    expect((await check([RULE], other)).refusals).toHaveLength(1);
    const wrong = { more: { digest: '0'.repeat(64) } };
    expect((await check([RULE], wrong)).refusals).toHaveLength(1);

    portal.deny.push('secrets');
    expect((await check([RULE], { more: { digest } })).refusals).toEqual([
      expect.stringContaining('berth.proxy.deny'),
    ]);
    portal.deny.pop();

    await cluster.admin.request({
      method: 'DELETE',
      path: '/api/v1/namespaces/shop/secrets/front',
    });
    expect((await check([RULE], { more: { digest } })).refusals).toEqual([
      expect.stringMatching(/is not healthy: look at Secret front$/),
    ]);
  });

  it('changes values of the chart that a cluster has, and refuses an archive that is not the one of the original', async () => {
    const upgrade = {
      ...{ kind: 'upgrade', cluster: 'staging', namespace: 'other' },
      ...{ release: 'front', baseRevision: 1, values: 'size: large\n' },
    };
    // The rule still refuses a new place, because the original is not healthy.
    for (const more of [{}, { chart: CHART }]) {
      const { body } = await preview({ ...upgrade, ...more });
      expect(body).toMatchObject({ refusals: [] });
    }
    await charts.add('front', '1.0.0', { ...FILES, 'README.md': 'Changed' });
    const { body: changed } = await preview({
      ...{ ...upgrade, chart: CHART, copyOf },
    });
    expect(changed.sameChart).toBe('Different');
    expect(changed.refusals).toEqual([
      expect.stringMatching(/^demo has another archive of front 1\.0\.0 now /),
    ]);
  });
});
