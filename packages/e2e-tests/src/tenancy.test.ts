import { describeWithControlPlane } from '@berth/control-plane';
import {
  BerthClient,
  CreateNamespaceRequest,
  ManagedNamespace,
  tokenProviderOf,
} from '@berth/plugin-berth-common';
import { decodeJwt } from 'jose';
import { eventually } from './portal/eventually';
import { Portal } from './portal/Portal';
import { SharedCluster, TEAM_A, TEAM_B } from './portal/SharedCluster';

jest.setTimeout(300_000);

/** Namespaces with grants and quotas, on real parts: kubectl confirms what the portal shows. */
describeWithControlPlane('namespaces on a shared cluster', () => {
  let portal: Portal;
  let shared: SharedCluster;
  let ada: BerthClient;

  beforeAll(async () => {
    shared = await SharedCluster.start();
    portal = shared.portal;
    ada = await portal.signIn('ada');
  });

  afterAll(async () => {
    await shared?.stop();
  });

  const kubectl: SharedCluster['kubectl'] = (...args) =>
    shared.kubectl(...args);
  const as: SharedCluster['as'] = (...args) => shared.as(...args);

  const at = (namespace: string) => ({ cluster: 'prod01', namespace });

  const read = (namespace: string) => ada.getNamespace(at(namespace));

  async function groupsOf(person: string) {
    const client = await portal.signIn(person);
    const { token } = await client.createToken('prod01');
    return decodeJwt(token).groups;
  }

  async function becomes(
    namespace: string,
    holds: (seen: ManagedNamespace) => boolean,
  ): Promise<ManagedNamespace> {
    let seen: ManagedNamespace | undefined;
    await eventually(`${namespace} is as expected`, async () => {
      seen = await read(namespace);
      return holds(seen);
    });
    return seen as ManagedNamespace;
  }

  async function create(request: CreateNamespaceRequest) {
    await ada.createNamespace('prod01', request);
    return becomes(
      request.name,
      ({ state, phase }) =>
        state === 'Failed' || (state === 'Ready' && phase === 'Active'),
    );
  }

  const isGone = async (namespace: string) =>
    (await kubectl(`get namespace ${namespace} -o name --ignore-not-found`)) ===
    '';

  it('creates a namespace with the requested grants and quota', async () => {
    const shop = await create({
      name: 'shop',
      owner: TEAM_A,
      grants: [{ group: TEAM_A, role: 'edit' }],
      quota: { hard: { pods: '2', configmaps: '5', 'requests.cpu': '1500m' } },
    });
    expect(shop).toMatchObject({ state: 'Ready', phase: 'Active' });
    expect(shop.uid).toBe(
      await kubectl('get namespace shop -o jsonpath={.metadata.uid}'),
    );

    const create1 = 'create configmap hello --from-literal=a=b -n shop';
    expect(await as('alice', create1)).toBe('configmap/hello created');
    const grantMore =
      'create rolebinding more --clusterrole=admin --user=user:bob -n shop';
    expect(await as('alice', grantMore)).toContain('orbidden');
    expect(await as('bob', create1)).toContain('forbidden');
  });

  it('limits the use of resources, and shows the use', async () => {
    await becomes('shop', ({ quota }) => quota?.used?.configmaps === '2');
    for (const name of ['two', 'three', 'four']) {
      expect(await as('alice', `create configmap ${name} -n shop`)).toBe(
        `configmap/${name} created`,
      );
    }
    expect(await as('alice', 'create configmap five -n shop')).toMatch(
      /exceeded quota: berth.*configmaps=5/,
    );
    await becomes('shop', ({ quota }) => quota?.used?.configmaps === '5');

    const { etag } = await ada.getQuota(at('shop'));
    const { exceeded } = await ada.setQuota(
      at('shop'),
      { hard: { configmaps: '3' } },
      { etag },
    );
    expect(exceeded).toEqual([
      { resource: 'configmaps', used: '5', hard: '3' },
    ]);
    await eventually('the cluster has the new bound', async () => {
      const hard = '{.spec.hard}';
      return (
        (await kubectl(
          `get resourcequota berth -n shop -o jsonpath=${hard}`,
        )) === '{"configmaps":"3"}'
      );
    });
  });

  it('ends an expired grant in the token and on the cluster', async () => {
    // New tokens do not contain a grant in its last minute, because such a token would be of no use.
    const until = Date.now() + 95_000;
    const expiresAt = new Date(until).toISOString();
    const { etag } = await ada.getGrants(at('shop'));
    await ada.setGrants(
      at('shop'),
      {
        grants: [
          { group: TEAM_A, role: 'edit' },
          { group: TEAM_B, role: 'view', expiresAt },
        ],
      },
      { etag },
    );
    const look = 'get configmap hello -n shop -o name';
    await eventually('bob sees the shop', async () => {
      return (await as('bob', look)) === 'configmap/hello';
    });
    const before = await groupsOf('bob');
    await eventually(
      'bob sees it no more',
      async () => {
        return Date.now() > until && /Forbidden/.test(await as('bob', look));
      },
      180_000,
    );
    expect(before).toHaveLength(
      ((await groupsOf('bob')) as string[]).length + 1,
    );
    await eventually(
      'the binding is gone',
      async () => {
        const bindings = await kubectl('get rolebindings -n shop -o name');
        return bindings.split('\n').length === 1;
      },
      120_000,
    );
  });

  it('carries a token of any size that Berth issues to the logs of a pod', async () => {
    const alice = await portal.signIn('alice');
    const cluster = await alice.getCluster('prod01');
    const { token } = await alice.createToken('prod01');
    const provider = tokenProviderOf(cluster);
    const logs = (bearer: string) =>
      portal.read(
        'alice',
        '/api/kubernetes/proxy/api/v1/namespaces/team-a/pods/none/log',
        {
          'Backstage-Kubernetes-Cluster': 'prod01',
          [`Backstage-Kubernetes-Authorization-oidc-${provider}`]: bearer,
        },
      );
    expect(await logs(token)).toMatchObject({
      status: 404,
      text: expect.stringContaining('pods \\"none\\" not found'),
    });
    // The issuer refuses larger ones. The API server answers, and no server before it (431).
    const largest = token.padEnd(8 * 1024, 'x');
    expect(await logs(largest)).toMatchObject({
      status: 401,
      text: expect.stringContaining('"kind":"Status"'),
    });
  });

  it('S36 takes over a namespace only if an admin confirms it', async () => {
    await kubectl('create namespace legacy');
    await kubectl('create configmap kept -n legacy');
    await expect(
      ada.createNamespace('prod01', { name: 'legacy' }),
    ).rejects.toMatchObject({ statusCode: 409 });
    const { items } = await ada.listNamespaces({ cluster: 'prod01' });
    expect(items.map(({ name }) => name)).not.toContain('legacy');

    expect(
      await create({
        name: 'legacy',
        adopt: true,
        grants: [{ group: TEAM_B, role: 'admin' }],
      }),
    ).toMatchObject({ state: 'Ready', phase: 'Active' });
    await eventually('bob is its admin', async () => {
      return (
        (await as('bob', 'get configmap kept -n legacy -o name')) ===
        'configmap/kept'
      );
    });
  });

  it('S37 deletes what the admin saw, and shows what delays the deletion', async () => {
    const { uid } = await read('legacy');
    await expect(
      ada.deleteNamespace(at('legacy'), 'another-uid'),
    ).rejects.toMatchObject({ statusCode: 400 });
    await kubectl(
      'create -f -',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'held',
          namespace: 'legacy',
          finalizers: ['example.com/keep'],
        },
      }),
    );
    await ada.deleteNamespace(at('legacy'), uid);
    const { terminating } = await becomes(
      'legacy',
      ({ phase, terminating: held }) =>
        phase === 'Terminating' && (held?.conditions.length ?? 0) > 0,
    );
    expect(JSON.stringify(terminating)).toContain('example.com/keep');

    const patch = '{"metadata":{"finalizers":null}}';
    await kubectl(`patch configmap held -n legacy --type=merge -p ${patch}`);
    await eventually('the namespace is gone', () => isGone('legacy'));
    await eventually('the portal has forgotten it', async () => {
      const { items } = await ada.listNamespaces({ cluster: 'prod01' });
      return !items.some(({ name }) => name === 'legacy');
    });
  });
});
