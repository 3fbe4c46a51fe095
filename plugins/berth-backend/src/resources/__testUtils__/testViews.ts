/* eslint-disable jest/no-export -- test cases that two test files share */
import {
  Abilities,
  LogLine,
  NodeListLine,
  ResourceKindList,
} from '@berth/plugin-berth-common';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeTarget,
} from '../../kube';
import { ResourcesUnderTest, rowsOf } from './ResourcesUnderTest';

const START_MS = 180_000;
const VALUE = 'value-of-the-secret';
const CONTAINERS = [{ name: 'web', image: 'web' }];

interface TestedCluster extends KubeTarget {
  adminToken: string;
  stop(): Promise<void>;
}

/** Tests the lists on an actual or simulated Kubernetes API server, as an admin, a member and a viewer. */
export function testViews(start: () => Promise<TestedCluster>) {
  let cluster: TestedCluster;
  let clients: DefaultKubeClientFactory;
  let berth: ResourcesUnderTest;

  const call = (
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    content?: object,
  ) =>
    clients.forPerson(cluster, cluster.adminToken).request({
      method,
      path,
      ...(content && {
        body: {
          contentType:
            method === 'PATCH'
              ? 'application/merge-patch+json'
              : 'application/json',
          content,
        },
      }),
    });

  /** Makes an account with a role in namespaces, and returns its token. */
  async function person(name: string, role: string, namespaces: string[]) {
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    await call('POST', accounts, { metadata: { name } });
    for (const namespace of namespaces) {
      await call(
        'POST',
        `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`,
        {
          metadata: { name },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: role,
          },
          subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
        },
      );
    }
    const answer = await call('POST', `${accounts}/${name}/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3_600 },
    });
    return (answer as { status: { token: string } }).status.token;
  }

  beforeAll(async () => {
    cluster = await start();
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'test',
    });
    for (const name of ['team-a', 'team-b', 'other']) {
      await call('POST', '/api/v1/namespaces', { metadata: { name } });
      await call('POST', `/apis/apps/v1/namespaces/${name}/deployments`, {
        metadata: { name: 'shop', labels: { app: 'shop' } },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: 'shop' } },
          template: {
            metadata: { labels: { app: 'shop' } },
            spec: { containers: CONTAINERS },
          },
        },
      });
      await call('POST', `/api/v1/namespaces/${name}/secrets`, {
        metadata: {
          name: 'keys',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': VALUE,
          },
        },
        stringData: { key: VALUE },
      });
    }
    const holding = async (
      name: string,
      role: string,
      namespaces: string[],
    ) => ({
      token: await person(name, role, namespaces),
      // Berth knows of one namespace more than the cluster lets the person read.
      namespaces: [...namespaces, 'other'],
    });
    await call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', {
      metadata: { name: 'pods-without-logs' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
    });
    berth = await ResourcesUnderTest.start({
      prod01: {
        apiServer: cluster.apiServer,
        caPem: cluster.caPem,
        people: {
          admin: { token: cluster.adminToken, namespaces: [] },
          member: await holding('member', 'edit', ['team-a', 'team-b']),
          viewer: await holding('viewer', 'view', ['team-a']),
          reader: await holding('reader', 'pods-without-logs', ['team-a']),
        },
      },
    });
  }, START_MS);

  afterAll(async () => {
    await berth?.stop();
    await clients?.close();
    await cluster?.stop();
  }, START_MS);

  it('lists what is in the namespaces of a member, and names the forbidden one', async () => {
    const lines = await berth.list('apps/deployments', 'member');
    expect(rowsOf(lines).sort()).toEqual([
      'prod01/team-a/shop',
      'prod01/team-b/shop',
    ]);
    expect(lines.filter(({ type }) => type === 'failed')).toEqual([
      expect.objectContaining({ namespace: 'other', cause: 'Forbidden' }),
    ]);
    const columns = lines.find(line => line.type === 'columns');
    expect(columns).toMatchObject({
      columns: expect.arrayContaining([
        expect.objectContaining({ name: 'Name', format: 'name', priority: 0 }),
        expect.objectContaining({ name: 'Ready' }),
        expect.objectContaining({ name: 'Age' }),
      ]),
    });
  });

  it('lists all deployments with the time of their creation for an admin', async () => {
    const lines = await berth.list(
      'apps/deployments?labelSelector=app%3Dshop',
      'admin',
    );
    expect(rowsOf(lines).sort()).toEqual([
      'prod01/other/shop',
      'prod01/team-a/shop',
      'prod01/team-b/shop',
    ]);
    const rows = lines.flatMap(line => (line.type === 'rows' ? line.rows : []));
    expect(rows[0]).toMatchObject({
      createdAt: expect.stringMatching(/^\d{4}-/),
    });
    expect(
      rowsOf(
        await berth.list('apps/deployments?labelSelector=app%3Dx', 'admin'),
      ),
    ).toEqual([]);
  });

  it('continues a list of pages', async () => {
    const first = await berth.list('apps/deployments?limit=2', 'admin');
    const done = first.find(line => line.type === 'done') as { more: string };
    const rest = await berth.list(
      `apps/deployments?limit=2&cursor=${done.more}`,
      'admin',
    );
    expect([...rowsOf(first), ...rowsOf(rest)].sort()).toEqual([
      'prod01/other/shop',
      'prod01/team-a/shop',
      'prod01/team-b/shop',
    ]);
  });

  it('S57 lists Secrets without a byte of a value, for members and admins', async () => {
    for (const who of ['admin', 'member']) {
      const lines = await berth.list('core/secrets', who);
      expect(rowsOf(lines)).toEqual(
        expect.arrayContaining(['prod01/team-a/keys', 'prod01/team-b/keys']),
      );
      const text = JSON.stringify(lines);
      expect(text).not.toContain(VALUE);
      expect(text).not.toContain(Buffer.from(VALUE).toString('base64'));
    }
    expect(await berth.list('core/secrets', 'viewer')).toContainEqual(
      expect.objectContaining({
        type: 'failed',
        namespace: 'team-a',
        cause: 'Forbidden',
      }),
    );
  });

  it('reports once that a kind of the whole cluster is forbidden', async () => {
    const lines = await berth.list('core/nodes', 'member');
    expect(lines.filter(({ type }) => type === 'failed')).toEqual([
      expect.objectContaining({ cluster: 'prod01', cause: 'Forbidden' }),
    ]);
    expect(rowsOf(await berth.list('core/namespaces', 'admin'))).toContain(
      'prod01/_/team-a',
    );
  });

  it('lists the kinds, the same for each person', async () => {
    const kinds = async (who: string) =>
      (await (
        await berth.fetch('/resources/kinds', who)
      ).json()) as ResourceKindList;
    const { failures, items } = await kinds('member');
    expect(failures).toEqual([]);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          group: 'core',
          version: 'v1',
          kind: 'Pod',
          plural: 'pods',
          namespaced: true,
          custom: false,
          shortNames: ['po'],
          verbs: expect.arrayContaining(['list', 'watch']),
          clusters: ['prod01'],
        }),
        expect.objectContaining({ group: 'apps', plural: 'deployments' }),
        expect.objectContaining({
          group: 'networking.k8s.io',
          plural: 'networkpolicies',
          custom: false,
        }),
      ]),
    );
    expect(items.filter(({ plural }) => plural.includes('/'))).toEqual([]);
    expect((await kinds('admin')).items).toEqual(items);
  });

  it('lists nodes with what their pods ask for, for those who may', async () => {
    await call('POST', '/api/v1/nodes', {
      metadata: { name: 'gpu-1', labels: { 'nvidia.com/gpu.count': '2' } },
    });
    await call('POST', '/api/v1/namespaces/other/pods', {
      metadata: { name: 'bound' },
      spec: {
        nodeName: 'gpu-1',
        automountServiceAccountToken: false,
        containers: [
          { name: 'a', image: 'a', resources: { requests: { cpu: '250m' } } },
        ],
      },
    });
    const lines = async (who: string): Promise<NodeListLine[]> =>
      (await (await berth.fetch('/resources/nodes', who)).text())
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line));
    const [admin, member] = [await lines('admin'), await lines('member')];
    expect(admin.map(({ type }) => type)).toEqual([
      'start',
      'nodes',
      'requested',
      'done',
      'end',
    ]);
    expect(
      admin.flatMap(line => (line.type === 'nodes' ? line.nodes : [])),
    ).toContainEqual(
      expect.objectContaining({
        name: 'gpu-1',
        cordoned: false,
        gpu: { advertised: 0, physical: 2 },
      }),
    );
    expect(admin).toContainEqual(
      expect.objectContaining({
        type: 'requested',
        requested: expect.objectContaining({
          'gpu-1': { cpu: '250m', pods: '1' },
        }),
      }),
    );
    expect(member.slice(1)).toEqual([
      expect.objectContaining({ type: 'failed', cause: 'Forbidden' }),
      { type: 'end' },
    ]);
  });

  it('lists what a person may do, in a namespace and on the whole cluster', async () => {
    const abilities = async (who: string, namespace?: string) =>
      (await (
        await berth.fetch(
          `/clusters/prod01/abilities${
            namespace === undefined ? '' : `?namespace=${namespace}`
          }`,
          who,
        )
      ).json()) as Abilities;
    const may = ({ rules }: Abilities, verb: string, plural: string) =>
      rules.some(
        ({ verbs, resources }) =>
          (verbs.includes(verb) || verbs.includes('*')) &&
          (resources.includes(plural) || resources.includes('*')),
      );
    const member = await abilities('member', 'team-a');
    expect(member).toMatchObject({ canWrite: true, incomplete: false });
    expect(may(member, 'delete', 'pods')).toBe(true);
    expect(may(member, 'get', 'secrets')).toBe(true);
    const viewer = await abilities('viewer', 'team-a');
    expect(may(viewer, 'list', 'pods')).toBe(true);
    expect(may(viewer, 'delete', 'pods')).toBe(false);
    expect(may(viewer, 'get', 'secrets')).toBe(false);
    expect(may(await abilities('member'), 'list', 'pods')).toBe(false);
    expect(may(await abilities('admin'), 'delete', 'nodes')).toBe(true);
    expect(
      (await berth.fetch('/clusters/nowhere/abilities', 'member')).status,
    ).toBe(404);
  });

  describe('logs', () => {
    const PODS = '/api/v1/namespaces/team-a/pods';
    const logs = (path: string, who = 'viewer') =>
      berth.fetch(`/clusters/prod01/objects/${path}`, who);
    const linesOf = async (answer: Response) =>
      (await answer.text())
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as LogLine);

    async function eventually<T>(read: () => Promise<T | undefined>) {
      for (;;) {
        const value = await read();
        if (value !== undefined) {
          return value;
        }
        await delay(100);
      }
    }

    beforeAll(async () => {
      await eventually(() =>
        call('GET', '/api/v1/namespaces/team-a/serviceaccounts/default').catch(
          () => undefined,
        ),
      );
      await call('POST', PODS, {
        metadata: { name: 'alone' },
        spec: { containers: CONTAINERS },
      });
      await call('POST', '/apis/apps/v1/namespaces/team-a/deployments', {
        metadata: { name: 'logged' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'logged' } },
          template: {
            metadata: { labels: { app: 'logged' } },
            spec: { containers: CONTAINERS },
          },
        },
      });
    }, START_MS);

    it('finds the pods of a deployment', async () => {
      const sources = await eventually(async () => {
        const answer = await logs(
          'apps/deployments/logged/logs?namespace=team-a',
        );
        const lines = await linesOf(answer);
        expect(lines.slice(-1)).toEqual([{ type: 'end', reason: 'complete' }]);
        const found = lines.filter(({ type }) => type === 'source');
        return found.length > 0 ? found : undefined;
      });
      expect(sources).toMatchObject([
        { pod: expect.stringMatching(/^logged-/), container: 'web' },
      ]);
    });

    it('says that a container has not started', async () => {
      const answer = await logs('core/pods/alone/logs?namespace=team-a');
      expect(await linesOf(answer)).toMatchObject([
        { type: 'source', pod: 'alone', container: 'web' },
        {
          type: 'waiting',
          reason: 'The container has not started: Pending',
        },
        { type: 'end', reason: 'complete' },
      ]);
    });

    it('are only for those who may read them', async () => {
      await call('PATCH', `${PODS}/alone/status`, {
        status: {
          phase: 'Running',
          containerStatuses: [
            {
              name: 'web',
              image: 'web',
              imageID: '',
              ready: true,
              restartCount: 0,
              state: { running: { startedAt: '2026-01-31T18:00:00Z' } },
            },
          ],
        },
      });
      const path = 'core/pods/alone/logs?namespace=team-a';
      expect((await logs(path)).status).toBe(200);
      const refused = await logs(path, 'reader');
      expect(refused.status).toBe(403);
      expect((await refused.json()).error.message).toMatch(
        /cannot get resource "pods\/log"/,
      );
      expect((await logs(`${path}&download=true`, 'reader')).status).toBe(403);
      // Not even the pods of another team.
      expect((await logs('core/pods/alone/logs?namespace=team-b')).status).toBe(
        403,
      );
    });

    it.each([
      ['core/pods/none/logs?namespace=team-a', 'pods \\"none\\" not found'],
      ['apps/deployments/none/logs?namespace=team-a', 'not found'],
      ['core/secrets/keys/logs?namespace=team-a', 'secrets have no logs'],
    ])('of %s do not exist', async (path, words) => {
      const answer = await logs(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain(words);
    });
  });
}
