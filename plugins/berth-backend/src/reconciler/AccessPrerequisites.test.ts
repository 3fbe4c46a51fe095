import { KubeError } from '../kube';
import { GrantRecord, QuotaRecord } from '../model/tenancy';
import { FakeCluster } from '../../__testUtils__/FakeCluster';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from './__testUtils__/fakes';
import { Profile } from './profiles/types';
import { ClusterSession } from './ClusterSession';
import { Tenants } from './types';

const TEAM_A = 'group:default/team-a';
const QUOTA: QuotaRecord = {
  clusterId: CLUSTER.id,
  namespace: 'team-a',
  hard: { storage: '10Gi' },
  limits: [],
  priorityClasses: [],
  state: 'Pending',
  since: '2026-11-21T00:00:00.000Z',
};
const GRANT: GrantRecord = {
  id: '01JDKXGRANT',
  clusterId: CLUSTER.id,
  namespace: 'team-a',
  group: 'group:default/team-b',
  kubernetesName: 'team-b',
  role: 'view',
  source: 'grant',
  createdAt: '2026-11-21T00:00:00.000Z',
  state: 'Pending',
  since: '2026-11-21T00:00:00.000Z',
};
const PROFILE: Profile = {
  name: 'isolated',
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

describe('AccessPrerequisites', () => {
  function setUp(tenants: Partial<Tenants>) {
    const cluster = new FakeCluster();
    const shares = new FakeShares();
    const inventory = new FakeInventory();
    const reconciler = testReconciler({
      shares,
      inventory,
      client: cluster,
      tenants: { read: async () => ({ ...NO_TENANTS, ...tenants }) },
    });
    const session = new ClusterSession(fakeLease());
    return {
      cluster,
      shares,
      inventory,
      refuse: (call?: string) => {
        cluster.before = made => {
          if (call !== undefined && made.startsWith(call)) {
            throw new KubeError('Invalid', 'must be a standard resource');
          }
        };
      },
      pass: () =>
        reconciler.reconcile(CLUSTER, session, new AbortController().signal),
    };
  }

  it('gives nobody access before the first quota is applied, and explains why', async () => {
    const { cluster, shares, refuse, pass } = setUp({ quotas: [QUOTA] });
    await shares.replace(CLUSTER.id, [TEAM_A]);
    refuse('apply ResourceQuota');
    await pass();
    expect(cluster.binding('team-a')).toBeUndefined();
    expect(await shares.list()).toMatchObject([
      {
        state: 'Failed',
        cause: 'ResourceQuotaNotApplied',
        message:
          'Nobody gets access to the namespace before its quota is applied for the first time, and that failed: must be a standard resource',
      },
    ]);

    refuse();
    await pass();
    expect(await shares.state(TEAM_A)).toBe('Ready');

    // A later change that is refused takes no access away, even if the binding is created again.
    refuse('apply ResourceQuota');
    cluster.remove('ResourceQuota', 'berth', 'team-a');
    cluster.remove('RoleBinding', 'berth:admin:team-a', 'team-a');
    await pass();
    expect(await shares.state(TEAM_A)).toBe('Ready');
    expect(cluster.binding('team-a')).toBeDefined();
  });

  it('P21 gives nobody access in a namespace that is created again before its quota is applied there', async () => {
    const { cluster, shares, refuse, pass } = setUp({ quotas: [QUOTA] });
    await shares.replace(CLUSTER.id, [TEAM_A]);
    await pass();
    expect(cluster.binding('team-a')).toBeDefined();
    // A user deletes the namespace with kubectl.
    cluster.remove('Namespace', 'team-a');
    refuse('apply ResourceQuota');
    for (let passes = 0; passes < 3; passes++) {
      await pass();
      expect(cluster.namespace('team-a')).toBeDefined();
      expect(cluster.binding('team-a')).toBeUndefined();
    }
    expect(await shares.state(TEAM_A)).toBe('Failed ResourceQuotaNotApplied');
    refuse();
    await pass();
    expect(cluster.binding('team-a')).toBeDefined();
  });

  it('P21 gives nobody access before the quota if the UID of the new namespace could not be recorded', async () => {
    const { cluster, shares, refuse, pass, inventory } = setUp({
      quotas: [QUOTA],
    });
    await shares.replace(CLUSTER.id, [TEAM_A]);
    await pass();
    cluster.remove('Namespace', 'team-a');
    inventory.before = call => {
      if (call === 'record Namespace//team-a') {
        throw new Error('the process dies');
      }
    };
    await pass();
    inventory.before = () => {};
    refuse('apply ResourceQuota');
    await pass();
    await pass();
    expect(cluster.namespace('team-a')).toBeDefined();
    expect(cluster.binding('team-a')).toBeUndefined();
  });

  it('waits for a quota that could not even be read', async () => {
    const { cluster, shares, refuse, pass } = setUp({ quotas: [QUOTA] });
    await shares.replace(CLUSTER.id, [TEAM_A]);
    refuse('get ResourceQuota');
    await pass();
    expect(cluster.binding('team-a')).toBeUndefined();
    expect(await shares.state(TEAM_A)).toBe('Failed ResourceQuotaNotApplied');
  });

  it('gives nobody access before the first network policy is applied', async () => {
    const { cluster, shares, refuse, pass } = setUp({
      profiles: { group: PROFILE },
    });
    await shares.replace(CLUSTER.id, [TEAM_A]);
    refuse('apply NetworkPolicy');
    await pass();
    expect(cluster.binding('team-a')).toBeUndefined();
    refuse();
    await pass();
    expect(cluster.binding('team-a')).toBeDefined();
  });

  it('gives no grant either while the network policy cannot be read', async () => {
    const { cluster, shares, refuse, pass } = setUp({
      profiles: { group: PROFILE },
      grants: [GRANT],
    });
    await shares.replace(CLUSTER.id, [TEAM_A]);
    refuse('get NetworkPolicy');
    await pass();
    expect(cluster.binding('team-a', 'berth:view:team-b')).toBeUndefined();
    refuse();
    await pass();
    expect(cluster.binding('team-a', 'berth:view:team-b')).toBeDefined();
  });
});
