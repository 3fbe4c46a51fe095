import { KubeError, NAMESPACES } from '../../kube';
import { QuotaRecord } from '../../model/tenancy';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { PlanActions } from '../preview/PlanActions';
import { PlanPreviewer } from '../preview/PlanPreviewer';
import { PodSecurityGate } from '../podSecurity/PodSecurityGate';
import { PlanSources } from '../preview/planState';
import { ClusterSession } from '../ClusterSession';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import {
  CLUSTER,
  FakeHolds,
  FakePodSecurity,
  fakePullSecrets,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { Profile } from './types';

const TEAM_A = 'group:default/team-a';
const QUOTA: QuotaRecord = {
  clusterId: CLUSTER.id,
  namespace: 'team-a',
  hard: { pods: '3' },
  limits: [],
  priorityClasses: [],
  state: 'Pending',
  since: '2026-11-21T00:00:00.000Z',
};

/** Lists no foreign bindings. */
class ListedCluster extends FakeCluster {
  async *list(): AsyncIterable<never> {}
}

function profileWith(...names: string[]): Profile {
  return {
    name: 'isolated',
    networkPolicies: names.map(name => ({
      name,
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [],
        egress: [],
      },
    })),
  };
}

describe('profiles', () => {
  function setUp() {
    const cluster = new ListedCluster();
    const shares = new FakeShares();
    const inventory = new FakeInventory();
    const holds = new FakeHolds();
    const world = { profile: profileWith('a', 'b') };
    const quotas: QuotaRecord[] = [];
    const tenants = {
      read: async () => ({
        ...NO_TENANTS,
        quotas,
        profiles: { group: world.profile },
      }),
    };
    const reconciler = testReconciler({
      shares,
      inventory,
      client: cluster,
      holds,
      tenants,
    });
    const sources: PlanSources = {
      podSecurity: new PodSecurityGate(new FakePodSecurity()),
      identities: { clustersOf: async () => [], confirm: async () => false },
      pullSecrets: fakePullSecrets().gate,
      shares,
      inventory,
      tenants,
      breaker: new DeletionBreaker({ store: holds }),
      formers: { of: async () => [] },
      activity: { list: async () => ({ items: [], offset: 0 }) },
      namespaces: {
        get: async () => undefined,
        create: async () => {
          throw new Error('no namespace is taken over');
        },
      },
      leftoverBreaker: new DeletionBreaker({ store: new FakeHolds() }),
      connect: () => cluster,
    };
    const previewer = new PlanPreviewer(sources);
    const actions = new PlanActions(sources);
    const session = new ClusterSession(fakeLease());
    return {
      cluster,
      shares,
      world,
      quotas,
      share: (...groups: string[]) => shares.replace(CLUSTER.id, groups),
      pass: () =>
        reconciler.reconcile(CLUSTER, session, new AbortController().signal),
      preview: () => previewer.preview(CLUSTER),
      confirm: (held: string) => actions.confirm(CLUSTER, held),
    };
  }

  it('are applied before anybody gets access', async () => {
    const { cluster, share, pass } = setUp();
    await share(TEAM_A);
    await pass();
    expect(cluster.writes).toEqual([
      'create Namespace/team-a',
      'apply NetworkPolicy/team-a/a',
      'apply NetworkPolicy/team-a/b',
      'apply RoleBinding/team-a/berth:admin:team-a',
    ]);
  });

  it('give nobody access while they cannot be made', async () => {
    const { cluster, shares, share, pass } = setUp();
    cluster.before = call => {
      if (call === 'apply NetworkPolicy/team-a/b') {
        throw new KubeError('Forbidden', 'no');
      }
    };
    await share(TEAM_A);
    await pass();
    expect(await shares.state(TEAM_A)).toBe('Failed Forbidden');
    expect(cluster.binding('team-a')).toBeUndefined();
    cluster.before = () => {};
    await pass();
    expect(await shares.state(TEAM_A)).toBe('Ready');
  });

  it('P4 S34 are restored next to a label that something else changes', async () => {
    const { cluster, shares, share, pass, world } = setUp();
    world.profile = { ...profileWith('a'), labels: { tier: 'gold' } };
    await share(TEAM_A);
    await pass();
    const namespace = cluster.namespace('team-a')!;
    cluster.put(NAMESPACES, {
      ...namespace,
      metadata: {
        ...namespace.metadata,
        labels: { ...namespace.metadata.labels, tier: 'lead' },
      },
    });
    cluster.remove('NetworkPolicy', 'a', 'team-a');
    cluster.remove('RoleBinding', 'berth:admin:team-a', 'team-a');
    await pass();
    expect(cluster.policies('team-a')).toHaveLength(1);
    expect(cluster.binding('team-a')).toBeDefined();
    expect(cluster.namespace('team-a')?.metadata.labels?.tier).toBe('lead');
    expect(await shares.state(TEAM_A)).toBe('Failed ProfileOverwritten');
  });

  it('P4 P16 restores the fields that policies read next to a label that something else changes, once for all subjects', async () => {
    const { cluster, share, pass, world, quotas } = setUp();
    world.profile = {
      ...profileWith(),
      labels: { tier: 'gold' },
      placement: {
        nodeSelector: { pool: 'gpu' },
        tolerations: [],
        enforce: true,
      },
    };
    quotas.push(QUOTA);
    await share(TEAM_A);
    await pass();
    const namespace = cluster.namespace('team-a')!;
    cluster.put(NAMESPACES, {
      ...namespace,
      metadata: {
        ...namespace.metadata,
        labels: {
          ...namespace.metadata.labels,
          tier: 'lead',
          'berth.dev/placement': 'off',
        },
      },
    });
    const before = cluster.writes.length;
    await pass();
    expect(cluster.writes.slice(before)).toEqual(['apply Namespace/team-a']);
    expect(cluster.namespace('team-a')?.metadata.labels).toMatchObject({
      tier: 'lead',
      'berth.dev/placement': 'enforced',
    });
    await pass();
    expect(cluster.writes).toHaveLength(before + 1);
  });

  it('are shown field by field before they are created, changed and deleted', async () => {
    const { share, pass, preview, world } = setUp();
    await share(TEAM_A);
    await pass();
    expect((await preview()).items).toEqual([]);
    const [a] = profileWith('a').networkPolicies;
    world.profile = {
      name: 'other',
      networkPolicies: [
        { ...a, spec: { ...a.spec, ingress: [{}] } },
        ...profileWith('c').networkPolicies,
      ],
    };
    const object = { kind: 'NetworkPolicy', namespace: 'team-a' };
    expect((await preview()).items).toMatchObject([
      { action: 'delete', object: { ...object, name: 'b' }, groups: [] },
      {
        action: 'apply',
        object: { ...object, name: 'a' },
        groups: [TEAM_A],
        differences: [{ field: 'spec.ingress', planned: '[{}]', actual: '[]' }],
      },
      { action: 'create', object: { ...object, name: 'c' }, groups: [TEAM_A] },
    ]);
  });

  it('S38 are held like shares if most of them would be deleted at once', async () => {
    const { cluster, share, pass, preview, confirm, world } = setUp();
    const names = Array.from({ length: 6 }, (_, index) => `g${index}`);
    const count = () => names.flatMap(name => cluster.policies(name)).length;
    await share(...names.map(name => `group:default/${name}`));
    await pass();
    world.profile = profileWith();
    await pass();
    expect(count()).toBe(12);
    const { held } = await preview();
    expect(held).toMatchObject({ deletions: 12, of: 18 });
    await confirm(held!.id);
    await pass();
    expect(count()).toBe(0);
    expect(cluster.bindings()).toHaveLength(6);
  });
});
