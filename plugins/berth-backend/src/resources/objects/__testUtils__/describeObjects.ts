/* eslint-disable jest/no-export -- cases that two test files share */
import { create, TEAM, TeamCluster, until } from './TeamCluster';

const VALUE = 'planted-value-4711';
const BASE64 = Buffer.from(VALUE).toString('base64');
const OTHER = 'planted-value-0815';
const OTHER_BASE64 = Buffer.from(OTHER).toString('base64');

const NAMESPACE = `/api/v1/namespaces/${TEAM}`;
const APPS = `/apis/apps/v1/namespaces/${TEAM}`;
const WEB = 'apps/deployments/web';
const BERTH = { 'app.kubernetes.io/managed-by': 'berth' };

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'web',
        image,
        envFrom: [
          { secretRef: { name: 'credentials' } },
          { configMapRef: { name: 'missing' } },
        ],
      },
    ],
  },
});

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: template('web:1'),
  },
};

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'credentials',
    annotations: {
      note: `the password is ${VALUE}`,
      'kubectl.kubernetes.io/last-applied-configuration': `{"stringData":{"password":"${VALUE}"}}`,
    },
  },
  stringData: { password: VALUE, user: 'ada' },
};

/** Describes the routes of objects. The same cases run against the sandbox and against a real control plane. */
export function describeObjects(
  team: () => TeamCluster,
  options: { cronJobs: string },
): void {
  const uidOf = async (path: string): Promise<string> =>
    (await team().get(path, 'admin')).body.object.metadata.uid;

  const yamlOf = async (path: string): Promise<string> =>
    (await team().get(path, 'editor', 'application/yaml')).text;

  const change = async (path: string, from: string, to: string) => {
    const base = await yamlOf(path);
    expect(base).toContain(from);
    return { uid: await uidOf(path), base, yaml: base.replace(from, to) };
  };

  beforeAll(async () => {
    const { admin } = team();
    await create(admin, `${NAMESPACE}/secrets`, SECRET);
    await create(admin, `${APPS}/deployments`, DEPLOYMENT);
    await create(admin, `${NAMESPACE}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    await create(admin, `${NAMESPACE}/resourcequotas`, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'kept', labels: BERTH },
      spec: { hard: { 'count/widgets.example.com': '5' } },
    });
    await create(admin, `${NAMESPACE}/configmaps`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kept', labels: BERTH },
    });
  });

  it('shows an object with its row and managers, and without managedFields', async () => {
    const { status, body } = await team().get(WEB, 'viewer');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: { kind: 'Deployment', metadata: { name: 'web' } },
      keptByBerth: false,
    });
    expect(body.object.metadata).not.toHaveProperty('managedFields');
    expect(body.managers).toContainEqual(
      expect.objectContaining({ manager: 'setting', ownsReplicas: true }),
    );
    expect(body.summary.columns[0]).toMatchObject({ name: 'Name' });
    expect(body.summary.cells[0]).toBe('web');
  });

  it('serves YAML', async () => {
    const { status, text } = await team().get(
      WEB,
      'viewer',
      'application/yaml',
    );
    expect(status).toBe(200);
    expect(text).toMatch(/^kind: Deployment$/m);
    expect(text).not.toContain('managedFields');
  });

  it.each(['application/json', 'application/yaml'])(
    'S57 masks a Secret in %s',
    async accept => {
      const { status, text } = await team().get(
        'core/secrets/credentials',
        'editor',
        accept,
      );
      expect(status).toBe(200);
      expect(text).toContain('password');
      expect(text).not.toContain(VALUE);
      expect(text).not.toContain(BASE64);
    },
  );

  it('S57 reveals the named keys only, and records their names', async () => {
    team().events.length = 0;
    const path = 'core/secrets/credentials';
    const { body } = await team().reveal(path, ['password']);
    expect(body).toEqual({
      values: { password: { text: VALUE, base64: BASE64 } },
    });
    expect(await team().reveal(path, ['unknown'])).toMatchObject({
      status: 404,
      body: { error: { message: 'Secret credentials has no key "unknown"' } },
    });
    expect(await team().reveal(path, ['password'], 'viewer')).toMatchObject({
      status: 403,
    });
    expect(await team().reveal('core/configmaps/kept', ['a'])).toMatchObject({
      status: 400,
    });
    const meta = { cluster: 'prod', namespace: TEAM, name: 'credentials' };
    expect(team().events).toMatchObject([
      {
        eventId: 'secret-reveal',
        outcome: 'success',
        meta: { ...meta, resource: 'secrets', keys: ['password'] },
      },
      { eventId: 'secret-reveal', outcome: 'fail', meta },
      { eventId: 'secret-reveal', outcome: 'fail', meta },
      { eventId: 'secret-reveal', outcome: 'fail' },
    ]);
    expect(JSON.stringify(team().events)).not.toContain(VALUE);
  });

  it.each([
    [WEB, 'stranger', 403, 'its rights do not suffice'],
    ['core/secrets/credentials', 'viewer', 403, 'its rights do not suffice'],
    ['core/secrets/unknown', 'editor', 404, 'not found'],
    ['example.com/widgets/web', 'editor', 404, 'prod has no kind'],
    ['core/pods/..', 'editor', 404, ''],
    ['core/pods/a%2Fb', 'editor', 400, 'must be the name of a Kubernetes'],
    ['core/Pods/a', 'editor', 400, 'must be the plural of a kind'],
    ['core/persistentvolumes/v', 'editor', 400, 'belongs to no namespace'],
  ])('S59 answers for %s as %s with %p', async (path, who, status, words) => {
    const answer = await team().get(path, who);
    expect(answer).toMatchObject({ status });
    expect(answer.text).toContain(words);
  });

  it('lists the related objects, those that are missing, and what cannot be read', async () => {
    await until(async () => {
      const { body } = await team().get(`${WEB}/related`);
      return body.items.some((item: any) => item.kind === 'Pod');
    });
    const { body } = await team().get(`${WEB}/related`, 'viewer');
    const short = body.items.map(({ relation, kind, name, missing }: any) =>
      `${relation} ${kind} ${relation === 'owned' ? '' : name}${
        missing ? ' missing' : ''
      }`.trim(),
    );
    expect(short).toEqual(
      expect.arrayContaining([
        'owned ReplicaSet',
        'owned Pod',
        'selectedBy Service web',
        'uses ConfigMap missing missing',
        'uses Secret credentials',
      ]),
    );
    expect(body.unreadable).toEqual(['secrets']);
    const service = await team().get('core/services/web/related');
    expect(service.body.items).toContainEqual(
      expect.objectContaining({ relation: 'selects', kind: 'Pod' }),
    );
    const pod = service.body.items.find((item: any) => item.kind === 'Pod');
    const ofPod = await team().get(`core/pods/${pod.name}/related`);
    expect(ofPod.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ relation: 'owner', kind: 'ReplicaSet' }),
        expect.objectContaining({ relation: 'owner', kind: 'Deployment' }),
      ]),
    );
    const secret = await team().get('core/secrets/credentials/related');
    expect(secret.body.items).toContainEqual(
      expect.objectContaining({
        relation: 'usedBy',
        kind: 'Deployment',
        name: 'web',
      }),
    );
  });

  it('lists the events of a workload and of its ReplicaSets', async () => {
    await until(async () => {
      const { body } = await team().get(`${WEB}/events`, 'viewer');
      const kinds = body.items.map(({ kind }: any) => kind);
      return kinds.includes('Deployment') && kinds.includes('ReplicaSet');
    });
    const { body } = await team().get('core/services/web/events', 'viewer');
    expect(body).toEqual({ items: [], totalItems: 0 });
  });

  it('S58 scales, restarts, pauses and rolls back with the token of the person, as berth-ui', async () => {
    team().events.length = 0;
    const uid = await uidOf(WEB);
    const steps = [
      { action: 'scale', replicas: 2 },
      { action: 'restart' },
      { action: 'pause', paused: true },
      { action: 'pause', paused: false },
    ];
    for (const step of steps) {
      expect(await team().act(WEB, { ...step, uid })).toMatchObject({
        status: 200,
        body: {},
      });
    }
    const live = await team().live(`${APPS}/deployments/web`);
    expect(live.spec).toMatchObject({ replicas: 2 });
    expect(live.spec.paused ?? false).toBe(false);
    expect(live.spec.template.metadata.annotations).toHaveProperty([
      'kubectl.kubernetes.io/restartedAt',
    ]);
    expect(
      live.metadata.managedFields.map(({ manager }: any) => manager),
    ).toContain('berth-ui');
    await until(async () => {
      const { body } = await team().get(`${WEB}/revisions`, 'viewer');
      return body.items.length === 2 && body.items[0].current;
    });
    expect(
      await team().act(WEB, { action: 'rollBack', uid, revision: 1 }),
    ).toMatchObject({ status: 200 });
    const back = await team().live(`${APPS}/deployments/web`);
    expect(back.spec.template.metadata.annotations ?? {}).toEqual({});
    expect(back.spec.template.metadata.labels).toEqual({ app: 'web' });
    expect(
      await team().act(WEB, { action: 'rollBack', uid, revision: 77 }),
    ).toMatchObject({ status: 404 });
    expect(team().events).toMatchObject([
      {
        eventId: 'object-scale',
        outcome: 'success',
        meta: {
          cluster: 'prod',
          namespace: TEAM,
          resource: 'deployments.apps',
          name: 'web',
          replicas: 2,
        },
      },
      { eventId: 'object-restart', outcome: 'success' },
      { eventId: 'object-pause', meta: { paused: true } },
      { eventId: 'object-pause', meta: { paused: false } },
      {
        eventId: 'object-roll-back',
        outcome: 'success',
        meta: { revision: 1 },
      },
      { eventId: 'object-roll-back', outcome: 'fail' },
    ]);
  });

  it('S47 records the actions that are refused', async () => {
    team().events.length = 0;
    const uid = await uidOf(WEB);
    expect(
      await team().act(WEB, { action: 'restart', uid: 'another' }),
    ).toMatchObject({
      status: 409,
      body: {
        error: {
          message: expect.stringContaining('Another Deployment has the name'),
        },
      },
    });
    expect(
      await team().act(WEB, { action: 'scale', uid, replicas: 3 }, 'viewer'),
    ).toMatchObject({ status: 403 });
    expect(
      await team().act(WEB, { action: 'suspend', uid, suspended: true }),
    ).toMatchObject({ status: 400 });
    expect(
      await team().act(
        'core/services/web',
        { action: 'scale', uid: await uidOf('core/services/web'), replicas: 3 },
        'admin',
      ),
    ).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining('cannot be scaled') } },
    });
    expect(await team().act(WEB, { action: 'explode', uid })).toMatchObject({
      status: 400,
    });
    expect(team().events.map(({ outcome }) => outcome)).toEqual(
      Array(4).fill('fail'),
    );
  });

  it('runs a CronJob now, and suspends it', async () => {
    await create(team().admin, `${options.cronJobs}/cronjobs`, {
      apiVersion: options.cronJobs.split('/').slice(2, 4).join('/'),
      kind: 'CronJob',
      metadata: { name: 'report' },
      spec: {
        schedule: '0 0 1 1 *',
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'a', image: 'a' }],
              },
            },
          },
        },
      },
    });
    const path = 'batch/cronjobs/report';
    const uid = await uidOf(path);
    expect(
      await team().act(path, { action: 'suspend', uid, suspended: true }),
    ).toMatchObject({ status: 200 });
    const { body } = await team().act(path, { action: 'runNow', uid });
    expect(body.created).toMatchObject({ group: 'batch', plural: 'jobs' });
    const job = await team().get(`batch/jobs/${body.created.name}`);
    expect(job.body.object.metadata).toMatchObject({
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ kind: 'CronJob', name: 'report', uid }],
    });
    const related = await team().get(`${path}/related`);
    expect(related.body.items).toContainEqual(
      expect.objectContaining({ relation: 'owned', name: body.created.name }),
    );
    const live = await team().get(path);
    expect(live.body.object.spec.suspend).toBe(true);
  });

  it('changes what differs between two versions of YAML, and shows it first', async () => {
    team().events.length = 0;
    const edit = await change(WEB, 'image: web:1', 'image: web:2');
    const tried = await team().edit(WEB, { ...edit, dryRun: true });
    expect(tried.body).toMatchObject({ changed: false, conflicts: [] });
    expect(tried.body.diff).toMatch(/^- .*image: web:1\n\+ .*image: web:2$/m);
    expect(team().events).toEqual([]);
    const made = await team().edit(WEB, edit);
    expect(made.body).toMatchObject({ changed: true, conflicts: [] });
    expect(made.body.diff).toContain('image: web:2');
    expect(team().events).toMatchObject([
      { eventId: 'object-edit', outcome: 'success', meta: { name: 'web' } },
    ]);
    const same = await team().edit(WEB, { ...edit, base: edit.yaml });
    expect(same.body).toEqual({ changed: false, diff: '', conflicts: [] });
  });

  it('shows the fields that others changed meanwhile, and changes nothing then', async () => {
    const edit = await change(WEB, 'replicas: 2', 'replicas: 4');
    await team().act(WEB, { action: 'scale', uid: edit.uid, replicas: 3 });
    const refused = await team().edit(WEB, edit);
    expect(refused).toMatchObject({
      status: 200,
      body: {
        changed: false,
        conflicts: [
          { path: 'spec.replicas', base: '2', theirs: '3', yours: '4' },
        ],
      },
    });
    const { text: base } = await team().get(WEB, 'editor', 'application/yaml');
    const made = await team().edit(WEB, {
      uid: edit.uid,
      base,
      yaml: base.replace('replicas: 3', 'replicas: 4'),
    });
    expect(made.body.changed).toBe(true);
    const live = await team().live(`${APPS}/deployments/web`);
    expect(live.spec.replicas).toBe(4);
  });

  it.each([
    ['kind: Deployment', 'kind: Pod', 'kind "Pod" must be "Deployment"'],
    ['name: web', 'name: api', 'metadata.name "api" must be "web"'],
    ['replicas: 4', 'replicas: many', ''],
    ['kind: Deployment', 'kind: Deployment\n---\na: 1', 'holds 2 documents'],
  ])('refuses the edit of %j to %j', async (from, to, words) => {
    const { status, text } = await team().edit(
      WEB,
      await change(WEB, from, to),
    );
    expect(status).toBe(400);
    expect(text).toContain(JSON.stringify(words).slice(1, -1));
  });

  it('replaces the value of another person only if the editor of values knows it', async () => {
    const path = 'core/configmaps/shared';
    await create(team().admin, `${NAMESPACE}/configmaps`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shared' },
      data: { mode: 'dark', port: '80' },
    });
    const { body: seen } = await team().get(path);
    const { uid } = seen.object.metadata;
    /** The versions that the editor of values sends: only with the keys that change. */
    const versions = (before: string, now: string) => {
      const { apiVersion, kind, metadata } = seen.object;
      const { name, namespace } = metadata;
      const [base, yaml] = [before, now].map(mode =>
        JSON.stringify({
          apiVersion,
          kind,
          metadata: { name, namespace },
          data: { mode },
        }),
      );
      return { uid, base, yaml };
    };
    await team().admin.request({
      method: 'PATCH',
      path: `${NAMESPACE}/configmaps/shared`,
      body: {
        contentType: 'application/merge-patch+json',
        content: { data: { mode: 'light', port: '81' } },
      },
    });
    const refused = await team().edit(path, versions('dark', 'mine'));
    expect(refused.body).toMatchObject({
      changed: false,
      conflicts: [{ path: 'data.mode', theirs: 'light' }],
    });
    // Save anyway.
    const made = await team().edit(path, versions('light', 'mine'));
    expect(made.body).toMatchObject({ changed: true, conflicts: [] });
    const { data } = await team().live(`${NAMESPACE}/configmaps/shared`);
    expect(data).toEqual({ mode: 'mine', port: '81' });
  });

  it('S57 changes the value of a Secret that is typed, and no other', async () => {
    const path = 'core/secrets/credentials';
    const edit = await change(path, 'user: ""', `user: ${OTHER_BASE64}`);
    const { body } = await team().edit(path, edit);
    expect(body).toMatchObject({ changed: true });
    expect(body.diff).toContain('(hidden, changed)');
    expect(
      (await team().live(`${NAMESPACE}/secrets/credentials`)).data,
    ).toEqual({ user: OTHER_BASE64, password: BASE64 });
    const later = await team().edit(path, {
      ...edit,
      yaml: edit.base.replace('user: ""', 'user: YQ=='),
    });
    expect(later.body).toEqual({
      changed: false,
      diff: '',
      conflicts: [{ path: 'data.user' }],
    });
  });

  it('S57 does not repeat a value that the cluster does not accept', async () => {
    const path = 'core/secrets/credentials';
    const edit = await change(path, 'user: ""', `user: "${OTHER}!"`);
    const edited = await team().edit(path, edit);
    expect(edited.status).toBe(400);
    expect(edited.text).toContain('The cluster refuses the Secret');
    const applied = await team().apply({
      yaml: `apiVersion: v1\nkind: Secret\nmetadata: {name: bad}\ndata: {a: "${OTHER}!"}`,
    });
    expect(applied.body.items).toMatchObject([
      {
        action: 'failed',
        problem: expect.stringContaining('The cluster refuses the Secret'),
      },
    ]);
  });

  it('refuses to change what Berth keeps, with the place to change it', async () => {
    const path = 'core/configmaps/kept';
    const uid = await uidOf(path);
    const edit = await change(
      path,
      'kind: ConfigMap',
      'kind: ConfigMap\ndata: {a: b}',
    );
    const words = expect.stringContaining('Berth keeps the');
    const refused = { status: 403, body: { error: { message: words } } };
    expect(await team().edit(path, edit)).toMatchObject(refused);
    expect(await team().delete(path, { uid })).toMatchObject(refused);
    const applied = await team().apply({
      yaml: [
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new, labels: ${JSON.stringify(
          BERTH,
        )}}`,
      ].join('\n---\n'),
    });
    expect(applied.body.items).toMatchObject([
      { action: 'failed', problem: words },
      { action: 'failed', problem: words },
    ]);
    const quota = await team().get('core/resourcequotas/kept');
    expect(quota.body.keptByBerth).toBe(true);
  });

  describe('apply', () => {
    const CONFIG = (value: string, name = 'first') =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n`;

    it('creates, changes and repeats documents in their order', async () => {
      team().events.length = 0;
      const yaml = `${CONFIG('x')}---\n${CONFIG('v', 'second')}`;
      const tried = await team().apply({ yaml, dryRun: true });
      expect(tried.body.items).toMatchObject([
        {
          index: 0,
          line: 1,
          group: 'core',
          plural: 'configmaps',
          kind: 'ConfigMap',
          namespace: TEAM,
          name: 'first',
          action: 'create',
          diff: expect.stringContaining('+  a: x'),
        },
        { index: 1, line: 8, name: 'second', action: 'create' },
      ]);
      expect(team().events).toEqual([]);
      const made = await team().apply({ yaml });
      expect(made.body.items.map(({ action }: any) => action)).toEqual([
        'create',
        'create',
      ]);
      const again = await team().apply({
        yaml: yaml.replace('a: v', 'a: z'),
      });
      expect(again.body.items).toMatchObject([
        { action: 'none', diff: '' },
        { action: 'change', diff: expect.stringContaining('+  a: z') },
      ]);
      expect(team().events).toMatchObject(
        ['first', 'second', 'first', 'second'].map(name => ({
          eventId: 'object-apply',
          outcome: 'success',
          meta: {
            cluster: 'prod',
            resource: 'configmaps',
            namespace: TEAM,
            name,
          },
        })),
      );
    });

    it('S58 names the fields and managers of a conflict, and takes them over on request only', async () => {
      await team().admin.request({
        method: 'PATCH',
        path: `${NAMESPACE}/configmaps/first`,
        query: { fieldManager: 'robot', force: 'true' },
        body: {
          contentType: 'application/apply-patch+yaml',
          content: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'first' },
            data: { a: 'from-robot' },
          },
        },
      });
      const yaml = `${CONFIG('new', 'third')}---\n${CONFIG('mine')}`;
      const refused = await team().apply({ yaml });
      expect(refused.body.items).toMatchObject([
        { action: 'skipped' },
        {
          action: 'failed',
          conflicts: [{ field: 'data.a', manager: 'robot' }],
        },
      ]);
      expect((await team().get('core/configmaps/third')).status).toBe(404);
      const forced = await team().apply({ yaml, force: [1] });
      expect(forced.body.items).toMatchObject([
        { action: 'create' },
        { action: 'change' },
      ]);
      const live = await team().live(`${NAMESPACE}/configmaps/first`);
      expect(live.data).toEqual({ a: 'mine' });
      expect(live.metadata.managedFields).toContainEqual(
        expect.objectContaining({ manager: 'berth-ui', operation: 'Apply' }),
      );
    });

    it('changes nothing if one document is wrong', async () => {
      const { body } = await team().apply({
        yaml: [
          CONFIG('x', 'fourth').trimEnd(),
          'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}',
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: other}',
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {}',
        ].join('\n---\n'),
      });
      expect(body.items).toMatchObject([
        { action: 'skipped' },
        {
          action: 'failed',
          problem: 'prod has no kind Widget in example.com/v1',
        },
        {
          action: 'failed',
          problem: expect.stringContaining('its rights do not suffice'),
        },
        {
          action: 'failed',
          problem:
            'metadata.name undefined must be the name of a Kubernetes object',
        },
      ]);
      expect((await team().get('core/configmaps/fourth')).status).toBe(404);
    });

    it('takes documents as large as the cluster does, and refuses larger ones with the limit', async () => {
      const large = await team().apply({
        yaml: CONFIG('x'.repeat(700_000), 'large'),
        dryRun: true,
      });
      expect(large.body.items).toMatchObject([{ action: 'create' }]);
      const tooLarge = await team().apply({
        yaml: CONFIG(VALUE.repeat(80_000), 'large'),
      });
      expect(tooLarge.status).toBe(400);
      expect(tooLarge.body.error.message).toBe(
        'yaml must be at most 1048576 characters long',
      );
    });

    it('refuses a viewer', async () => {
      const { body } = await team().apply({ yaml: CONFIG('x') }, 'viewer');
      expect(body.items).toMatchObject([{ action: 'failed' }]);
    });

    it('S57 applies a Secret without its values in the answer, and does not empty one by a copy', async () => {
      const secret = (value: string) =>
        `apiVersion: v1\nkind: Secret\nmetadata: {name: applied}\ndata: {a: "${value}"}`;
      const made = await team().apply({ yaml: secret(BASE64) });
      expect(made.body.items).toMatchObject([
        { action: 'create', diff: expect.stringContaining('a: (hidden)') },
      ]);
      const copied = await team().apply({ yaml: secret('') });
      expect(copied.body.items).toMatchObject([
        {
          action: 'failed',
          problem: expect.stringContaining('data "a" must not'),
        },
      ]);
    });
  });

  it('deletes the object that the person saw, after a dry run', async () => {
    team().events.length = 0;
    const uid = await uidOf(WEB);
    expect(await team().delete(WEB, { uid: 'another' })).toMatchObject({
      status: 409,
    });
    expect(await team().delete(WEB, { uid }, 'viewer')).toMatchObject({
      status: 403,
    });
    expect(await team().delete(WEB, { uid, dryRun: 'true' })).toMatchObject({
      status: 204,
    });
    expect((await team().get(WEB)).status).toBe(200);
    expect(
      await team().delete(WEB, { uid, propagation: 'background' }),
    ).toMatchObject({ status: 204 });
    expect((await team().get(WEB)).status).toBe(404);
    expect(team().events.map(({ outcome }) => outcome)).toEqual([
      'fail',
      'fail',
      'success',
    ]);
  });

  it('S57 has no value of a Secret in any answer, log line or event of all that was done', () => {
    const everything = [
      ...team().answers,
      ...team().logged,
      JSON.stringify(team().events),
    ].join('\n');
    expect(everything.length).toBeGreaterThan(10_000);
    for (const value of [VALUE, BASE64, OTHER, OTHER_BASE64]) {
      expect(everything).not.toContain(value);
    }
  });
}
