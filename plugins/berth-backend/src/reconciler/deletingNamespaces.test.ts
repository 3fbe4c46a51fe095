import { ConfigReader } from '@backstage/config';
import { FakeCluster } from '../../__testUtils__/FakeCluster';
import { NAMESPACES } from '../kube';
import { GrantRecord, NamespaceRecord } from '../model/tenancy';
import { ClusterSession } from './ClusterSession';
import { readProfiles } from './profiles/readProfiles';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from './__testUtils__/fakes';

const since = '2026-11-21T00:00:00.000Z';
const SHOP: NamespaceRecord = {
  clusterId: CLUSTER.id,
  name: 'shop',
  uid: 'u',
  origin: 'request',
  phase: 'Active',
  state: 'Ready',
  since,
  createdAt: since,
};
const GRANT: GrantRecord = {
  id: '01',
  clusterId: CLUSTER.id,
  namespace: 'shop',
  group: 'group:default/team-a',
  kubernetesName: 'team-a',
  role: 'edit',
  source: 'grant',
  state: 'Pending',
  since,
  createdAt: since,
};
const PROFILES = readProfiles(
  new ConfigReader({
    berth: { profiles: [{ name: 'p', egress: { internet: true } }] },
  }),
);

function setUp() {
  const cluster = new FakeCluster();
  const world = { shop: SHOP };
  const reconciler = testReconciler({
    shares: new FakeShares(),
    inventory: new FakeInventory(),
    client: cluster,
    tenants: {
      read: async () => ({
        ...NO_TENANTS,
        profiles: { group: PROFILES[0] },
        namespaces: [world.shop],
        grants: [GRANT],
      }),
    },
  });
  const session = new ClusterSession(fakeLease());
  return {
    cluster,
    world,
    pass: async () => {
      cluster.writes.length = 0;
      await reconciler.reconcile(
        CLUSTER,
        session,
        new AbortController().signal,
      );
      return [...cluster.writes];
    },
  };
}

describe('a namespace that is being deleted', () => {
  it('P21 loses its access at once, and its policies only with its pods', async () => {
    const { cluster, world, pass } = setUp();
    await pass();
    expect(cluster.bindings()).toHaveLength(1);
    // The replica ended between the mark in the database and the call of the cluster.
    world.shop = { ...SHOP, deletingSince: since };
    expect(await pass()).toEqual(['delete RoleBinding/shop/berth:edit:team-a']);
    expect(cluster.policies('shop')).toHaveLength(1);
    expect(await pass()).toEqual([]);

    const { metadata, ...rest } = cluster.namespace('shop')!;
    cluster.put(NAMESPACES, {
      ...rest,
      metadata: { ...metadata, deletionTimestamp: since },
    });
    expect(await pass()).toEqual([]);
  });

  it('is not created again', async () => {
    const { cluster, world, pass } = setUp();
    await pass();
    world.shop = { ...SHOP, deletingSince: since };
    await pass();
    cluster.remove('Namespace', 'shop');
    await pass();
    expect(cluster.namespace('shop')).toBeUndefined();
  });

  it('gets everything back if the cluster refuses the deletion', async () => {
    const { cluster, world, pass } = setUp();
    await pass();
    world.shop = { ...SHOP, deletingSince: since };
    await pass();
    world.shop = SHOP;
    await pass();
    expect(cluster.bindings()).toHaveLength(1);
    expect(cluster.policies('shop')).toHaveLength(1);
  });
});
