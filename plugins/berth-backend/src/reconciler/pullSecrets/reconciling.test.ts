import { mockServices } from '@backstage/backend-test-utils';
import { Config, ConfigReader } from '@backstage/config';
import { inspect } from 'node:util';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import {
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  KubeError,
  KubeObject,
  NAMESPACES,
  SECRETS,
} from '../../kube';
import { pullSecretPolicy } from '../../model/pullSecrets';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { ClusterSession } from '../ClusterSession';
import { PodSecurityGate } from '../podSecurity/PodSecurityGate';
import { PlanPreviewer } from '../preview/PlanPreviewer';
import { Profile } from '../profiles/types';
import { QuotaRecord } from '../../model/tenancy';
import {
  CLUSTER,
  FakeHolds,
  FakeInventory,
  fakeLease,
  FakePodSecurity,
  fakePullSecrets,
  FakePullSecretVersions,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { PullSecrets } from './PullSecrets';
import { PullSecret } from './types';

const GROUP = 'group:default/team-a';
const PASSWORD = 'correct horse battery staple';
const HARBOR: PullSecret = {
  name: 'harbor',
  registry: 'harbor.example.com',
  username: 'robot$berth',
  password: PASSWORD,
};
const KEY = { namespace: 'team-a', name: 'berth-pull-harbor' };
const APPLY = 'apply Secret/team-a/berth-pull-harbor';
const BIND = 'apply RoleBinding/team-a/berth:admin:team-a';
const HOUR = 60 * 60_000;

/** Every way in which the credential could be written. */
const TRACES = [
  PASSWORD,
  Buffer.from(PASSWORD).toString('base64'),
  Buffer.from(`${HARBOR.username}:${PASSWORD}`).toString('base64'),
  JSON.stringify(PASSWORD).slice(1, -1),
];

class ListedCluster extends FakeCluster {
  async *list(): AsyncIterable<never> {}
}

function setUp() {
  const cluster = new ListedCluster();
  const shares = new FakeShares();
  const inventory = new FakeInventory();
  const logger = mockServices.logger.mock();
  const activity = { record: jest.fn(async () => {}) };
  const profile: Profile = {
    name: 'p',
    pullSecrets: ['harbor'],
    networkPolicies: [
      {
        name: 'isolate',
        spec: {
          podSelector: {},
          policyTypes: ['Ingress'],
          ingress: [],
          egress: [],
        },
      },
    ],
  };
  const world: {
    now: number;
    profile: Profile;
    quotas: QuotaRecord[];
    config: PullSecret[];
  } = {
    now: Date.parse('2026-11-30T10:00:00Z'),
    profile,
    quotas: [],
    config: [HARBOR],
  };
  const versions = new FakePullSecretVersions(() => world.now);
  const secrets = PullSecrets.create([HARBOR], {
    encryptionSecrets: ['a secret of at least 32 characters'],
    logger,
  });
  const parts = fakePullSecrets({ secrets, versions, now: () => world.now });
  const tenants = {
    read: async () => ({
      ...NO_TENANTS,
      quotas: world.quotas,
      profiles: { group: world.profile },
    }),
  };
  const holds = new FakeHolds();
  const reconciler = testReconciler({
    shares,
    inventory,
    client: cluster,
    pullSecrets: parts,
    tenants,
    holds,
    logger,
    activity,
    now: () => world.now,
  });
  const previewer = new PlanPreviewer({
    podSecurity: new PodSecurityGate(new FakePodSecurity()),
    identities: { clustersOf: async () => [], confirm: async () => false },
    pullSecrets: parts.gate,
    shares,
    inventory,
    tenants,
    breaker: new DeletionBreaker({ store: holds }),
    leftoverBreaker: new DeletionBreaker({ store: new FakeHolds() }),
    formers: { of: async () => [] },
    activity: { list: async () => ({ items: [], offset: 0 }) },
    namespaces: {
      get: async () => undefined,
      create: async () => {
        throw new Error('no namespace is taken over');
      },
    },
    connect: () => cluster,
  });
  let session = new ClusterSession(fakeLease());
  const pass = async () => {
    const before = cluster.writes.length;
    const result = await reconciler.reconcile(
      CLUSTER,
      session,
      new AbortController().signal,
    );
    return { ...result, writes: cluster.writes.slice(before) };
  };
  return {
    cluster,
    inventory,
    versions,
    world,
    secrets,
    logger,
    activity,
    shares,
    pass,
    share: () => shares.replace(CLUSTER.id, [GROUP]),
    preview: () => previewer.preview(CLUSTER),
    restart: () => {
      session = new ClusterSession(fakeLease());
    },
    /** Applies the policy of the manifest. */
    raiseFence: (names = ['harbor']) => {
      const [policy, binding] = pullSecretPolicy({ groupsPrefix: '', names });
      cluster.put(ADMISSION_POLICIES, policy.object as KubeObject);
      cluster.put(ADMISSION_POLICY_BINDINGS, binding.object as KubeObject);
    },
    secret: () => cluster.get<KubeObject & { data?: object }>(SECRETS, KEY),
  };
}

/** A configuration whose pull secrets change. */
function changingConfig(read: () => object[]) {
  const listeners: (() => void)[] = [];
  const config: Config = Object.assign(new ConfigReader({}), {
    getOptional: read,
    subscribe: (listener: () => void) => {
      listeners.push(listener);
      return { unsubscribe: () => {} };
    },
  });
  return { config, changed: () => listeners.forEach(one => one()) };
}

describe('pull secrets', () => {
  it('P14 P22 are written before anybody gets access, once', async () => {
    const { share, raiseFence, pass, secret } = setUp();
    raiseFence();
    await share();
    const { writes } = await pass();
    expect(writes.indexOf(APPLY)).toBeGreaterThan(0);
    expect(writes.indexOf(BIND)).toBe(writes.length - 1);
    expect(await secret()).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'berth' } },
      data: { '.dockerconfigjson': expect.any(String) },
    });
    const second = await pass();
    expect(second.writes).toEqual([]);
    expect(second).toMatchObject({ settled: true, failed: false });
  });

  it('P14 are never read', async () => {
    const { share, raiseFence, pass, preview, cluster } = setUp();
    raiseFence();
    await share();
    const calls: string[] = [];
    cluster.before = call => calls.push(call);
    await pass();
    await preview();
    await pass();
    const ofSecrets = calls.filter(
      call => call.includes(' Secret/') || call.includes(' secrets'),
    );
    expect(ofSecrets).toEqual([APPLY]);
  });

  it('P14 stand in no plan, log, activity, outcome and table, also while they fail', async () => {
    const { share, raiseFence, pass, preview, ...rest } = setUp();
    raiseFence();
    await share();
    const seen: unknown[] = [await preview()];
    rest.cluster.before = call => {
      if (call === APPLY) {
        throw new KubeError('Invalid', 'did not store it', { status: 422 });
      }
    };
    seen.push(await pass(), await preview(), await rest.shares.list());
    rest.cluster.before = () => {};
    seen.push(await pass(), await preview());
    rest.world.now += HOUR;
    seen.push(await preview());
    seen.push(await rest.inventory.list(), await rest.versions.list());
    seen.push(rest.activity.record.mock.calls, rest.secrets);
    for (const write of ['info', 'warn', 'error', 'debug'] as const) {
      seen.push(rest.logger[write].mock.calls);
    }
    const text = `${inspect(seen, { depth: 20 })} ${JSON.stringify(seen)}`;
    expect(text).toContain('berth-pull-harbor');
    expect(TRACES.filter(trace => text.includes(trace))).toEqual([]);
  });

  it('P14 follow a changed configuration with one write, also when the cluster was silent', async () => {
    const { share, raiseFence, pass, world, secrets, cluster, secret } =
      setUp();
    raiseFence();
    await share();
    await pass();
    const before = await secret();
    const woken = jest.fn();
    const { config, changed } = changingConfig(() => world.config);
    secrets.follow(config, woken);
    changed();
    expect(woken).not.toHaveBeenCalled();
    world.config = [{ ...HARBOR, password: 'rotated' }];
    changed();
    expect(woken).toHaveBeenCalledTimes(1);
    cluster.before = () => {
      throw new KubeError('TCP', 'silent');
    };
    expect(await pass()).toMatchObject({ failed: true });
    cluster.before = () => {};
    expect((await pass()).writes).toEqual([APPLY]);
    expect((await secret())?.data).not.toEqual(before?.data);
    expect((await pass()).writes).toEqual([]);
  });

  it('P14 keep their values while the changed configuration is wrong, and the log has no value', async () => {
    const { secrets, logger } = setUp();
    let written: object[] = [];
    const { config, changed } = changingConfig(() => written);
    const woken = jest.fn();
    secrets.follow(config, woken);
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: KEY };
    const before = secrets.filled(object);
    for (written of [
      [],
      [{ ...HARBOR, name: 'other' }],
      [{ ...HARBOR, username: `a:${PASSWORD}` }],
    ]) {
      changed();
    }
    expect(secrets.filled(object)).toEqual(before);
    expect(woken).not.toHaveBeenCalled();
    const text = JSON.stringify(logger.warn.mock.calls);
    expect(logger.warn).toHaveBeenCalledTimes(3);
    expect(TRACES.filter(trace => text.includes(trace))).toEqual([]);
  });

  it('P14 follow a changed password although another pull secret is gone', () => {
    const ghcr = { ...HARBOR, name: 'ghcr' };
    const logger = mockServices.logger.mock();
    const secrets = PullSecrets.create([ghcr, HARBOR], {
      encryptionSecrets: ['a secret of at least 32 characters'],
      logger,
    });
    const filled = (name: string) =>
      secrets.filled({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { namespace: 'team-a', name: `berth-pull-${name}` },
      });
    const before = [filled('ghcr'), filled('harbor')];
    const { config, changed } = changingConfig(() => [
      { ...HARBOR, password: 'rotated' },
    ]);
    const woken = jest.fn();
    secrets.follow(config, woken);
    changed();
    expect(woken).toHaveBeenCalledTimes(1);
    expect(filled('ghcr')).toEqual(before[0]);
    expect(filled('harbor')).not.toEqual(before[1]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('P14 come back within an hour where a member deleted them, and at once in a namespace that is made again', async () => {
    const { share, raiseFence, pass, world, cluster, secret } = setUp();
    raiseFence();
    await share();
    await pass();
    await cluster.delete(SECRETS, KEY, {});
    expect(await pass()).toMatchObject({
      writes: [],
      requeueAfterSeconds: 3_600,
    });
    world.now += HOUR;
    expect((await pass()).writes).toEqual([APPLY]);
    expect(await secret()).toBeDefined();
    await cluster.delete(SECRETS, KEY, {});
    const { uid = '' } = cluster.namespace('team-a')?.metadata ?? {};
    await cluster.delete(NAMESPACES, { name: 'team-a' }, { uid });
    expect((await pass()).writes).toContain(APPLY);
  });

  it('P14 are written only where the policy confines the portal, and people get in without them', async () => {
    const { share, raiseFence, pass, world, cluster } = setUp();
    await share();
    const first = await pass();
    expect(first.writes).toContain(BIND);
    expect(first.writes).not.toContain(APPLY);
    expect(first).toMatchObject({
      failed: false,
      settled: true,
      requeueAfterSeconds: 60,
    });
    // A policy for other Secrets, as after a change of the configuration.
    raiseFence(['harbor', 'ghcr']);
    world.now += 60_000;
    expect((await pass()).writes).toEqual([]);
    raiseFence();
    world.now += 60_000;
    expect((await pass()).writes).toEqual([APPLY]);
    // Once the policy is gone, the Secrets stay.
    await cluster.delete(
      ADMISSION_POLICIES,
      { name: 'pull-secrets.berth.dev' },
      {},
    );
    world.now += HOUR;
    expect((await pass()).writes).toEqual([]);
  });

  it('P14 let nobody in while the policy cannot be read', async () => {
    const { share, raiseFence, pass, cluster, shares } = setUp();
    raiseFence();
    await share();
    cluster.before = call => {
      if (call.startsWith('get ValidatingAdmissionPolicy')) {
        throw new KubeError('Timeout', 'too slow');
      }
    };
    expect((await pass()).writes).not.toContain(BIND);
    expect(await shares.state(GROUP)).toBe('Failed Timeout');
    cluster.before = () => {};
    expect((await pass()).writes).toContain(BIND);
  });

  it('P14 are tried again hourly where an admin of the namespace has a Secret that cannot be changed', async () => {
    const { share, raiseFence, pass, world, cluster, shares } = setUp();
    raiseFence();
    await share();
    await pass();
    cluster.before = call => {
      if (call === APPLY) {
        throw new KubeError('Invalid', 'field is immutable', { status: 422 });
      }
    };
    world.now += HOUR;
    expect(await pass()).toMatchObject({
      writes: [],
      settled: true,
      failed: true,
      requeueAfterSeconds: 3_600,
    });
    expect(await shares.state(GROUP)).toBe('Failed Invalid');
    cluster.before = () => {};
    expect((await pass()).writes).toEqual([APPLY]);
    expect(await shares.state(GROUP)).toMatch(/^Ready/);
  });

  it('P14 are tried again soon where another failure may pass', async () => {
    const { share, raiseFence, pass, cluster } = setUp();
    raiseFence();
    await share();
    cluster.before = call => {
      if (call === APPLY) {
        throw new KubeError('Forbidden', 'refused by a webhook', {
          status: 403,
        });
      }
    };
    expect(await pass()).toMatchObject({ settled: false, failed: true });
  });

  it('P14 go when they leave the profile, also one that may exist since a crash', async () => {
    const { share, raiseFence, pass, world, cluster, ...rest } = setUp();
    raiseFence();
    await share();
    cluster.after = call => {
      if (call === APPLY) {
        throw new KubeError('TCP', 'the answer is lost');
      }
    };
    await pass();
    cluster.after = () => {};
    rest.restart();
    world.profile = { ...world.profile, pullSecrets: undefined };
    expect((await pass()).writes).toContain(
      'delete Secret/team-a/berth-pull-harbor',
    );
    expect(await rest.secret()).toBeUndefined();
    expect(await rest.versions.list()).toEqual([]);
    const entries = await rest.inventory.list();
    expect(entries.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('P15 names the Secrets on the namespace, for the policy that adds them to pods', async () => {
    const { share, raiseFence, pass, cluster } = setUp();
    raiseFence();
    await share();
    await pass();
    const namespace = await cluster.get(NAMESPACES, { name: 'team-a' });
    expect(namespace?.metadata.annotations).toMatchObject({
      'berth.dev/pull-secrets': 'berth-pull-harbor',
    });
  });

  it('P14 stay listed where the portal may not delete them, and fail no pass', async () => {
    const { share, raiseFence, pass, world, cluster, inventory } = setUp();
    const deletion = 'delete Secret/team-a/berth-pull-harbor';
    const listed = async () =>
      (await inventory.list()).filter(({ kind }) => kind === 'Secret').length;
    raiseFence();
    await share();
    await pass();
    // An admin of the cluster takes the feature away before the profile loses the name.
    cluster.before = call => {
      if (call === deletion) {
        throw new KubeError('Forbidden', 'no', { status: 403 });
      }
    };
    world.profile = { ...world.profile, pullSecrets: undefined };
    expect(await pass()).toMatchObject({
      // Pods are given the Secret no more.
      writes: ['apply Namespace/team-a'],
      settled: true,
      failed: false,
      requeueAfterSeconds: 3_600,
    });
    expect(await listed()).toBe(1);
    cluster.before = () => {};
    expect((await pass()).writes).toEqual([deletion]);
    expect(await listed()).toBe(0);
  });

  it.each([
    ['the labels of the namespace', 'apply Namespace/team-a', 'Forbidden'],
    ['the quota', 'apply ResourceQuota/team-a/berth', 'ResourceQuota'],
    ['the limit range', 'apply LimitRange/team-a/berth', 'LimitRange'],
    [
      'the network policy',
      'apply NetworkPolicy/team-a/isolate',
      'NetworkPolicy',
    ],
    ['the pull secret', APPLY, 'Secret'],
  ])('P21 lets nobody in while %s fails', async (_what, failing, cause) => {
    const { share, raiseFence, pass, world, cluster, shares } = setUp();
    raiseFence();
    world.profile = { ...world.profile, labels: { 'example.com/tier': 'a' } };
    world.quotas = [
      {
        clusterId: CLUSTER.id,
        namespace: 'team-a',
        hard: { pods: '10' },
        limits: [{ type: 'Container', default: { cpu: '1' } }],
        priorityClasses: [],
        state: 'Pending',
        since: '2026-11-30T00:00:00.000Z',
      } as QuotaRecord,
    ];
    await share();
    cluster.before = call => {
      if (call === failing) {
        throw new KubeError('Forbidden', 'refused by a webhook');
      }
    };
    expect((await pass()).writes).not.toContain(BIND);
    expect(await shares.state(GROUP)).toMatch(
      new RegExp(`^Failed (${cause}NotApplied|Forbidden)$`),
    );
    cluster.before = () => {};
    const { writes } = await pass();
    expect(writes.at(-1)).toBe(BIND);
    expect(writes).toContain(failing);
  });
});
