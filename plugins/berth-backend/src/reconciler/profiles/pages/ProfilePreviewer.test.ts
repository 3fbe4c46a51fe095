import { NotAllowedError } from '@backstage/errors';
import { FakeCluster } from '../../../../__testUtils__/FakeCluster';
import {
  KubeClient,
  KubeError,
  KubeObject,
  KubeResource,
  KubeSelection,
} from '../../../kube';
import { DeletionBreaker } from '../../breaker/DeletionBreaker';
import { ClusterSession } from '../../ClusterSession';
import {
  CLUSTER,
  FakeHolds,
  FakeInventory,
  fakeLease,
  FakePodSecurity,
  fakePullSecrets,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../../__testUtils__/fakes';
import { PodSecurityGate } from '../../podSecurity/PodSecurityGate';
import { PlanSources } from '../../preview/planState';
import { Capabilities } from '../items/types';
import { kindProfiles } from '../profileOf';
import { parseProfiles } from '../readProfiles';
import { ProfilePreviewer } from './ProfilePreviewer';

const BAD_POD = 'web-0: allowPrivilegeEscalation != false';

/** The pods of a cluster, by namespace, as the person who asks may read them. */
class FakePods {
  readonly of: Record<string, object[]> = {};
  /** Why the person cannot enter the cluster. */
  refusal?: Error;
  connections = 0;

  async connect() {
    this.connections += 1;
    if (this.refusal) {
      throw this.refusal;
    }
    return {
      list: async function* list(
        this: FakePods,
        _resource: KubeResource,
        { namespace = '' }: KubeSelection = {},
      ) {
        const pods = this.of[namespace];
        if (!pods) {
          throw new KubeError('Forbidden', `no pods of ${namespace} for you`);
        }
        yield* pods;
      }.bind(this) as unknown as KubeClient['list'],
    };
  }
}

const pod = (name: string, spec: object = {}, phase = 'Running') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { nodeName: 'node-1', containers: [{ name: 'web' }], ...spec },
  status: { phase },
});

const PACK: Capabilities = {
  version: 'v1.33.1',
  features: ['pack'],
  pack: {
    'identity.berth.dev': 'current',
    'placement.berth.dev': 'current',
  },
};

const ON_GPUS = {
  name: 'gpus',
  placement: {
    nodeSelector: { pool: 'gpu' },
    tolerations: [],
    enforce: true,
  },
};

/** A cluster that is shared with some groups, and at rest without a profile. */
async function setUp(...groups: string[]) {
  const cluster = new FakeCluster();
  const shares = new FakeShares();
  const inventory = new FakeInventory();
  const store = new FakePodSecurity();
  const reconciler = testReconciler({ shares, inventory, client: cluster });
  const share = async (...names: string[]) => {
    await shares.replace(
      CLUSTER.id,
      names.map(name => `group:default/${name}`),
    );
    await reconciler.reconcile(
      CLUSTER,
      new ClusterSession(fakeLease()),
      new AbortController().signal,
    );
  };
  await share(...groups);
  cluster.warningsOf = ({ metadata }: KubeObject) =>
    metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted' &&
    metadata.name === 'team-a'
      ? [BAD_POD]
      : [];
  const sources: PlanSources = {
    activity: { list: async () => ({ items: [], offset: 0 }) },
    breaker: new DeletionBreaker({ store: new FakeHolds() }),
    leftoverBreaker: new DeletionBreaker({ store: new FakeHolds() }),
    connect: () => cluster,
    formers: { of: async () => [] },
    identities: { clustersOf: async () => [], confirm: async () => false },
    pullSecrets: fakePullSecrets().gate,
    inventory,
    namespaces: {
      get: async () => undefined,
      create: async () => {
        throw new Error('a preview creates nothing');
      },
    },
    podSecurity: new PodSecurityGate(store),
    shares,
    tenants: { read: async () => NO_TENANTS },
  };
  const before = cluster.writes.length;
  const pods = new FakePods();
  const world: { capabilities: Capabilities } = {
    capabilities: { version: 'v1.33.1', features: [] },
  };
  const previewer = new ProfilePreviewer({
    capabilities: {
      read: async () => ({ capabilities: world.capabilities }),
    },
    sources,
    tenantsWith: profiles => ({
      read: async one => ({
        ...NO_TENANTS,
        profiles: kindProfiles(profiles, one),
      }),
    }),
  });
  return {
    cluster,
    share,
    pods,
    store,
    sources,
    world,
    writes: () => cluster.writes.length - before,
    preview: (...written: object[]) =>
      previewer.preview(CLUSTER, parseProfiles(written), () => pods.connect()),
  };
}

describe('ProfilePreviewer', () => {
  it('P2 P19 shows what a profile would change and the pods that would fail, and changes nothing', async () => {
    const { preview, store, writes } = await setUp('team-a', 'team-b');
    const found = await preview({
      name: 'strict',
      podSecurity: { enforce: 'restricted' },
      egress: {},
    });
    expect(found.podSecurity).toMatchObject([
      { namespace: 'team-a', level: 'restricted:latest', warnings: [BAD_POD] },
    ]);
    const changes = found.items.map(
      ({ action, object: { kind, namespace, name } }) =>
        [action, kind, namespace, name].filter(Boolean).join(' '),
    );
    expect(changes).toEqual(
      expect.arrayContaining([
        'create NetworkPolicy team-a berth-egress',
        'create NetworkPolicy team-b berth-egress',
        'apply Namespace team-b',
      ]),
    );
    const fieldsOf = (namespace: string) =>
      JSON.stringify(
        found.items.filter(
          ({ object }) =>
            object.kind === 'Namespace' && object.name === namespace,
        ),
      );
    expect(fieldsOf('team-b')).toMatch(/security.*restricted/);
    expect(fieldsOf('team-a')).not.toMatch(/restricted/);
    expect(found.kinds).toMatchObject([
      { kind: 'personal', profile: 'strict' },
      { kind: 'group', profile: 'strict' },
    ]);
    expect(writes()).toBe(0);
    expect(store.waits).toEqual([]);
  });

  it('bounds what a hostile cluster says of pods', async () => {
    const { cluster, preview } = await setUp('team-a');
    cluster.warningsOf = () =>
      Array.from({ length: 5_000 }, () => 'x'.repeat(10_000));
    const found = await preview({
      name: 'strict',
      podSecurity: { enforce: 'restricted' },
    });
    expect(JSON.stringify(found.podSecurity).length).toBeLessThan(20_000);
  });

  it('changes nothing for profiles of other clusters', async () => {
    const { preview } = await setUp('team-a');
    const found = await preview({
      name: 'strict',
      clusters: ['other'],
      podSecurity: { enforce: 'restricted' },
    });
    expect(found).toMatchObject({ items: [], totalItems: 0, podSecurity: [] });
    expect(found.kinds[1]).toEqual({ kind: 'group', items: [] });
  });

  it('tries no more than 200 namespaces, and says how many are left', async () => {
    const names = Array.from({ length: 203 }, (_, index) => `team-${index}`);
    const { preview } = await setUp(...names);
    const found = await preview({
      name: 'strict',
      podSecurity: { enforce: 'baseline' },
    });
    expect(found).toMatchObject({ untried: 3, podSecurity: [] });
    expect(found.items.length).toBeLessThanOrEqual(200);
    expect(found.totalItems).toBe(203);
  });

  it('lists 50 problems, and says how many there are', async () => {
    const names = Array.from({ length: 53 }, (_, index) => `team-${index}`);
    const { preview } = await setUp(...names);
    const found = await preview({
      name: 'ids',
      identity: { gid: 'ldap.example.com/gid' },
    });
    expect(found.problems).toHaveLength(50);
    expect(found.totalProblems).toBe(53);
    expect(found.problems[0]).toMatchObject({ cause: 'IdentityUnknown' });
  });

  it('P2 P16 lists the running pods that the policies would refuse at their next start', async () => {
    const { pods, preview, world, writes } = await setUp('team-a', 'team-b');
    world.capabilities = PACK;
    pods.of['team-a'] = [
      pod('on-gpu', { nodeSelector: { pool: 'gpu' } }),
      pod('anywhere'),
      pod('has-ended', {}, 'Succeeded'),
      pod('tolerant', {
        nodeSelector: { pool: 'gpu' },
        tolerations: [{ operator: 'Exists' }],
      }),
    ];
    const found = await preview(ON_GPUS);
    expect(found.refusedPods).toEqual([
      {
        namespace: 'team-a',
        item: 'placement',
        pods: [
          { name: 'anywhere', why: 'spec.nodeSelector must have pool=gpu' },
          {
            name: 'tolerant',
            why: 'spec.tolerations may have only those of Kubernetes',
          },
        ],
        totalPods: 2,
      },
    ]);
    // The person may not read the pods of the other namespace.
    expect(found.unreadPods).toEqual({
      namespaces: 1,
      reason: 'no pods of team-b for you',
    });
    expect(pods.connections).toBe(1);
    expect(writes()).toBe(0);
  });

  it('P2 P12 lists the pods of a namespace whose IDs are not known', async () => {
    const { pods, preview, world } = await setUp('team-a');
    world.capabilities = PACK;
    pods.of['team-a'] = [pod('web')];
    const { refusedPods } = await preview({
      name: 'ids',
      identity: { gid: 'ldap.example.com/gid' },
    });
    expect(refusedPods).toMatchObject([
      {
        item: 'identity',
        pods: [{ why: expect.stringMatching(/no IDs yet/) }],
      },
    ]);
  });

  it.each([
    ['without the pack', { version: 'v1.33.1', features: [] }, ON_GPUS],
    [
      'with a changed policy, which may refuse anything',
      { ...PACK, pack: { 'placement.berth.dev': 'changed' as const } },
      ON_GPUS,
    ],
    [
      'that gets no rules',
      PACK,
      { ...ON_GPUS, placement: { ...ON_GPUS.placement, enforce: false } },
    ],
  ])(
    'claims nothing of pods on a cluster %s',
    async (_, capabilities, profile) => {
      const { pods, preview, world } = await setUp('team-a');
      world.capabilities = capabilities;
      pods.of['team-a'] = [pod('web')];
      expect((await preview(profile)).refusedPods).toEqual([]);
    },
  );

  it('gives the reason if the person cannot enter the cluster, and previews the rest', async () => {
    const { pods, preview, world } = await setUp('team-a');
    world.capabilities = PACK;
    pods.refusal = new NotAllowedError('not with this policy');
    const found = await preview(ON_GPUS);
    expect(found).toMatchObject({
      refusedPods: [],
      unreadPods: { namespaces: 1, reason: 'not with this policy' },
      totalItems: 1,
    });
  });

  it('bounds the pods of a hostile cluster', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `team-${index}`);
    const { pods, preview, world } = await setUp(...names);
    world.capabilities = PACK;
    for (const name of names) {
      pods.of[name] = Array.from({ length: 500 }, (_, index) =>
        pod(`web-${index}`, {
          containers: [{ name: 'x'.repeat(10_000) }],
        }),
      );
    }
    const found = await preview({
      ...ON_GPUS,
      identity: { gid: 'ldap.example.com/gid' },
    });
    expect(found.refusedPods).toHaveLength(30);
    expect(found.refusedPods.flatMap(one => one.pods)).toHaveLength(200);
    expect(found.refusedPods.every(one => one.totalPods === 500)).toBe(true);
    expect(JSON.stringify(found.refusedPods).length).toBeLessThan(50_000);
  });

  it('describes the abilities of the cluster, and why it could not be read', async () => {
    const { preview, sources } = await setUp('team-a');
    sources.connect = () => {
      throw new KubeError('TCP', 'No connection to 10.0.0.1:6443');
    };
    const found = await preview({
      name: 'strict',
      podSecurity: { enforce: 'restricted' },
    });
    expect(found.failure).toEqual({
      cause: 'TCP',
      message: 'No connection to 10.0.0.1:6443',
    });
    expect(found.kinds[1].items).toEqual([
      { item: 'podSecurity', state: 'enforced' },
    ]);
  });
});
