import { mockServices } from '@backstage/backend-test-utils';
import { KubeError, NAMESPACES, ROLE_BINDINGS } from '../kube';
import { FakeCluster } from '../../__testUtils__/FakeCluster';
import {
  CLUSTER,
  FakeHolds,
  fakeLease,
  FakeInventory,
  FakeShares,
  testReconciler,
} from './__testUtils__/fakes';
import { ClusterSession } from './ClusterSession';

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

describe('ClusterReconciler', () => {
  function setUp() {
    const cluster = new FakeCluster();
    const shares = new FakeShares();
    const inventory = new FakeInventory();
    const logger = mockServices.logger.mock();
    const record = jest.fn(async (_: object) => {});
    let now = 0;
    const reconciler = testReconciler({
      shares,
      inventory,
      client: cluster,
      holds: new FakeHolds(),
      now: () => now,
      activity: { record },
      logger,
    });
    const session = new ClusterSession(fakeLease());
    return {
      cluster,
      shares,
      inventory,
      logger,
      record,
      pass: () =>
        reconciler.reconcile(CLUSTER, session, new AbortController().signal),
      reconciler,
      session,
      share: (...groups: string[]) => shares.replace(CLUSTER.id, groups),
      wait: (minutes: number) => {
        now += minutes * 60_000;
      },
    };
  }

  const binding = (namespace: string, change: object = {}) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `berth:admin:${namespace}`, namespace },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'cluster-admin',
    },
    subjects: [],
    ...change,
  });

  it('P8 S21 looks for bindings of a deleted registration in each pass, and again soon while any are left', async () => {
    const left = {
      formerId: 'former',
      namespace: 'alice',
      name: 'berth:personal:edit:x:y',
      deletedAt: new Date(0).toISOString(),
    };
    let remembered = [left];
    const reconciler = testReconciler({
      shares: new FakeShares(),
      inventory: new FakeInventory(),
      client: new FakeCluster(),
      formerBindings: {
        of: async () => remembered,
        settle: async () => {},
      },
    });
    const pass = (kubeSystemUid?: string) =>
      reconciler.reconcile(
        { ...CLUSTER, kubeSystemUid },
        new ClusterSession(fakeLease()),
        new AbortController().signal,
      );
    await expect(pass()).resolves.toMatchObject({ requeueAfterSeconds: 300 });
    remembered = [];
    const { requeueAfterSeconds } = await pass();
    expect(requeueAfterSeconds).toBeUndefined();
  });

  it('S33 makes a share ready, and writes nothing in the second pass', async () => {
    const { cluster, shares, inventory, pass, share } = setUp();
    await share(TEAM_A, TEAM_B);
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(await shares.state(TEAM_A)).toBe('Ready');
    expect(cluster.binding('team-a')?.subjects).toEqual([
      expect.objectContaining({ kind: 'Group', name: 'team-a' }),
    ]);
    expect(await inventory.list()).toHaveLength(4);

    const before = [cluster.writes.length, inventory.writes, shares.writes];
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect([cluster.writes.length, inventory.writes, shares.writes]).toEqual(
      before,
    );
    expect(before).toEqual([4, 8, 2]);
  });

  it('S35 unshares by deleting exactly the binding', async () => {
    const { cluster, inventory, pass, share } = setUp();
    await share(TEAM_A, TEAM_B);
    await pass();
    cluster.put(ROLE_BINDINGS, {
      ...binding('team-a'),
      metadata: { name: 'mine', namespace: 'team-a' },
    });
    const ours = cluster.binding('team-a');
    cluster.put(ROLE_BINDINGS, {
      ...ours!,
      metadata: { ...ours!.metadata, labels: {} },
    });

    await share(TEAM_B);
    await pass();
    expect(
      cluster
        .bindings()
        .map(one => one.metadata.name)
        .sort(),
    ).toEqual(['berth:admin:team-b', 'mine']);
    expect(cluster.namespace('team-a')).toBeDefined();
    expect((await inventory.list()).map(one => one.name).sort()).toEqual([
      'berth:admin:team-b',
      'team-a',
      'team-b',
    ]);
    await share(TEAM_A, TEAM_B);
    await pass();
    expect(cluster.binding('team-a')).toBeDefined();
  });

  it('S35 leaves an object alone that took the name of our binding after the unshare', async () => {
    const { cluster, inventory, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    cluster.remove('RoleBinding', 'berth:admin:team-a', 'team-a');
    cluster.put(ROLE_BINDINGS, binding('team-a'));
    await share();
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(cluster.binding('team-a')).toBeDefined();
    expect(await inventory.list()).toHaveLength(1);
  });

  it('S35 deletes what it created again, also if it died before the inventory had the new UID', async () => {
    const { cluster, inventory, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    cluster.remove('RoleBinding', 'berth:admin:team-a', 'team-a');
    cluster.after = call => {
      if (call.startsWith('apply')) {
        throw new KubeError('TCP', 'died');
      }
    };
    await pass();
    expect(cluster.binding('team-a')).toBeDefined();
    await share();
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(cluster.binding('team-a')).toBeUndefined();
    expect(await inventory.list()).toHaveLength(1);
  });

  it('S35 S40 repeats a failed revocation, which delays no share', async () => {
    const { cluster, shares, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    await share(TEAM_B);
    cluster.before = call => {
      if (call.startsWith('delete')) {
        throw new KubeError('ServerError', 'failed calling webhook');
      }
    };
    await expect(pass()).resolves.toMatchObject({ settled: false });
    expect(await shares.state(TEAM_B)).toBe('Ready');
    cluster.before = () => {};
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(cluster.binding('team-a')).toBeUndefined();
  });

  it('S34 takes over a foreign binding of its name in its own namespace', async () => {
    const { cluster, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    cluster.remove('RoleBinding', 'berth:admin:team-a', 'team-a');
    cluster.put(ROLE_BINDINGS, binding('team-a'));
    await pass();
    expect(cluster.binding('team-a')?.roleRef.name).toBe('admin');
  });

  it('S36 never adopts a foreign namespace, nor one that is created at the same moment', async () => {
    const { cluster, shares, inventory, pass, share } = setUp();
    cluster.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a' },
    });
    cluster.before = call => {
      if (call === 'create Namespace/team-b') {
        cluster.put(NAMESPACES, {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'team-b' },
        });
      }
    };
    await share(TEAM_A, TEAM_B);
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(await shares.state(TEAM_A)).toBe('Failed NamespaceExists');
    expect(await shares.state(TEAM_B)).toBe('Failed NamespaceExists');
    expect(cluster.writes).toEqual([]);
    expect(cluster.namespace('team-b')?.metadata.labels).toBeUndefined();

    // An admin hands the namespace over, and the share recovers.
    cluster.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'team-a',
        labels: {
          'app.kubernetes.io/managed-by': 'berth',
          'berth.dev/cluster-id': CLUSTER.id,
        },
      },
    });
    await pass();
    expect(await shares.state(TEAM_A)).toBe('Ready');
    expect((await inventory.list()).map(one => one.uid)).toContain(
      cluster.namespace('team-a')?.metadata.uid,
    );
  });

  it('waits for a namespace that is being deleted', async () => {
    const { cluster, shares, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    const old = cluster.namespace('team-a')!;
    cluster.put(NAMESPACES, {
      ...old,
      metadata: { ...old.metadata, deletionTimestamp: '2026-11-21T00:00:00Z' },
    });
    await expect(pass()).resolves.toMatchObject({ settled: false });
    expect(await shares.state(TEAM_A)).toBe('Failed NamespaceTerminating');
    cluster.remove('Namespace', 'team-a');
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(await shares.state(TEAM_A)).toBe('Ready');
    expect(cluster.binding('team-a')).toBeDefined();
  });

  it('S40 lets one failing share hold up no other', async () => {
    const { cluster, shares, pass, share } = setUp();
    cluster.before = call => {
      if (call === 'create Namespace/team-a') {
        throw new KubeError('ServerError', 'failed calling webhook');
      }
      if (call === 'get Namespace/team-c') {
        throw new KubeError('Forbidden', 'no rights');
      }
    };
    await share(TEAM_A, 'group:default/team-c', TEAM_B);
    await expect(pass()).resolves.toMatchObject({ settled: false });
    expect(await shares.state(TEAM_A)).toBe('Failed ServerError');
    expect(await shares.state('group:default/team-c')).toBe('Failed Forbidden');
    expect(await shares.state(TEAM_B)).toBe('Ready');
  });

  it('records failures and recoveries in the activity log, once', async () => {
    const { cluster, pass, record, share } = setUp();
    await share(TEAM_A);
    await pass();
    expect(record).not.toHaveBeenCalled();
    const fail = (message: string) => {
      cluster.before = call => {
        if (call.includes('team-b')) {
          throw new KubeError('Forbidden', message);
        }
      };
    };
    await share(TEAM_A, TEAM_B);
    fail('no rights');
    await pass();
    fail('still no rights');
    await pass();
    cluster.before = () => {};
    await pass();
    const about = {
      actor: 'system:reconciler',
      event: 'share-reconcile',
      clusterId: CLUSTER.id,
      cluster: CLUSTER.name,
      namespace: 'team-b',
      groups: [TEAM_B],
    };
    expect(record.mock.calls).toEqual([
      [
        expect.objectContaining({
          ...about,
          outcome: 'Failed',
          error: expect.stringContaining('Forbidden'),
        }),
      ],
      [expect.objectContaining({ ...about, outcome: 'Succeeded' })],
    ]);
  });

  it('S40 reads again and repeats once after a conflict', async () => {
    const { cluster, shares, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    const old = cluster.namespace('team-a')!;
    cluster.put(NAMESPACES, {
      ...old,
      metadata: { ...old.metadata, labels: {} },
    });
    let conflicts = 0;
    cluster.before = call => {
      if (call.startsWith('apply Namespace') && conflicts++ === 0) {
        throw new KubeError('Conflict', 'changed meanwhile');
      }
    };
    await expect(pass()).resolves.toMatchObject({ settled: true });
    expect(conflicts).toBe(2);
    expect(await shares.state(TEAM_A)).toBe('Ready');
  });

  it.each(['DNS', 'TCP', 'TLS', 'Timeout', 'Unauthorized'] as const)(
    'S40 reports an unreachable cluster (%s), and leaves ready shares Ready',
    async failure => {
      const { cluster, shares, pass, share, logger } = setUp();
      await share(TEAM_A);
      await pass();
      cluster.before = () => {
        throw new KubeError(failure, 'no answer', { retryAfterSeconds: 7 });
      };
      await share(TEAM_A, TEAM_B);
      await expect(pass()).resolves.toMatchObject({
        settled: false,
        retryAfterSeconds: 7,
      });
      expect(await shares.state(TEAM_A)).toBe('Ready');
      expect(await shares.state(TEAM_B)).toBe(`Failed ${failure}`);
      expect(logger.warn).toHaveBeenCalledWith(
        'Cluster prod01 cannot be reconciled: no answer',
      );
    },
  );

  it('S46 reports a failure of the portal without its reason, and logs no token', async () => {
    const { cluster, shares, pass, share, logger } = setUp();
    await share(TEAM_A);
    cluster.before = () => {
      throw new Error('cannot sign eyJhbGciOiJub25lIn0.eyJ4Ijox.sig');
    };
    await expect(pass()).resolves.toMatchObject({ settled: false });
    expect(await shares.state(TEAM_A)).toBe('Failed Internal');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('cannot sign [token]'),
    );
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('eyJ');
  });

  it('S38 does nothing if the shares cannot be read', async () => {
    const { cluster, shares, pass, share } = setUp();
    await share(TEAM_A);
    await pass();
    const writes = cluster.writes.length;
    shares.failure = new Error('database gone');
    await expect(pass()).rejects.toThrow('database gone');
    expect(cluster.writes).toHaveLength(writes);
  });

  describe('S38 the breaker', () => {
    const groups = (count: number) =>
      Array.from({ length: count }, (_, index) => `group:default/g${index}`);
    const left = (cluster: FakeCluster) => cluster.bindings().length;

    it('holds deletions of more than half, until they were wanted for ten minutes', async () => {
      const { cluster, pass, share, wait, logger } = setUp();
      await share(...groups(30));
      await pass();
      await share();
      await expect(pass()).resolves.toMatchObject({ settled: true });
      wait(9);
      await pass();
      expect(left(cluster)).toBe(30);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('Not yet removing 30 of the 30 objects'),
      );
      wait(1);
      await pass();
      expect(left(cluster)).toBe(0);
    });

    it('forgets the hold once the shares are back', async () => {
      const { cluster, pass, share, wait } = setUp();
      await share(...groups(12));
      await pass();
      await share();
      await pass();
      await share(...groups(12));
      await pass();
      wait(20);
      await share();
      await pass();
      expect(left(cluster)).toBe(12);
    });

    it('holds new deletions, and does not delay the others', async () => {
      const { cluster, pass, share, wait } = setUp();
      await share(...groups(40));
      await pass();
      await share(...groups(15));
      await pass();
      wait(9);
      await share(...groups(5));
      await pass();
      wait(9);
      await share(...groups(5));
      await pass();
      expect(left(cluster)).toBe(15);
      wait(1);
      await pass();
      expect(left(cluster)).toBe(5);
    });

    it('still creates shares, and lets small changes pass', async () => {
      const { cluster, pass, share } = setUp();
      await share(...groups(12));
      await pass();
      await share(TEAM_A);
      await pass();
      expect(left(cluster)).toBe(13);
      await share(TEAM_A, ...groups(6));
      await pass();
      expect(left(cluster)).toBe(7);
      await share();
      await pass();
      expect(left(cluster)).toBe(0);
    });
  });

  it('ends with the reason of its signal, and leaves the state of the shares', async () => {
    const { cluster, shares, reconciler, session, share } = setUp();
    await share(TEAM_A);
    const controller = new AbortController();
    cluster.before = () => {
      controller.abort(new Error('stopping'));
      controller.signal.throwIfAborted();
    };
    await expect(
      reconciler.reconcile(CLUSTER, session, controller.signal),
    ).rejects.toThrow('stopping');
    expect(await shares.state(TEAM_A)).toBe('Pending');
  });
});
