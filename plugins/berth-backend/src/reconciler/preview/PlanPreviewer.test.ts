import { ActivityEntry } from '@berth/plugin-berth-common';
import { NamespaceRecord, NewNamespace } from '../../model/tenancy';
import { KubeError, KubeObject, NAMESPACES, ROLE_BINDINGS } from '../../kube';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { FormerCluster } from '../former/DatabaseFormerClusters';
import { ClusterSession } from '../ClusterSession';
import { RoleBindingObject } from '../types';
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
import { PlanActions } from './PlanActions';
import { PlanPreviewer } from './PlanPreviewer';
import { PodSecurityGate } from '../podSecurity/PodSecurityGate';
import { PlanSources } from './planState';

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

/** A cluster with the list that only the preview uses. */
class ListedCluster extends FakeCluster {
  async *list(): AsyncIterable<never> {
    for (const binding of this.bindings()) {
      yield structuredClone(binding) as never;
    }
  }
}

const FORMER = {
  id: '01JDKXFORMER00000000000000',
  name: 'old-prod',
  deletedAt: '2026-11-20T00:00:00.000Z',
};

function setUp(cluster = new ListedCluster()) {
  const formers: FormerCluster[] = [];
  const deletions: ActivityEntry[] = [];
  const listed: NewNamespace[] = [];
  const shares = new FakeShares();
  const inventory = new FakeInventory();
  const holds = new FakeHolds();
  const reconciler = testReconciler({
    shares,
    inventory,
    client: cluster,
    holds,
    formers: { of: async () => formers },
  });
  const sources: PlanSources = {
    podSecurity: new PodSecurityGate(new FakePodSecurity()),
    identities: { clustersOf: async () => [], confirm: async () => false },
    pullSecrets: fakePullSecrets().gate,
    shares,
    inventory,
    tenants: { read: async () => NO_TENANTS },
    breaker: new DeletionBreaker({ store: holds }),
    formers: { of: async () => formers },
    namespaces: {
      get: async ({ name }) =>
        name === 'team-a' ? ({ name } as NamespaceRecord) : undefined,
      create: async namespace => {
        listed.push(namespace);
        return { ...namespace } as NamespaceRecord;
      },
    },
    activity: {
      list: async ({ events = [], clusterId }) => ({
        items:
          events.includes('binding-deleted-repeatedly') &&
          clusterId === CLUSTER.id
            ? deletions
            : [],
        offset: 0,
      }),
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
    formers,
    deletions,
    listed,
    actions,
    share: (...groups: string[]) => shares.replace(CLUSTER.id, groups),
    pass: () =>
      reconciler.reconcile(CLUSTER, session, new AbortController().signal),
    preview: () => previewer.preview(CLUSTER),
    confirm: (held: string) => actions.confirm(CLUSTER, held),
    inventory,
  };
}

describe('PlanPreviewer', () => {
  it('S33 plans nothing for a cluster that matches', async () => {
    const { share, pass, preview } = setUp();
    await share(TEAM_A);
    await pass();
    const plan = await preview();
    expect(plan).toMatchObject({
      cluster: 'prod01',
      items: [],
      totalItems: 0,
      problems: [],
      foreign: [],
    });
    expect(plan.held).toBeUndefined();
  });

  it('shows what would be created, and creates nothing', async () => {
    const { cluster, inventory, share, preview } = setUp();
    await share(TEAM_A);
    const { items } = await preview();
    expect(items).toEqual([
      {
        action: 'create',
        object: { kind: 'Namespace', name: 'team-a' },
        groups: [TEAM_A],
        differences: [],
        held: false,
      },
      {
        action: 'create',
        object: {
          kind: 'RoleBinding',
          namespace: 'team-a',
          name: 'berth:admin:team-a',
        },
        groups: [TEAM_A],
        differences: [],
        held: false,
      },
    ]);
    expect(cluster.writes).toEqual([]);
    expect(inventory.writes).toBe(0);
  });

  it('compares planned and actual field by field, without additions of others', async () => {
    const { cluster, share, pass, preview } = setUp();
    await share(TEAM_A);
    await pass();
    const binding = cluster.binding('team-a')!;
    cluster.put<RoleBindingObject>(ROLE_BINDINGS, {
      ...binding,
      metadata: {
        ...binding.metadata,
        labels: { 'berth.dev/cluster-id': 'other', theirs: 'x' },
      },
      subjects: [{ kind: 'User', name: 'mallory' }],
    });
    const { items } = await preview();
    expect(items).toEqual([
      expect.objectContaining({
        action: 'apply',
        differences: [
          {
            field: 'metadata.labels["app.kubernetes.io/managed-by"]',
            planned: '"berth"',
          },
          {
            field: 'metadata.labels["berth.dev/cluster-id"]',
            planned: JSON.stringify(CLUSTER.id),
            actual: '"other"',
          },
          {
            field: 'subjects',
            planned:
              '[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"team-a"}]',
            actual: '[{"kind":"User","name":"mallory"}]',
          },
        ],
      }),
    ]);
  });

  it('lists bindings in our namespaces that are not ours, and none elsewhere', async () => {
    const { cluster, share, pass, preview } = setUp();
    await share(TEAM_A);
    await pass();
    for (const namespace of ['team-a', 'elsewhere']) {
      if (namespace === 'elsewhere') {
        cluster.put(NAMESPACES, {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace },
        });
      }
      cluster.put<RoleBindingObject>(ROLE_BINDINGS, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'friends', namespace },
        roleRef: { apiGroup: 'x', kind: 'ClusterRole', name: 'edit' },
        subjects: [{ kind: 'User', name: 'user:bob' }],
      });
    }
    expect((await preview()).foreign).toEqual([
      {
        namespace: 'team-a',
        name: 'friends',
        role: { kind: 'ClusterRole', name: 'edit' },
        subjects: [{ kind: 'User', name: 'user:bob' }],
      },
    ]);
  });

  it('shows the problems', async () => {
    const { cluster, share, preview } = setUp();
    cluster.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a' },
    });
    await share(TEAM_A);
    expect((await preview()).problems).toEqual([
      expect.objectContaining({
        groups: [TEAM_A],
        namespace: 'team-a',
        cause: 'NamespaceExists',
      }),
    ]);
  });

  it('lists 50 problems, and counts all', async () => {
    const { cluster, share, preview } = setUp();
    const names = Array.from({ length: 53 }, (_, index) => `team-${index}`);
    for (const name of names) {
      cluster.put(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    await share(...names.map(name => `group:default/${name}`));
    const { problems, totalProblems } = await preview();
    expect(problems).toHaveLength(50);
    expect(totalProblems).toBe(53);
  });

  it('S38 shows held deletions, and carries out exactly those that were confirmed', async () => {
    const { cluster, share, pass, preview, confirm } = setUp();
    const groups = Array.from(
      { length: 14 },
      (_, index) => `group:default/g${index}`,
    );
    await share(...groups);
    await pass();
    await share(...groups.slice(0, 2));
    await pass();
    const { held, items } = await preview();
    expect(held).toMatchObject({ deletions: 12, of: 14 });
    expect(items).toHaveLength(12);
    expect(items.every(item => item.held && item.action === 'delete')).toBe(
      true,
    );

    await share(groups[0]);
    await pass();
    await expect(confirm(held!.id)).rejects.toThrow(
      'The deletions that are held now are not those that you confirmed',
    );
    expect(cluster.bindings()).toHaveLength(14);

    const again = (await preview()).held!;
    await confirm(again.id);
    await pass();
    expect(cluster.bindings()).toHaveLength(1);
    await expect(confirm(again.id)).rejects.toThrow(
      'No deletions are held any more',
    );
  });

  it('S35 shows objects from before a restore, and deletes doubtful ones only if an admin confirms them', async () => {
    const { cluster, share, pass, preview, actions } = setUp();
    await share(TEAM_A, TEAM_B);
    await pass();
    const restored = cluster.binding('team-b')!;
    await share(TEAM_A);
    await pass();
    const { uid } = cluster.put<RoleBindingObject>(
      ROLE_BINDINGS,
      restored,
    ).metadata;
    const shared = cluster.put<RoleBindingObject>(ROLE_BINDINGS, {
      ...restored,
      metadata: {
        ...restored.metadata,
        name: 'berth:view:team-b',
        uid: 'uid-of-view',
      },
    });

    const before = await preview();
    expect(before.items).toEqual([
      {
        action: 'delete',
        object: {
          kind: 'RoleBinding',
          namespace: 'team-b',
          name: 'berth:admin:team-b',
        },
        groups: [],
        differences: [],
        held: false,
        leftover: true,
      },
    ]);
    expect(before.leftovers).toEqual([
      {
        uid: 'uid-of-view',
        object: expect.objectContaining({ name: 'berth:view:team-b' }),
        reason: 'it grants another role than its name says: ClusterRole admin',
      },
    ]);
    expect(before.foreign).toEqual([]);

    await expect(
      actions.removeLeftovers(CLUSTER, ['uid-of-view', 'other']),
    ).rejects.toThrow('uids contains other, which is not a leftover on prod01');
    expect(cluster.bindings()).toHaveLength(3);
    await actions.removeLeftovers(CLUSTER, [shared.metadata.uid!]);
    expect((await preview()).leftovers).toEqual([]);
    expect(cluster.binding('team-b')?.metadata.uid).toBe(uid);
  });

  it('takes over the objects of a former registration of the same cluster', async () => {
    const { cluster, share, pass } = setUp();
    const label = (object: KubeObject) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: {
          ...object.metadata.labels,
          'berth.dev/cluster-id': FORMER.id,
        },
      },
    });
    await share(TEAM_A, TEAM_B);
    await pass();
    for (const name of ['team-a', 'team-b']) {
      cluster.put(NAMESPACES, label(cluster.namespace(name)!));
      cluster.put(ROLE_BINDINGS, label(cluster.binding(name)!));
    }
    // The cluster is registered again under another id.
    const again = setUp(cluster);
    await again.share(TEAM_A);
    await again.pass();
    expect(await again.shares.state(TEAM_A)).toBe('Failed ManagedElsewhere');

    again.formers.push(FORMER);
    await again.pass();
    expect(await again.shares.state(TEAM_A)).toBe(
      'Failed ManagedByFormerRegistration',
    );
    const plan = await again.preview();
    expect(plan.problems[0].message).toContain(
      'kubectl label --overwrite namespace team-a',
    );
    expect(plan.formerRegistrations).toEqual([
      { ...FORMER, namespaces: ['team-a', 'team-b'] },
    ]);
    await expect(again.actions.takeOver(CLUSTER, 'another')).rejects.toThrow(
      'formerId "another" is not a deleted registration',
    );
    await expect(
      again.actions.takeOver(CLUSTER, FORMER.id),
    ).resolves.toMatchObject({
      namespaces: ['team-a', 'team-b'],
      removed: [{ namespace: 'team-b', name: 'berth:admin:team-b' }],
    });
    // Nobody has a role in team-b now, and admins find it in their list of namespaces.
    expect(again.listed).toEqual([
      { clusterId: CLUSTER.id, name: 'team-b', origin: 'adopted' },
    ]);
    await again.pass();
    expect(await again.shares.state(TEAM_A)).toBe('Ready');
    expect(cluster.binding('team-b')).toBeUndefined();
    expect(await again.preview()).toMatchObject({
      items: [],
      problems: [],
      formerRegistrations: [],
    });
  });

  it('names each binding once that is deleted again and again', async () => {
    const { deletions, preview } = setUp();
    const entry = (binding: string, at: string): ActivityEntry => ({
      id: at,
      at,
      actor: 'system:reconciler',
      event: 'binding-deleted-repeatedly',
      outcome: 'Failed',
      groups: [],
      namespace: 'team-a',
      meta: { binding },
    });
    deletions.push(
      entry('berth:admin:team-a', '2026-11-29T10:10:00.000Z'),
      entry('berth:view:team-b', '2026-11-29T10:05:00.000Z'),
      entry('berth:admin:team-a', '2026-11-29T10:00:00.000Z'),
    );
    expect((await preview()).repeatedDeletions).toEqual([
      {
        namespace: 'team-a',
        name: 'berth:admin:team-a',
        at: '2026-11-29T10:10:00.000Z',
      },
      {
        namespace: 'team-a',
        name: 'berth:view:team-b',
        at: '2026-11-29T10:05:00.000Z',
      },
    ]);
  });

  it('names the cause if the cluster cannot be read', async () => {
    const { cluster, share, preview } = setUp();
    await share(TEAM_A);
    cluster.before = () => {
      throw new KubeError('TCP', 'no answer');
    };
    expect(await preview()).toMatchObject({
      items: [],
      failure: { cause: 'TCP', message: 'no answer' },
    });
  });
});
