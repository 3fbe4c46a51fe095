import { SandboxCluster } from './SandboxCluster';
import { eventually, TestClient } from './__testUtils__/TestClient';

// On a busy machine, the many small requests take long.
jest.setTimeout(60_000);

const NAMESPACES = '/api/v1/namespaces';
const MERGE = { 'content-type': 'application/merge-patch+json' };
const configMap = (name: string, metadata = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data: { a: '1' },
});

describe('SandboxCluster', () => {
  let cluster: SandboxCluster;
  let admin: TestClient;
  let nobody: TestClient;

  beforeAll(async () => {
    cluster = await SandboxCluster.start({
      name: 'one',
      historySize: 40,
      terminationDelayMs: 50,
      podStepMs: 5,
    });
    admin = new TestClient(cluster, cluster.adminToken);
    nobody = new TestClient(cluster);
  });

  afterAll(async () => {
    await admin.close();
    await nobody.close();
    await cluster.stop();
  });

  async function makeNamespace(name: string) {
    await admin.call('POST', NAMESPACES, { metadata: { name } });
    await eventually(
      () => admin.call('GET', `${NAMESPACES}/${name}/serviceaccounts/default`),
      ({ code }) => code === 200,
    );
    return `${NAMESPACES}/${name}`;
  }

  describe('authentication', () => {
    it('lets anyone see health and version, and nothing else', async () => {
      expect((await nobody.call('GET', '/version')).body.gitVersion).toMatch(
        /^v1\.33/,
      );
      expect((await nobody.call('GET', '/readyz')).body).toBe('ok');
      const { code, body } = await nobody.call('GET', NAMESPACES);
      expect(code).toBe(403);
      expect(body.message).toBe(
        'namespaces is forbidden: User "system:anonymous" cannot list resource "namespaces" in API group "" at the cluster scope',
      );
    });

    it('refuses an unknown token with a Status', async () => {
      const stranger = new TestClient(cluster, 'unknown');
      const { code, body } = await stranger.call('GET', '/version');
      expect(code).toBe(401);
      expect(body).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
      await stranger.close();
    });

    it('returns the user, also of an impersonating request', async () => {
      const { body } = await admin.call(
        'POST',
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        {},
        { 'impersonate-user': 'u', 'impersonate-group': 'g' },
      );
      expect(body.status.userInfo).toEqual({
        username: 'u',
        groups: ['g', 'system:authenticated'],
      });
    });
  });

  describe('authorization', () => {
    const as = (user: string) => ({ 'impersonate-user': user });
    const binding = (role: string, user: string) => ({
      metadata: { name: `${role}-${user}` },
      roleRef: { kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'User', name: user }],
    });
    const RBAC = '/apis/rbac.authorization.k8s.io/v1';

    it('aggregates admin, edit and view, with roles that users add', async () => {
      const path = await makeNamespace('roles');
      const bindings = `${RBAC}/namespaces/roles/rolebindings`;
      await admin.call('POST', bindings, binding('view', 'viewer'));
      await admin.call('POST', bindings, binding('edit', 'editor'));
      const read = async (user: string, resource: string) =>
        (await admin.call('GET', `${path}/${resource}`, undefined, as(user)))
          .code;
      expect(await read('viewer', 'configmaps')).toBe(200);
      expect(await read('viewer', 'secrets')).toBe(403);
      expect(await read('editor', 'secrets')).toBe(200);

      await admin.call('POST', `${RBAC}/clusterroles`, {
        metadata: {
          name: 'more',
          labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
        },
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }],
      });
      await eventually(
        () => read('viewer', 'secrets'),
        code => code === 200,
      );
    });

    it('lets users grant only rights that they have, or that bind allows', async () => {
      await makeNamespace('escalation');
      const bindings = `${RBAC}/namespaces/escalation/rolebindings`;
      await admin.call('POST', `${RBAC}/clusterroles`, {
        metadata: { name: 'binder' },
        rules: [
          {
            apiGroups: ['rbac.authorization.k8s.io'],
            resources: ['rolebindings'],
            verbs: ['create'],
          },
          {
            apiGroups: ['rbac.authorization.k8s.io'],
            resources: ['clusterroles'],
            resourceNames: ['edit'],
            verbs: ['bind'],
          },
        ],
      });
      await admin.call(
        'POST',
        `${RBAC}/clusterrolebindings`,
        binding('binder', 'rec'),
      );
      const bind = (role: string) =>
        admin.call('POST', bindings, binding(role, 'x'), as('rec'));
      expect((await bind('edit')).code).toBe(201);
      const refused = await bind('cluster-admin');
      expect(refused.code).toBe(403);
      expect(refused.body.message).toContain(
        'is attempting to grant RBAC permissions not currently held:\n{APIGroups:["*"], Resources:["*"], Verbs:["*"]}',
      );
    });

    it('keeps roleRef unchanged', async () => {
      await makeNamespace('roleref');
      const bindings = `${RBAC}/namespaces/roleref/rolebindings`;
      await admin.call('POST', bindings, binding('view', 'u'));
      const { code, body } = await admin.call(
        'PATCH',
        `${bindings}/view-u`,
        { roleRef: { name: 'edit' } },
        MERGE,
      );
      expect(code).toBe(422);
      expect(body.details.causes[0].field).toBe('roleRef');
    });

    it('accepts the token of a service account as long as the account lives', async () => {
      const path = await makeNamespace('accounts');
      await admin.call('POST', `${path}/serviceaccounts`, {
        metadata: { name: 'robot' },
      });
      const { body } = await admin.call(
        'POST',
        `${path}/serviceaccounts/robot/token`,
        { spec: { expirationSeconds: 600 } },
      );
      const robot = new TestClient(cluster, body.status.token);
      const refused = await robot.call('GET', `${path}/pods`);
      expect(refused.body.message).toContain(
        'User "system:serviceaccount:accounts:robot" cannot list',
      );
      await admin.call('DELETE', `${path}/serviceaccounts/robot`);
      expect((await robot.call('GET', `${path}/pods`)).code).toBe(401);
      await robot.close();
    });
  });

  describe('reading and writing', () => {
    it('names every invalid field', async () => {
      const { code, body } = await admin.call('POST', NAMESPACES, {
        metadata: { name: 'Not_Good', labels: { a: 'b c' } },
      });
      expect(code).toBe(422);
      expect(
        body.details.causes.map(({ field }: { field: string }) => field),
      ).toEqual(['metadata.name', 'metadata.labels']);
    });

    it('refuses stale writes and wrong preconditions', async () => {
      const path = `${await makeNamespace('stale')}/configmaps`;
      await admin.call('POST', path, configMap('a'));
      const stale = configMap('a', { resourceVersion: '1' });
      expect((await admin.call('PUT', `${path}/a`, stale)).code).toBe(409);
      const preconditions = { uid: 'other' };
      expect(
        (await admin.call('DELETE', `${path}/a`, { preconditions })).code,
      ).toBe(409);
      expect((await admin.call('GET', `${path}/a`)).code).toBe(200);
    });

    it('writes nothing in a dry run', async () => {
      const path = `${await makeNamespace('dry')}/configmaps`;
      const { code } = await admin.call(
        'POST',
        `${path}?dryRun=All`,
        configMap('a'),
      );
      expect(code).toBe(201);
      expect((await admin.call('GET', `${path}/a`)).code).toBe(404);
    });

    it('lists in pages of one moment, and answers 410 when it is forgotten', async () => {
      const path = `${await makeNamespace('pages')}/configmaps`;
      for (const name of ['a', 'b', 'c']) {
        await admin.call('POST', path, configMap(name));
      }
      const first = (await admin.call('GET', `${path}?limit=2`)).body;
      expect(first.metadata.remainingItemCount).toBe(2);
      await admin.call('DELETE', `${path}/b`);
      const next = `${path}?limit=2&continue=${first.metadata.continue}`;
      const second = (await admin.call('GET', next)).body;
      expect(second.items.map((item: any) => item.metadata.name)).toEqual([
        'c',
        'kube-root-ca.crt',
      ]);

      for (let count = 0; count < 60; count += 1) {
        await admin.call(
          'PATCH',
          `${path}/c`,
          { data: { a: `${count}` } },
          MERGE,
        );
      }
      const late = await admin.call('GET', next);
      expect(late.code).toBe(410);
      expect(late.body.reason).toBe('Expired');
      const inconsistent = late.body.metadata.continue;
      expect(
        (await admin.call('GET', `${path}?continue=${inconsistent}`)).code,
      ).toBe(200);
    });

    it('applies, and conflicts with another manager', async () => {
      const path = `${await makeNamespace('apply')}/configmaps/a`;
      const headers = { 'content-type': 'application/apply-patch+yaml' };
      const yaml = 'apiVersion: v1\nkind: ConfigMap\ndata: {a: "1"}\n';
      const first = await admin.call(
        'PATCH',
        `${path}?fieldManager=m`,
        yaml,
        headers,
      );
      expect(first.code).toBe(201);
      const elsewhere = `${yaml}metadata: {name: b}\n`;
      expect(
        (
          await admin.call(
            'PATCH',
            `${path}?fieldManager=m`,
            elsewhere,
            headers,
          )
        ).code,
      ).toBe(400);
      const again = await admin.call(
        'PATCH',
        `${path}?fieldManager=m`,
        yaml,
        headers,
      );
      expect(again.body.metadata.resourceVersion).toBe(
        first.body.metadata.resourceVersion,
      );
      const other = yaml.replace('"1"', '"2"');
      expect(
        (await admin.call('PATCH', `${path}?fieldManager=n`, other, headers))
          .code,
      ).toBe(409);
      expect(
        (
          await admin.call(
            'PATCH',
            `${path}?fieldManager=n&force=true`,
            other,
            headers,
          )
        ).body.data,
      ).toEqual({ a: '2' });
    });

    it('waits for finalizers', async () => {
      const path = `${await makeNamespace('finalizers')}/configmaps`;
      await admin.call(
        'POST',
        path,
        configMap('a', { finalizers: ['x.io/y'] }),
      );
      await admin.call('DELETE', `${path}/a`);
      const held = await admin.call('GET', `${path}/a`);
      expect(held.body.metadata.deletionTimestamp).toBeDefined();
      await admin.call(
        'PATCH',
        `${path}/a`,
        { metadata: { finalizers: null } },
        MERGE,
      );
      expect((await admin.call('GET', `${path}/a`)).code).toBe(404);
    });

    it.each([
      ['POST', NAMESPACES, '{', {}, 400],
      ['POST', NAMESPACES, 'x'.repeat(3_200_000), {}, 413],
      ['POST', NAMESPACES, {}, { 'content-type': 'text/plain' }, 415],
      ['PATCH', `${NAMESPACES}/default`, {}, {}, 415],
      ['GET', NAMESPACES, undefined, { accept: 'text/html' }, 406],
      ['DELETE', NAMESPACES, undefined, {}, 405],
      ['GET', '/api/v1/nothing', undefined, {}, 404],
      ['GET', '/apis/nothing/v1/x', undefined, {}, 404],
      ['GET', '/%zz', undefined, {}, 400],
    ] as const)(
      '%s %s is answered sensibly',
      async (method, path, body, headers, code) => {
        expect((await admin.call(method, path, body, headers)).code).toBe(code);
      },
    );

    it('answers JSON to clients that accept only protobuf', async () => {
      const accept = 'application/vnd.kubernetes.protobuf';
      const { code, headers } = await admin.call('GET', NAMESPACES, undefined, {
        accept,
      });
      expect(code).toBe(200);
      expect(headers['content-type']).toBe('application/json');
    });
  });

  describe('watching', () => {
    it('reports objects that start and stop matching a selector', async () => {
      const path = `${await makeNamespace('watch')}/configmaps`;
      const { body } = await admin.call('GET', path);
      await admin.call('POST', path, configMap('a', { labels: { on: 'yes' } }));
      await admin.call('POST', path, configMap('b'));
      await admin.call(
        'PATCH',
        `${path}/a`,
        { metadata: { labels: { on: 'no' } } },
        MERGE,
      );
      await admin.call(
        'PATCH',
        `${path}/b`,
        { metadata: { labels: { on: 'yes' } } },
        MERGE,
      );
      await admin.call('DELETE', `${path}/b`);
      const events = await admin.watch(
        `${path}?watch=1&labelSelector=on%3Dyes&resourceVersion=${body.metadata.resourceVersion}`,
        ({ type, object }) =>
          type === 'DELETED' && object.metadata.name === 'b',
      );
      expect(
        events.map(({ type, object }) => `${type} ${object.metadata.name}`),
      ).toEqual(['ADDED a', 'DELETED a', 'ADDED b', 'DELETED b']);
    });

    it('ends with 410 as an event when the version is forgotten', async () => {
      const [event] = await admin.watch(
        '/api/v1/configmaps?watch=1&resourceVersion=1',
        () => true,
      );
      expect(event).toMatchObject({
        type: 'ERROR',
        object: { kind: 'Status', code: 410, reason: 'Expired' },
      });
    });

    it('marks the end of the initial events', async () => {
      const events = await admin.watch(
        `${NAMESPACES}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
        ({ type }) => type === 'BOOKMARK',
      );
      const bookmark = events.pop();
      expect(bookmark.object.metadata.annotations).toEqual({
        'k8s.io/initial-events-end': 'true',
      });
      expect(events.every(({ type }) => type === 'ADDED')).toBe(true);
    });

    it('ends after its time', async () => {
      const start = Date.now();
      await admin.watch(`${NAMESPACES}?watch=1&timeoutSeconds=1`, () => false);
      expect(Date.now() - start).toBeLessThan(10_000);
    });
  });

  describe('namespaces', () => {
    it('end after a while, and their contents with them', async () => {
      const path = await makeNamespace('ending');
      await admin.call('POST', `${path}/configmaps`, configMap('a'));
      const { body } = await admin.call('DELETE', path);
      expect(body.status.phase).toBe('Terminating');
      const late = await admin.call(
        'POST',
        `${path}/configmaps`,
        configMap('b'),
      );
      expect(late.code).toBe(403);
      expect(late.body.details.causes[0].reason).toBe('NamespaceTerminating');
      await eventually(
        () => admin.call('GET', path),
        ({ code }) => code === 404,
      );
      expect((await admin.call('GET', `${path}/configmaps/a`)).code).toBe(404);
    });

    it('wait for finalizers of their objects, and report that', async () => {
      const path = await makeNamespace('held');
      await admin.call(
        'POST',
        `${path}/configmaps`,
        configMap('a', { finalizers: ['x.io/y'] }),
      );
      await admin.call('DELETE', path);
      const { body } = await eventually(
        () => admin.call('GET', path),
        answer => answer.body.status?.conditions !== undefined,
      );
      expect(
        body.status.conditions.find(
          ({ type }: { type: string }) =>
            type === 'NamespaceFinalizersRemaining',
        ).message,
      ).toContain('x.io/y in 1 resource instances');
      await admin.call(
        'PATCH',
        `${path}/configmaps/a`,
        { metadata: { finalizers: null } },
        MERGE,
      );
      await eventually(
        () => admin.call('GET', path),
        ({ code }) => code === 404,
      );
    });

    it('of the system cannot be deleted, and missing ones accept no objects', async () => {
      const refused = await admin.call('DELETE', `${NAMESPACES}/kube-system`);
      expect(refused.code).toBe(403);
      const missing = await admin.call(
        'POST',
        `${NAMESPACES}/missing/configmaps`,
        configMap('a'),
      );
      expect(missing.code).toBe(404);
      expect(missing.body.message).toBe('namespaces "missing" not found');
    });
  });

  describe('quotas', () => {
    const pod = (name: string, cpu?: string) => ({
      metadata: { name },
      spec: {
        containers: [
          {
            name: 'c',
            image: 'i:1',
            ...(cpu && { resources: { requests: { cpu } } }),
          },
        ],
      },
    });

    it('are counted and enforced, with defaults from a LimitRange', async () => {
      const path = await makeNamespace('quota');
      await admin.call('POST', `${path}/resourcequotas`, {
        metadata: { name: 'q' },
        spec: { hard: { 'requests.cpu': '1', pods: '5' } },
      });
      const silent = await admin.call('POST', `${path}/pods`, pod('a'));
      expect(silent.code).toBe(403);
      expect(silent.body.message).toBe(
        'pods "a" is forbidden: failed quota: q: must specify requests.cpu for: c',
      );
      expect(
        (await admin.call('POST', `${path}/pods`, pod('a', '600m'))).code,
      ).toBe(201);
      const greedy = await admin.call('POST', `${path}/pods`, pod('b', '500m'));
      expect(greedy.body.message).toBe(
        'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1',
      );
      await admin.call('POST', `${path}/limitranges`, {
        metadata: { name: 'l' },
        spec: {
          limits: [{ type: 'Container', defaultRequest: { cpu: '100m' } }],
        },
      });
      expect((await admin.call('POST', `${path}/pods`, pod('c'))).code).toBe(
        201,
      );
      await eventually(
        () => admin.call('GET', `${path}/resourcequotas/q`),
        ({ body }) =>
          body.status.used?.pods === '2' &&
          body.status.used['requests.cpu'] === '700m',
      );
    });
  });

  describe('workloads', () => {
    it('run, scale and terminate', async () => {
      const path = await makeNamespace('jobs');
      const deployments = '/apis/apps/v1/namespaces/jobs/deployments';
      await admin.call('POST', deployments, {
        metadata: { name: 'web' },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'c', image: 'i:1' }] },
          },
        },
      });
      const ready = (count: number) =>
        eventually(
          () => admin.call('GET', `${deployments}/web`),
          ({ body }) => (body.status.readyReplicas ?? 0) === count,
        );
      await ready(2);
      await admin.call(
        'PATCH',
        `${deployments}/web/scale`,
        { spec: { replicas: 1 } },
        MERGE,
      );
      await ready(1);
      await admin.call('DELETE', `${deployments}/web`);
      const { body } = await eventually(
        () => admin.call('GET', `${path}/pods`),
        answer => answer.body.items.length === 0,
      );
      expect(body.kind).toBe('PodList');
    });

    it('crash and wait, and run once the image is another one', async () => {
      const namespace = await makeNamespace('crashing');
      const deployments = namespace.replace('/api/v1', '/apis/apps/v1');
      const web = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image: 'shop/web:2-broken' }] },
          },
        },
      };
      await admin.call('POST', `${deployments}/deployments`, web);
      const { body } = await eventually(
        () => admin.call('GET', `${namespace}/pods`),
        ({ body: { items } }) =>
          items[0]?.status?.containerStatuses?.[0]?.state?.waiting?.reason ===
          'CrashLoopBackOff',
      );
      expect(body.items[0].status).toMatchObject({
        phase: 'Running',
        containerStatuses: [
          {
            ready: false,
            lastState: { terminated: { exitCode: 1, reason: 'Error' } },
          },
        ],
      });

      const imageOf = (image: string) => ({
        spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
      });
      await admin.call(
        'PATCH',
        `${deployments}/deployments/web`,
        imageOf('shop/web:3'),
        { 'content-type': 'application/strategic-merge-patch+json' },
      );
      await eventually(
        () => admin.call('GET', `${deployments}/deployments/web`),
        ({ body: { status } }) =>
          status.readyReplicas === 1 && status.replicas === 1,
      );

      await admin.call(
        'PATCH',
        `${deployments}/deployments/web`,
        imageOf('shop/web:4-missing'),
        { 'content-type': 'application/strategic-merge-patch+json' },
      );
      await eventually(
        () => admin.call('GET', `${namespace}/pods`),
        ({ body: { items } }) =>
          items.some(
            (pod: { status: { containerStatuses?: [{ state: object }] } }) =>
              JSON.stringify(pod.status).includes('ImagePullBackOff'),
          ),
      );
    });
  });

  it('is seeded without HTTP, with objects that can be applied later', async () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'seeded' },
    };
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'small', namespace: 'seeded' },
      spec: { hard: { pods: '1' } },
    };
    const [, stored] = cluster.seed([namespace, quota]);
    const { body } = await admin.call(
      'GET',
      `${NAMESPACES}/seeded/resourcequotas/small`,
    );
    expect(body).toMatchObject({
      metadata: { uid: stored.metadata.uid },
      spec: quota.spec,
    });
    const applied = await admin.call(
      'PATCH',
      `${NAMESPACES}/seeded/resourcequotas/small?fieldManager=gardener&force=true`,
      { ...quota, spec: { hard: { pods: '2' } } },
      { 'content-type': 'application/apply-patch+yaml' },
    );
    expect(applied.body).toMatchObject({
      metadata: { uid: stored.metadata.uid },
      spec: { hard: { pods: '2' } },
    });
    expect(() => cluster.seed([{ ...namespace, kind: 'Namespaces' }])).toThrow(
      'The sandbox keeps no Namespaces of v1',
    );
  });

  it('ends watches when it stops, and other clusters go on', async () => {
    const other = await SandboxCluster.start({ name: 'two' });
    const client = new TestClient(other, other.adminToken);
    const watch = client
      .watch(`${NAMESPACES}?watch=1`, () => false)
      .catch(() => 'cut');
    await client.call('GET', '/version');
    await other.stop();
    await watch;
    await expect(client.call('GET', '/version')).rejects.toThrow();
    expect((await admin.call('GET', '/version')).code).toBe(200);
    await client.close();
  });
});
