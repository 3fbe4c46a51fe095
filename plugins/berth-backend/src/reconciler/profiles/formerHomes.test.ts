import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { NAMESPACES } from '../../kube';
import { NamespaceRecord } from '../../model/tenancy';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { ClusterSession } from '../ClusterSession';
import { Tenants } from '../types';
import { PROFILE_FIELDS } from './profileFields';
import { Profile } from './types';

const TEAM_A = 'group:default/team-a';
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const PROFILE: Profile = {
  name: 'p',
  labels: { 'example.com/tier': 'x', [ENFORCE]: 'baseline' },
  annotations: { 'example.com/contact': 'x' },
  networkPolicies: [
    {
      name: 'deny',
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [],
        egress: [],
      },
    },
  ],
};
const HOME: NamespaceRecord = {
  clusterId: CLUSTER.id,
  name: 'team-a',
  owner: TEAM_A,
  origin: 'share',
  uid: 'u',
  phase: 'Active',
  state: 'Ready',
  since: 'x',
  createdAt: 'x',
};

/** A former home, with or without a profile. */
async function setUp(group?: Profile) {
  const cluster = new FakeCluster();
  const shares = new FakeShares();
  const world: { tenants: Tenants } = {
    tenants: { ...NO_TENANTS, namespaces: [HOME], profiles: { group } },
  };
  const reconciler = testReconciler({
    shares,
    inventory: new FakeInventory(),
    client: cluster,
    tenants: { read: async () => world.tenants },
  });
  const session = new ClusterSession(fakeLease());
  const signal = new AbortController().signal;
  const pass = () => reconciler.reconcile(CLUSTER, session, signal);
  await shares.replace(CLUSTER.id, [TEAM_A]);
  await pass();
  await shares.replace(CLUSTER.id, []);
  await pass();
  return {
    cluster,
    pass,
    endProfile: () => {
      world.tenants = { ...world.tenants, profiles: {} };
    },
    /** Returns the writes since the last call. */
    writes: () => cluster.writes.splice(0),
  };
}

describe('P1 a former home', () => {
  it('loses all fields of a profile that is gone, once', async () => {
    const { cluster, pass, endProfile, writes } = await setUp(PROFILE);
    expect(cluster.namespace('team-a')!.metadata.labels).toMatchObject(
      PROFILE.labels!,
    );
    endProfile();
    writes();
    expect(await pass()).toMatchObject({ settled: true, failed: false });
    expect(writes()).toEqual([
      'delete NetworkPolicy/team-a/deny',
      'apply Namespace/team-a',
    ]);
    const { labels, annotations } = cluster.namespace('team-a')!.metadata;
    for (const key of ['example.com/tier', ENFORCE]) {
      expect(labels).not.toHaveProperty([key]);
    }
    expect(annotations).not.toHaveProperty(['example.com/contact']);
    expect(annotations![PROFILE_FIELDS]).toBeFalsy();
    await pass();
    expect(writes()).toEqual([]);
  });

  it('keeps fields that others set', async () => {
    const { cluster, pass, endProfile } = await setUp(PROFILE);
    const namespace = cluster.namespace('team-a')!;
    const { metadata } = namespace;
    cluster.put(NAMESPACES, {
      ...namespace,
      metadata: { ...metadata, labels: { ...metadata.labels, other: 'y' } },
    });
    endProfile();
    await pass();
    expect(cluster.namespace('team-a')!.metadata.labels).toMatchObject({
      other: 'y',
    });
  });

  it.each(['with', 'without'])(
    'is not created again %s fields of a former profile',
    async had => {
      const { cluster, pass, endProfile, writes } = await setUp(
        had === 'with' ? PROFILE : undefined,
      );
      endProfile();
      cluster.remove('Namespace', 'team-a');
      writes();
      expect(await pass()).toMatchObject({ settled: true });
      expect(cluster.namespace('team-a')).toBeUndefined();
    },
  );

  it('is left alone if it never had a profile', async () => {
    const { cluster, pass, writes } = await setUp();
    const namespace = cluster.namespace('team-a')!;
    cluster.put(NAMESPACES, {
      ...namespace,
      metadata: { ...namespace.metadata, labels: {}, annotations: {} },
    });
    writes();
    expect(await pass()).toMatchObject({ settled: true, failed: false });
    expect(writes()).toEqual([]);
  });
});
