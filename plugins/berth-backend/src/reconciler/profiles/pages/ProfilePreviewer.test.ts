import { FakeCluster } from '../../../../__testUtils__/FakeCluster';
import { KubeError, KubeObject } from '../../../kube';
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
import { kindProfiles } from '../profileOf';
import { parseProfiles } from '../readProfiles';
import { ProfilePreviewer } from './ProfilePreviewer';

const BAD_POD = 'web-0: allowPrivilegeEscalation != false';

/** A cluster that is shared with some groups, and at rest without a profile. */
async function setUp(...groups: string[]) {
  const cluster = new FakeCluster();
  const shares = new FakeShares();
  const inventory = new FakeInventory();
  const store = new FakePodSecurity();
  const reconciler = testReconciler({ shares, inventory, client: cluster });
  await shares.replace(
    CLUSTER.id,
    groups.map(name => `group:default/${name}`),
  );
  await reconciler.reconcile(
    CLUSTER,
    new ClusterSession(fakeLease()),
    new AbortController().signal,
  );
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
  const previewer = new ProfilePreviewer({
    capabilities: {
      read: async () => ({
        capabilities: { version: 'v1.33.1', features: [] },
      }),
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
    store,
    sources,
    writes: () => cluster.writes.length - before,
    preview: (...written: object[]) =>
      previewer.preview(CLUSTER, parseProfiles(written)),
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
