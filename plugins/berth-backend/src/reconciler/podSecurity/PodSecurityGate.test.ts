import { ConfigReader } from '@backstage/config';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { KubeError, KubeObject, NAMESPACES, ROLE_BINDINGS } from '../../kube';
import { DryRuns } from './DryRuns';
import { PodSecurityGate } from './PodSecurityGate';
import { ClusterSession } from '../ClusterSession';
import { ownLabels } from '../desired';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakePodSecurity,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { NamespaceRecord } from '../../model/tenancy';
import { readProfiles } from '../profiles/readProfiles';
import { Profile } from '../profiles/types';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const BAD_POD = 'web-0: allowPrivilegeEscalation != false';

function profile(podSecurity: object, more: object = {}): Profile {
  const config = new ConfigReader({
    berth: { profiles: [{ name: 'p', podSecurity, ...more }] },
  });
  return readProfiles(config)[0];
}

function defined(
  all: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}

function setUp() {
  const cluster = new FakeCluster();
  const shares = new FakeShares();
  const podSecurity = new FakePodSecurity();
  const world: { profile?: Profile; namespaces: NamespaceRecord[] } = {
    namespaces: [],
  };
  const reconciler = testReconciler({
    shares,
    inventory: new FakeInventory(),
    client: cluster,
    podSecurity,
    tenants: {
      read: async () => ({
        ...NO_TENANTS,
        namespaces: world.namespaces,
        profiles: { group: world.profile },
      }),
    },
  });
  const session = new ClusterSession(fakeLease());
  const label = (mode: string) =>
    cluster.namespace('team-a')?.metadata.labels?.[
      `pod-security.kubernetes.io/${mode}`
    ];
  return {
    cluster,
    podSecurity,
    world,
    share: () => shares.replace(CLUSTER.id, ['group:default/team-a']),
    endShare: () => shares.replace(CLUSTER.id, []),
    pass: () =>
      reconciler.reconcile(CLUSTER, session, new AbortController().signal),
    labels: () => ['enforce', 'warn', 'audit'].map(label),
    state: () => shares.state('group:default/team-a'),
    /** Something else sets labels and annotations; undefined removes one. */
    write: (
      labels: Record<string, string | undefined>,
      annotations: Record<string, string | undefined> = {},
    ) => {
      const { metadata, ...rest } = cluster.namespace('team-a')!;
      cluster.put(NAMESPACES, {
        ...rest,
        metadata: {
          ...metadata,
          labels: defined({ ...metadata.labels, ...labels }),
          annotations: defined({ ...metadata.annotations, ...annotations }),
        },
      });
    },
    isAtRest: async () => {
      const before = cluster.writes.length;
      await reconciler.reconcile(
        CLUSTER,
        session,
        new AbortController().signal,
      );
      expect(cluster.writes).toHaveLength(before);
    },
    /** The pods of the namespace do not meet the level restricted. */
    addBadPods: () => {
      cluster.warningsOf = ({ metadata }: KubeObject) =>
        metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted'
          ? [BAD_POD]
          : [];
    },
  };
}

describe('Pod Security of a profile', () => {
  it('P2 P22 is enforced at once where no pod fails, and in new namespaces', async () => {
    const { world, share, pass, labels, cluster, isAtRest } = setUp();
    world.profile = profile({ enforce: 'baseline', warn: 'restricted' });
    await share();
    await pass();
    expect(labels()).toEqual(['baseline', 'restricted', undefined]);
    expect(cluster.namespace('team-a')?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce-version': 'latest',
      'security.openshift.io/scc.podSecurityLabelSync': 'false',
    });
    await isAtRest();
    world.profile = profile({ enforce: 'restricted', version: 'v1.30' });
    await pass();
    expect(labels()[0]).toBe('restricted');
    await isAtRest();
  });

  it('P2 P22 waits where pods would fail, listed, while "warn" and "audit" go at once', async () => {
    const { world, share, pass, labels, isAtRest, ...rest } = setUp();
    await share();
    await pass();
    rest.addBadPods();
    world.profile = profile({
      enforce: 'restricted',
      warn: 'restricted',
      audit: 'baseline',
    });
    expect(await pass()).toMatchObject({ failed: false });
    expect(labels()).toEqual([undefined, 'restricted', 'baseline']);
    expect(rest.podSecurity.waits).toMatchObject([
      {
        namespace: 'team-a',
        level: 'restricted:latest',
        warnings: [BAD_POD],
      },
    ]);
    await isAtRest();
    // The pods meet the level now.
    rest.cluster.warningsOf = () => [];
    await pass();
    expect(labels()[0]).toBe('restricted');
    await pass();
    expect(rest.podSecurity.waits).toEqual([]);
    await isAtRest();
  });

  it('P2 goes ahead by the word of an admin, for the level that the admin saw', async () => {
    const { world, share, pass, labels, podSecurity, addBadPods } = setUp();
    await share();
    await pass();
    addBadPods();
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    const namespaces = ['team-a'];
    const by = 'user:default/ada';
    expect(
      await podSecurity.confirm(
        '',
        { level: 'baseline:latest', namespaces },
        by,
      ),
    ).toEqual([]);
    await pass();
    expect(labels()[0]).toBeUndefined();
    await podSecurity.confirm(
      '',
      { level: 'restricted:latest', namespaces },
      by,
    );
    await pass();
    expect(labels()[0]).toBe('restricted');
  });

  it('P2 S43 keeps the word of an admin until the level is applied', async () => {
    const { world, share, pass, labels, podSecurity, cluster, addBadPods } =
      setUp();
    await share();
    await pass();
    addBadPods();
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    await podSecurity.confirm(
      '',
      { level: 'restricted:latest', namespaces: ['team-a'] },
      'user:default/ada',
    );
    cluster.before = call => {
      if (call === 'apply Namespace/team-a') {
        throw new KubeError('Forbidden', 'no');
      }
    };
    await pass();
    expect(labels()[0]).toBeUndefined();
    cluster.before = () => {};
    await pass();
    expect(labels()[0]).toBe('restricted');
    await pass();
    expect(podSecurity.waits).toEqual([]);
  });

  it('S36 P2 asks nothing of a namespace that is not ours, and takes no turn for it', async () => {
    const { world, share, pass, podSecurity, cluster, addBadPods } = setUp();
    cluster.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a' },
    });
    addBadPods();
    const calls: string[] = [];
    cluster.before = call => calls.push(call);
    world.profile = profile({ enforce: 'restricted' });
    await share();
    expect(await pass()).toMatchObject({ failed: true });
    expect(podSecurity.waits).toEqual([]);
    expect(calls.filter(call => call.startsWith('dry run'))).toEqual([]);
    expect(podSecurity.turns).toEqual([]);
  });

  it('P2 gives a new namespace its level before anybody gets access, even if the first write of the level failed', async () => {
    const { world, share, pass, labels, podSecurity, cluster } = setUp();
    podSecurity.turnOf = 'prod01';
    world.profile = profile({ enforce: 'restricted' });
    await share();
    cluster.before = call => {
      if (call === 'apply Namespace/team-a') {
        throw new KubeError('Timeout', 'slow');
      }
    };
    await pass();
    expect(cluster.namespace('team-a')).toBeDefined();
    expect(labels()[0]).toBeUndefined();
    expect(cluster.binding('team-a')).toBeUndefined();
    cluster.before = () => {};
    await pass();
    expect(labels()[0]).toBe('restricted');
    expect(cluster.binding('team-a')).toBeDefined();
    expect(podSecurity.turns).toEqual([]);

    // The same with a namespace that a user deleted with kubectl.
    cluster.remove('Namespace', 'team-a');
    cluster.before = call => {
      if (call === 'apply Namespace/team-a') {
        throw new KubeError('Timeout', 'slow');
      }
    };
    await pass();
    expect(cluster.binding('team-a')).toBeUndefined();
    cluster.before = () => {};
    await pass();
    expect(labels()[0]).toBe('restricted');
    expect(cluster.binding('team-a')).toBeDefined();
  });

  it('P2 keeps waiting in a namespace that was there before, also if its first write failed', async () => {
    const { world, share, pass, labels, podSecurity, cluster, ...rest } =
      setUp();
    cluster.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a', labels: ownLabels(CLUSTER.id) },
    });
    rest.addBadPods();
    world.profile = profile({ enforce: 'restricted' });
    await share();
    cluster.before = call => {
      if (call === 'apply Namespace/team-a') {
        throw new KubeError('Timeout', 'slow');
      }
    };
    await pass();
    expect(podSecurity.waits).toHaveLength(1);
    expect(cluster.binding('team-a')).toBeUndefined();
    cluster.before = () => {};
    await pass();
    expect(labels()[0]).toBeUndefined();
    expect(podSecurity.waits).toHaveLength(1);
  });

  it('P2 gives a new namespace its level also if the process died before it recorded the creation', async () => {
    const { world, share, pass, labels, podSecurity, cluster } = setUp();
    podSecurity.turnOf = 'prod01';
    world.profile = profile({ enforce: 'restricted' });
    await share();
    cluster.after = call => {
      if (call === 'create Namespace/team-a') {
        throw new KubeError('Timeout', 'no answer');
      }
    };
    await pass();
    expect(labels()[0]).toBeUndefined();
    expect(cluster.binding('team-a')).toBeUndefined();
    cluster.after = () => {};
    await pass();
    expect(labels()[0]).toBe('restricted');
    expect(cluster.binding('team-a')).toBeDefined();
    expect(podSecurity.turns).toEqual([]);
  });

  it('P2 waits in a namespace that was restored from a backup of its first moments', async () => {
    const { world, share, pass, labels, podSecurity, cluster, addBadPods } =
      setUp();
    world.profile = profile({ enforce: 'restricted' });
    await share();
    cluster.before = call => {
      if (call === 'apply Namespace/team-a') {
        throw new KubeError('Timeout', 'slow');
      }
    };
    await pass();
    const { metadata, ...rest } = cluster.namespace('team-a')!;
    cluster.remove('Namespace', 'team-a');
    cluster.put(NAMESPACES, {
      ...rest,
      metadata: { ...metadata, uid: 'restored' },
    });
    cluster.before = () => {};
    addBadPods();
    await pass();
    expect(labels()[0]).toBeUndefined();
    expect(podSecurity.waits).toHaveLength(1);
  });

  it.each([
    ['a former home', 'share'],
    ['a namespace without grants', 'request'],
  ] as const)('P2 waits for the pods of %s', async (_, origin) => {
    const { world, pass, labels, podSecurity, ...rest } = setUp();
    world.namespaces = [
      {
        clusterId: CLUSTER.id,
        name: 'team-a',
        owner: 'group:default/team-a',
        origin,
        phase: 'Active',
        uid: 'u',
        state: 'Ready',
        since: '2026-11-21T00:00:00.000Z',
        createdAt: '2026-11-21T00:00:00.000Z',
      },
    ];
    if (origin === 'share') {
      await rest.share();
      await pass();
      await rest.endShare();
    }
    await pass();
    rest.addBadPods();
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    expect(labels()[0]).toBeUndefined();
    expect(podSecurity.waits).toMatchObject([
      { namespace: 'team-a', warnings: [BAD_POD] },
    ]);
    await rest.isAtRest();
  });

  it('P2 waits in a namespace with access that has no list of fields yet', async () => {
    const { world, share, pass, labels, podSecurity } = setUp();
    await share();
    await pass();
    podSecurity.turnOf = 'prod01';
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    expect(labels()[0]).toBeUndefined();
    expect(podSecurity.waits).toHaveLength(1);
  });

  it('P2 P3 gives the turn back and repairs the cluster while it answers no dry run', async () => {
    const { world, share, pass, labels, podSecurity, cluster } = setUp();
    await share();
    await pass();
    cluster.warningsOf = () => {
      throw new KubeError('TooManyRequests', 'slow down');
    };
    world.profile = profile({ enforce: 'baseline', warn: 'restricted' });
    const binding = { namespace: 'team-a', name: 'berth:admin:team-a' };
    await cluster.delete(ROLE_BINDINGS, binding, {});
    await pass();
    expect(podSecurity.turns).toEqual(['take', 'end']);
    expect(labels()).toEqual([undefined, 'restricted', undefined]);
    expect(await cluster.get(ROLE_BINDINGS, binding)).toBeDefined();
    expect(podSecurity.waits).toMatchObject([
      { warnings: ['The dry run failed: slow down'] },
    ]);
    await podSecurity.confirm(
      '',
      { level: 'baseline:latest', namespaces: ['team-a'] },
      'user:default/ada',
    );
    await pass();
    expect(labels()[0]).toBe('baseline');
  });

  it('P2 waits where the dry run fails', async () => {
    const { world, share, pass, labels, cluster, podSecurity } = setUp();
    await share();
    await pass();
    cluster.warningsOf = () => {
      throw new KubeError('Invalid', 'no dry run');
    };
    world.profile = profile({ enforce: 'baseline' });
    await pass();
    expect(labels()[0]).toBeUndefined();
    expect(podSecurity.waits[0].warnings).toEqual([
      'The dry run failed: no dry run',
    ]);
  });

  it('P3 raises one cluster at a time, and lowers at once', async () => {
    const { world, share, pass, labels, podSecurity } = setUp();
    world.profile = profile({ enforce: 'baseline' });
    await share();
    await pass();
    podSecurity.turnOf = 'prod01';
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    expect(labels()[0]).toBe('baseline');
    expect(podSecurity.waits[0].warnings).toEqual([
      'prod01 gets higher levels now; the clusters get them one after the other',
    ]);
    world.profile = profile({ enforce: 'privileged' });
    await pass();
    expect(labels()[0]).toBe('privileged');
    podSecurity.turnOf = undefined;
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    expect(labels()[0]).toBe('restricted');
  });

  it('P4 writes a label once, and does not fight against another writer', async () => {
    const { world, share, pass, labels, cluster, isAtRest } = setUp();
    world.profile = profile({ enforce: 'baseline' });
    await share();
    await pass();
    const namespace = cluster.namespace('team-a')!;
    cluster.put(NAMESPACES, {
      ...namespace,
      metadata: {
        ...namespace.metadata,
        labels: {
          ...namespace.metadata.labels,
          'pod-security.kubernetes.io/enforce': 'privileged',
        },
      },
    });
    await isAtRest();
    expect(await pass()).toMatchObject({ settled: true, failed: true });
    expect(labels()[0]).toBe('privileged');
  });

  it('P4 reports who lowers a level also where pods fail, takes no turn for it, and raises it by the word of an admin', async () => {
    const { world, share, pass, labels, podSecurity, ...rest } = setUp();
    world.profile = profile({ enforce: 'restricted' });
    await share();
    await pass();
    rest.write({ [ENFORCE]: 'privileged' });
    rest.addBadPods();
    await rest.isAtRest();
    expect(await rest.state()).toBe('Failed ProfileOverwritten');
    expect(podSecurity.waits).toEqual([]);
    expect(podSecurity.turns).toEqual([]);
    rest.write({}, { 'berth.dev/profile-fields': undefined });
    await pass();
    expect(await rest.state()).toBe('Ready');
    expect(podSecurity.waits).toHaveLength(1);
    rest.cluster.warningsOf = () => [];
    await pass();
    expect(labels()[0]).toBe('restricted');
  });

  it('P4 reports who removes the level while a higher one waits', async () => {
    const { world, share, pass, labels, podSecurity, ...rest } = setUp();
    world.profile = profile({ enforce: 'baseline' });
    await share();
    await pass();
    rest.addBadPods();
    world.profile = profile({ enforce: 'restricted' });
    await pass();
    await rest.isAtRest();
    expect(await rest.state()).toBe('Ready');
    rest.write({ [ENFORCE]: undefined, [`${ENFORCE}-version`]: undefined });
    await rest.isAtRest();
    expect(await rest.state()).toBe('Failed ProfileOverwritten');
    expect(podSecurity.waits).toHaveLength(1);
    rest.cluster.warningsOf = () => [];
    await pass();
    expect(labels()[0]).toBe('restricted');
    expect(await rest.state()).toBe('Ready');
  });

  it.each(['privileged', 'restricted'])(
    'P4 leaves the level %s of something else when another field of the profile changes',
    async level => {
      const { world, share, pass, labels, cluster, ...rest } = setUp();
      world.profile = profile({ enforce: 'baseline' });
      await share();
      await pass();
      rest.write({ [ENFORCE]: level });
      world.profile = profile(
        { enforce: 'baseline' },
        { labels: { 'example.com/tier': 'gold' } },
      );
      await pass();
      expect(labels()[0]).toBe(level);
      expect(cluster.namespace('team-a')?.metadata.labels).toMatchObject({
        'example.com/tier': 'gold',
      });
      expect(await rest.state()).toBe('Failed ProfileOverwritten');
      await rest.isAtRest();
      expect(await rest.state()).toBe('Failed ProfileOverwritten');
    },
  );

  it('P2 repairs a cluster while dry runs hang, and raises the level once they end', async () => {
    const cluster = new FakeCluster();
    const shares = new FakeShares();
    const world: { profile?: Profile } = {};
    const gate = new PodSecurityGate(
      new FakePodSecurity(),
      () => new Date(),
      new DryRuns(20),
    );
    const reconciler = testReconciler({
      shares,
      inventory: new FakeInventory(),
      client: cluster,
      podSecurity: gate,
      tenants: {
        read: async () => ({
          ...NO_TENANTS,
          profiles: { group: world.profile },
        }),
      },
    });
    const session = new ClusterSession(fakeLease());
    const pass = () =>
      reconciler.reconcile(CLUSTER, session, new AbortController().signal);
    await shares.replace(CLUSTER.id, ['group:default/team-a']);
    await pass();
    world.profile = profile({ enforce: 'baseline' });
    let answer = (_warnings: string[]) => {};
    const dryRun = jest.spyOn(cluster, 'dryRunApply').mockImplementation(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    const binding = { namespace: 'team-a', name: 'berth:admin:team-a' };
    await cluster.delete(ROLE_BINDINGS, binding, {});
    await pass();
    expect(await cluster.get(ROLE_BINDINGS, binding)).toBeDefined();
    expect(await gate.waiting(CLUSTER.id)).toMatchObject([
      {
        namespace: 'team-a',
        warnings: [expect.stringContaining('has not ended')],
      },
    ]);
    await pass();
    expect(dryRun).toHaveBeenCalledTimes(1);
    answer([]);
    await pass();
    expect(cluster.namespace('team-a')?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
  });
});
