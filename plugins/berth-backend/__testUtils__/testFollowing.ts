/* eslint-disable jest/no-export -- test cases that two test files share */
import { gzipSync } from 'node:zlib';
import { RequestListener } from 'node:http';
import { failedStatus, sendJson } from '../src/kube/__testUtils__/TestServer';
import { RoleBindingObject } from '../src/reconciler/types';
import { Profile } from '../src/reconciler/profiles/types';
import {
  eventually,
  Followed,
} from '../src/reconciler/observe/__testUtils__/Followed';
import {
  Fault,
  FaultProxy,
} from '../src/reconciler/observe/__testUtils__/FaultProxy';

const START_MS = 180_000;
const CASE_MS = 120_000;
const FAULT_MS = 6_000;
/** Without watches, the reconciler would check the cluster once a minute. */
const BEFORE_THE_CLOCK_MS = 40_000;

export interface FollowedCluster {
  apiServer: string;
  caPem: string;
  adminToken: string;
  /** Makes watches and lists that continue from earlier versions get a 410. */
  forgetHistory(): void | Promise<void>;
  stop(): Promise<void>;
}

const VIEW: Pick<RoleBindingObject, 'roleRef'> = {
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: 'view',
  },
};

const DENY = {
  podSelector: { matchLabels: { version: '1' } },
  policyTypes: ['Ingress' as const],
  ingress: [],
  egress: [],
};
const PROFILE: Profile = {
  name: 'isolated',
  networkPolicies: [{ name: 'deny', spec: DENY }],
};

const DRIFTS: [
  string,
  (followed: Followed, name: string) => Promise<unknown>,
][] = [
  [
    'a changed subject',
    (followed, name) =>
      followed.applyBinding(name, {
        subjects: [
          {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'User',
            name: 'mallory',
          },
        ],
      }),
  ],
  [
    'a stripped label',
    (followed, name) => followed.applyBinding(name, { metadata: keyOf(name) }),
  ],
  [
    'another role',
    async (followed, name) => {
      await followed.removeBinding(name);
      // Berth may have created it again meanwhile. The write is then refused.
      await followed.applyBinding(name, VIEW).catch(() => {});
    },
  ],
  ['a deletion', (followed, name) => followed.removeBinding(name)],
  [
    'a changed label of the namespace',
    (followed, name) =>
      followed.applyNamespace(name, {
        metadata: { name, labels: { 'berth.dev/cluster-id': 'another' } },
      }),
  ],
];

const answering =
  (status: number, reason: string, headers = {}): Fault =>
  (_request, response) => {
    sendJson(
      response,
      failedStatus(status, reason, 'injected'),
      status,
      headers,
    );
    return true;
  };

const saying =
  (say: RequestListener): Fault =>
  (request, response) => {
    say(request, response);
    return true;
  };

const BOMB = gzipSync(Buffer.alloc(20_000_000, ' '));
const JSON_HEADERS = { 'content-type': 'application/json' };

const FAULTS: [string, Fault][] = [
  ['409', answering(409, 'Conflict')],
  ['410', answering(410, 'Expired')],
  [
    '429 with Retry-After',
    answering(429, 'TooManyRequests', { 'retry-after': '2' }),
  ],
  ['500', answering(500, 'InternalError')],
  ['503', answering(503, 'ServiceUnavailable')],
  ['401', answering(401, 'Unauthorized')],
  ['resets', saying((_, response) => response.destroy())],
  ['silence', saying(() => {})],
  [
    'truncated JSON',
    saying((_, response) => {
      response.writeHead(200, JSON_HEADERS);
      response.end('{"kind":"NamespaceList","metadata":{');
    }),
  ],
  [
    'wrong kinds',
    saying((_, response) =>
      sendJson(response, {
        kind: 'SecretList',
        apiVersion: 'v1',
        metadata: { resourceVersion: '1' },
        items: [],
      }),
    ),
  ],
  [
    'gzip bombs',
    saying((_, response) => {
      response.writeHead(200, { ...JSON_HEADERS, 'content-encoding': 'gzip' });
      response.end(BOMB);
    }),
  ],
  [
    'endless lists',
    saying((request, response) => {
      const url = new URL(request.url ?? '', 'https://host');
      const start = Number(url.searchParams.get('continue') ?? 0);
      sendJson(response, {
        kind: url.pathname.endsWith('namespaces')
          ? 'NamespaceList'
          : 'RoleBindingList',
        apiVersion: 'v1',
        metadata: { resourceVersion: '1', continue: String(start + 500) },
        items: Array.from({ length: 500 }, (_, index) => ({
          metadata: {
            name: `n${start + index}`,
            uid: `u${start + index}`,
            resourceVersion: '1',
          },
        })),
      });
    }),
  ],
  [
    'a slow drip',
    saying((_, response) => {
      response.writeHead(200, JSON_HEADERS);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    }),
  ],
];

/** The test cases of a followed cluster, on a Kubernetes API server. */
export function testFollowing(
  start: () => Promise<FollowedCluster>,
  moreCases: (parts: () => { followed: Followed }) => void = () => {},
) {
  let direct: FollowedCluster;
  let proxy: FaultProxy;
  let followed: Followed;
  /** Another registration of the cluster, without the proxy. */
  let other: Followed;

  beforeAll(async () => {
    direct = await start();
    proxy = await FaultProxy.start(direct);
    followed = new Followed(proxy, direct);
    other = new Followed(direct, direct);
  }, START_MS);

  afterAll(async () => {
    await followed?.stop();
    await other?.stop();
    await proxy?.stop();
    await direct?.stop();
  }, START_MS);

  afterEach(() => {
    proxy.fault = undefined;
    proxy.mutate = undefined;
    proxy.delayMs = 0;
  });

  it(
    'S33 makes a share, and then neither writes nor reads',
    async () => {
      const name = await followed.share();
      expect(name).toMatch(/^t0-/);
      expect((await followed.rest()).sort()).toEqual([
        'apply RoleBinding',
        'create Namespace',
      ]);
      const before = proxy.requests.length;
      followed.worker.wake();
      expect(await followed.rest()).toEqual([]);
      const asked = proxy.requests.slice(before);
      // Watches continue, and after short watches Berth checks that it is still the same cluster.
      expect(asked.filter(one => !/watch=true|limit=500/.test(one))).toEqual(
        [],
      );
    },
    CASE_MS,
  );

  it(
    'S35 removes a binding that a restore brought back, and leaves one that only looks like it to an admin',
    async () => {
      const name = await followed.share();
      await followed.unshare(name);
      await eventually(async () => {
        expect(await followed.binding(name)).toBeUndefined();
      });
      // Another person writes under Berth's field manager: an API server accepts any name.
      await followed.applyBinding(name, {});
      await eventually(async () => {
        expect(await followed.binding(name)).toBeUndefined();
      });

      const group = {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Group',
        name,
      };
      await followed.applyBinding(name, {
        subjects: [group, { ...group, name: 'another' }],
      });
      await followed.rest();
      expect(await followed.managersOf(name)).toEqual(['berth']);
    },
    CASE_MS,
  );

  it.each(DRIFTS)(
    'S34 repairs %s when the watch reports it, without a resync',
    async (_what, drift) => {
      const name = await followed.share();
      await followed.settle();
      await drift(followed, name);
      const took = await followed.repaired(name);
      expect(took).toBeLessThan(BEFORE_THE_CLOCK_MS);
      const written = await followed.rest();
      expect(written.length).toBeGreaterThan(0);
      expect(written.length).toBeLessThan(4);
    },
    CASE_MS,
  );

  it(
    'S34 repairs a policy of a profile when the watch reports it, and then neither writes nor reads',
    async () => {
      const one = new Followed(proxy, direct, { profile: PROFILE });
      const name = await one.share();
      expect((await one.rest()).sort()).toEqual([
        'apply NetworkPolicy',
        'apply RoleBinding',
        'create Namespace',
      ]);
      const repaired = () =>
        eventually(async () => {
          const spec = (await one.policy(name, 'deny'))?.spec;
          expect([spec?.podSelector, spec?.ingress ?? []]).toEqual([
            DENY.podSelector,
            [],
          ]);
        }, BEFORE_THE_CLOCK_MS);
      await one.applyPolicy(name, 'deny', { ...DENY, ingress: [{}] });
      await repaired();
      await one.removePolicy(name, 'deny');
      await repaired();
      expect(new Set(await one.rest())).toEqual(
        new Set(['apply NetworkPolicy']),
      );
      const before = proxy.requests.length;
      one.worker.wake();
      expect(await one.rest()).toEqual([]);
      const asked = proxy.requests
        .slice(before)
        .filter(request => request.includes('networkpolicies/'));
      expect(asked).toEqual([]);
      await one.stop();
    },
    CASE_MS,
  );

  it(
    'S42 leaves additions of others alone, and writes nothing',
    async () => {
      const name = await followed.share();
      await followed.settle();
      const { metadata } = (await followed.binding(name))!;
      await followed.applyBinding(name, {
        metadata: {
          ...keyOf(name),
          labels: { ...metadata.labels, theirs: 'x', 'berth.dev/extra': 'y' },
          annotations: { 'injector.example.com/status': 'injected' },
        },
      });
      expect(await followed.rest()).toEqual([]);
      expect((await followed.binding(name))?.metadata.labels?.theirs).toBe('x');
    },
    CASE_MS,
  );

  it(
    'S42 does not loop with a webhook that changes every write',
    async () => {
      let count = 0;
      proxy.mutate = body =>
        body.replace(/"name":"t\d+-[^"]*"\}\]/, () => `"name":"x${count++}"}]`);
      const sharing = followed.share().catch(() => {});
      await pause(8_000);
      const written = followed.writes.length;
      expect(count).toBeGreaterThan(1);
      expect(written).toBeLessThan(40);
      await pause(6_000);
      expect(followed.writes.length - written).toBeLessThan(4);
      proxy.mutate = undefined;
      followed.worker.wake();
      await sharing;
      await followed.rest();
    },
    CASE_MS,
  );

  it(
    'S40 notices changes that its watch missed',
    async () => {
      const name = await followed.share();
      await followed.settle();
      proxy.fault = (_request, response) => {
        response.destroy();
        return true;
      };
      proxy.disconnect();
      await followed.removeBinding(name);
      await other.share();
      await direct.forgetHistory();
      proxy.fault = undefined;
      await followed.repaired(name);
      expect(await followed.binding(name)).toBeDefined();
      await followed.rest();
    },
    CASE_MS,
  );

  it(
    'S40 loses and doubles nothing if watches are cut in the middle of an event',
    async () => {
      // Each on its own registration, all at once.
      await Promise.all([1, 100, 333, 800].map(repairsWithWatchesCut));
    },
    CASE_MS,
  );

  it(
    'S40 repairs through a slow connection',
    async () => {
      const name = await followed.share();
      proxy.delayMs = 500;
      await followed.rest();
      await followed.removeBinding(name);
      await followed.repaired(name);
      expect((await followed.rest()).filter(isApply)).toHaveLength(1);
    },
    CASE_MS,
  );

  it(
    'S32 S40 survives every fault, and keeps other clusters repaired meanwhile',
    async () => {
      const others = await other.share();
      await other.settle();
      const heap = process.memoryUsage().heapUsed;
      // Each on its own registration, all at once.
      const ends = await Promise.allSettled([
        ...FAULTS.map(([, fault]) => outlives(fault)),
        undisturbed(others),
      ]);
      expect(process.memoryUsage().heapUsed - heap).toBeLessThan(400_000_000);
      const failed = ends.flatMap((end, index) =>
        end.status === 'rejected'
          ? [[FAULTS[index]?.[0] ?? 'the other cluster', end.reason]]
          : [],
      );
      expect(failed).toEqual([]);
    },
    CASE_MS * 2,
  );

  async function repairsWithWatchesCut(bytes: number) {
    await onItsOwn(async (one, faulty, name) => {
      faulty.cutWatchesAfter = bytes;
      faulty.disconnect();
      await one.removeBinding(name);
      await one.repaired(name);
      faulty.cutWatchesAfter = undefined;
    });
  }

  async function outlives(fault: Fault) {
    await onItsOwn(async (one, faulty, name) => {
      faulty.fault = fault;
      faulty.disconnect();
      await one.removeBinding(name);
      await pause(FAULT_MS);
      expect(await one.binding(name)).toBeUndefined();
      faulty.fault = undefined;
    });
  }

  /** Runs a part of a test on another registration with its own proxy. At the end, its share is repaired once. */
  async function onItsOwn(
    work: (one: Followed, faulty: FaultProxy, name: string) => Promise<void>,
  ) {
    const faulty = await FaultProxy.start(direct);
    const one = new Followed(faulty, direct);
    try {
      const name = await one.share();
      await one.settle();
      await work(one, faulty, name);
      faulty.disconnect();
      await one.repaired(name);
      expect((await one.rest()).filter(isApply)).toHaveLength(1);
    } finally {
      await one.stop();
      await faulty.stop();
    }
  }

  async function undisturbed(name: string) {
    for (let count = 0; count < 3; count++) {
      await other.removeBinding(name);
      expect(await other.repaired(name)).toBeLessThan(BEFORE_THE_CLOCK_MS);
      await pause(2_000);
    }
  }

  moreCases(() => ({ followed }));

  it(
    'S35 deletes a binding again, and then writes nothing',
    async () => {
      const name = await followed.share();
      await followed.settle();
      await followed.unshare(name);
      expect(await followed.rest()).toEqual(['delete RoleBinding']);
      expect(await followed.binding(name)).toBeUndefined();
      expect(await followed.namespace(name)).toBeDefined();
      const left = await followed.inventory.list();
      expect(left.filter(({ namespace }) => namespace === name)).toEqual([]);
    },
    CASE_MS,
  );
}

function pause(milliseconds: number) {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}

function isApply(write: string) {
  return write === 'apply RoleBinding';
}

function keyOf(name: string) {
  return { namespace: name, name: `berth:admin:${name}` };
}
