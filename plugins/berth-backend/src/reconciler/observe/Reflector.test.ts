import fc from 'fast-check';
import {
  KubeClient,
  KubeError,
  KubeObject,
  NAMESPACES,
  ROLE_BINDINGS,
} from '../../kube';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { fingerprint } from './fingerprint';
import { pause } from './pause';
import { Reflector, ReflectorOptions } from './Reflector';

const LABELS = { 'app.kubernetes.io/managed-by': 'berth' };

const namespace = (
  name: string,
  metadata: Partial<KubeObject['metadata']> = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: LABELS, ...metadata },
});

describe('Reflector', () => {
  let cluster: FakeCluster;
  let reflector: Reflector;
  let changes: string[];
  let calls: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    cluster = new FakeCluster();
    changes = [];
    calls = [];
    cluster.before = call => calls.push(call);
    reflector = make();
  });

  afterEach(async () => {
    await reflector.stop();
    jest.useRealTimers();
  });

  function make(options: Partial<ReflectorOptions> = {}) {
    return new Reflector({
      client: cluster,
      resource: NAMESPACES,
      labels: LABELS,
      onChange: key => changes.push(key?.name ?? 'list'),
      ...options,
    });
  }

  const settle = (milliseconds = 0) =>
    jest.advanceTimersByTimeAsync(milliseconds);
  const put = (...object: Parameters<typeof namespace>) =>
    cluster.put(NAMESPACES, namespace(...object));
  const failNext = (...failures: unknown[]) => {
    cluster.before = call => {
      calls.push(call);
      const failure = failures.shift();
      if (failure) {
        throw failure;
      }
    };
  };

  it('lists, then follows, and keeps only the listed fields', async () => {
    const { metadata } = put('a');
    reflector.start();
    expect(reflector.state).toBe('unknown');
    await settle();
    expect(reflector.state).toBe('synced');
    expect(reflector.get({ name: 'a' })).toEqual({
      uid: metadata.uid,
      resourceVersion: expect.any(String),
      fingerprint: fingerprint(namespace('a')),
    });
    put('b');
    await settle();
    expect(reflector.size).toBe(2);
    cluster.remove('Namespace', 'a');
    await settle();
    expect(reflector.get({ name: 'a' })).toBeUndefined();
    expect(changes).toEqual(['b', 'a']);
    expect(calls).toEqual(['list namespaces', 'watch namespaces']);
  });

  it('S42 reports changes of our fields, and none of others', async () => {
    put('a');
    reflector.start();
    await settle();
    put('a', { labels: { ...LABELS, theirs: 'x' }, annotations: { a: 'b' } });
    await settle();
    expect(changes).toEqual([]);
    put('a', { labels: { ...LABELS, 'berth.dev/cluster-id': 'x' } });
    await settle();
    expect(changes).toEqual(['a']);
  });

  it('S34 reports an object that loses our labels, and one that gets them', async () => {
    put('a');
    reflector.start();
    await settle();
    put('a', { labels: {} });
    await settle();
    expect(reflector.get({ name: 'a' })).toBeUndefined();
    put('a');
    await settle();
    expect(reflector.get({ name: 'a' })).toBeDefined();
    expect(changes).toEqual(['a', 'a']);
  });

  it('continues from the last version after a break, and loses nothing', async () => {
    put('a');
    reflector.start();
    await settle();
    cluster.cutWatches();
    await settle();
    expect(reflector.state).toBe('failed');
    expect(reflector.failure).toMatchObject({ failure: 'TCP' });
    put('b');
    cluster.remove('Namespace', 'a');
    await settle(1_000);
    expect(reflector.state).toBe('synced');
    expect(changes).toEqual(['b', 'a']);
    // The list of one page checks whether the cluster is still the same.
    expect(calls).toEqual([
      'list namespaces',
      'watch namespaces',
      'list namespaces',
      'watch namespaces',
    ]);
  });

  it('S40 lists again at once if its version is too old', async () => {
    put('a');
    put('b');
    reflector.start();
    await settle();
    failNext(undefined, new KubeError('Gone', 'too old'));
    cluster.cutWatches();
    cluster.remove('Namespace', 'a');
    await settle(1_000);
    expect(reflector.state).toBe('synced');
    expect(reflector.get({ name: 'a' })).toBeUndefined();
    expect(changes).toEqual(['list']);
  });

  it('S40 treats a cluster that counts from the start as another one', async () => {
    for (let count = 0; count < 5; count++) {
      put('a', { annotations: { count: String(count) } });
    }
    const other = new FakeCluster();
    other.put(NAMESPACES, namespace('a'));
    let current = cluster;
    const either: KubeClient = new Proxy(cluster, {
      get: (_target, name: keyof KubeClient) => current[name].bind(current),
    });
    reflector = make({ client: either });
    reflector.start();
    await settle();
    const before = reflector.get({ name: 'a' })?.uid;
    current = other;
    cluster.cutWatches();
    const { metadata } = other.put(
      NAMESPACES,
      namespace('a', { uid: 'another' }),
    );
    await settle(1_000);
    expect(metadata.uid).not.toBe(before);
    expect(reflector.get({ name: 'a' })?.uid).toBe('another');
    expect(changes).toEqual(['list']);
  });

  it.each([
    ['TCP', new KubeError('TCP', 'reset')],
    ['Conflict', new KubeError('Conflict', '409')],
    ['ServerError', new KubeError('ServerError', '500')],
    ['Unauthorized', new KubeError('Unauthorized', 'expired')],
    ['Gone', new KubeError('Gone', '410')],
    ['Invalid', new KubeError('Invalid', '400')],
    ['Protocol', new KubeError('Protocol', 'nonsense')],
    ['no KubeError', new Error('no token')],
  ])(
    'S40 tries again after %s, more slowly each time, and recovers',
    async (_failure, error) => {
      put('a');
      cluster.before = call => {
        calls.push(call);
        throw error;
      };
      reflector.start();
      const tries: number[] = [];
      for (let second = 0; second < 120; second++) {
        const before = calls.length;
        await settle(1_000);
        if (calls.length > before) {
          tries.push(second);
        }
      }
      expect(reflector.state).toBe('failed');
      expect(tries.length).toBeGreaterThan(5);
      expect(calls.length).toBeLessThan(14);
      cluster.before = () => {};
      await settle(60_000);
      expect(reflector.state).toBe('synced');
      expect(reflector.size).toBe(1);
    },
  );

  it('S40 waits as long as the API server asks for', async () => {
    failNext(
      new KubeError('TooManyRequests', '429', { retryAfterSeconds: 30 }),
    );
    reflector.start();
    await settle(29_999);
    expect(calls).toHaveLength(1);
    await settle(1);
    expect(reflector.state).toBe('synced');
  });

  it('S32 does not loop with a server that ends each watch at once', async () => {
    const ending: Partial<KubeClient> = {
      pages: cluster.pages.bind(cluster),
      watch: async () => (async function* none() {})(),
    };
    reflector = make({ client: ending as KubeClient });
    reflector.start();
    await settle(120_000);
    expect(reflector.failure).toMatchObject({
      message: expect.stringContaining('ends each watch of namespaces at once'),
    });
    expect(calls.length).toBeLessThan(14);
  });

  it('S32 follows a bounded number of objects, and keeps none beyond', async () => {
    reflector = make({ maxObjects: 3 });
    ['a', 'b', 'c'].forEach(name => put(name));
    reflector.start();
    await settle();
    expect(reflector.state).toBe('synced');
    cluster.cutWatches();
    await settle(60_000);
    expect(reflector.state).toBe('synced');
    const whileListed = new Set<string>();
    cluster.before = () => whileListed.add(reflector.state);
    put('d');
    await settle();
    expect(whileListed).toEqual(new Set(['failed']));
    expect(reflector.state).toBe('failed');
    expect(reflector.size).toBe(0);
    await settle(300_000);
    expect(reflector.size).toBe(0);
    cluster.remove('Namespace', 'd');
    await settle(60_000);
    expect(reflector.state).toBe('synced');
    expect(reflector.size).toBe(3);
  });

  it('S32 ignores objects with names that are too long', async () => {
    reflector.start();
    await settle();
    put('x'.repeat(1_000_000));
    put('a', { uid: 'x'.repeat(1_000_000) });
    await settle();
    expect(reflector.size).toBe(0);
    expect(reflector.state).toBe('synced');
  });

  it('S32 reads a flood of events no faster than a bound', async () => {
    reflector.start();
    await settle();
    for (let count = 0; count < 12_000; count++) {
      put('a', { labels: { ...LABELS, 'berth.dev/n': String(count) } });
    }
    await settle(10);
    expect(changes).toHaveLength(5_000);
    await settle(2_000);
    expect(changes).toHaveLength(12_000);
  });

  it('lists again from time to time, without a reason', async () => {
    const forgetful: Partial<KubeClient> = {
      pages: cluster.pages.bind(cluster),
      watch: async (_resource, _selection, { signal } = {}) =>
        (async function* none() {
          await pause(30_000, signal!);
        })(),
    };
    reflector = make({ client: forgetful as KubeClient, relistMs: 100_000 });
    reflector.start();
    await settle();
    put('b');
    await settle(60_000);
    expect(reflector.size).toBe(0);
    await settle(80_000);
    expect(reflector.size).toBe(1);
    expect(changes).toEqual(['list']);
    expect(calls).toHaveLength(2);
  });

  it('requests and keeps nothing after a stop', async () => {
    put('a');
    reflector.start();
    await settle();
    await reflector.stop();
    const before = calls.length;
    put('b');
    await settle(600_000);
    expect(calls).toHaveLength(before);
    expect(reflector.size).toBe(0);
  });

  it('reports when the state is known, and does not wait for ever', async () => {
    const { signal } = new AbortController();
    failNext(new KubeError('TCP', 'reset'));
    reflector.start();
    await reflector.waitForSync(1_000, signal);
    expect(reflector.state).toBe('failed');

    const stuck = make({
      client: {
        pages: () =>
          (async function* none() {
            await new Promise(() => {});
          })(),
      } as Partial<KubeClient> as KubeClient,
    });
    stuck.start();
    let known = false;
    const waiting = stuck.waitForSync(1_000, signal).then(() => {
      known = true;
    });
    await settle(999);
    expect(known).toBe(false);
    await settle(1);
    await waiting;
    expect(stuck.state).toBe('unknown');
    await expect(
      stuck.waitForSync(1_000, AbortSignal.abort(new Error('enough'))),
    ).rejects.toThrow('enough');
  });

  const NAMES = ['a', 'b', 'c'];
  const anyName = fc.constantFrom(...NAMES);
  type Step =
    | { type: 'put' | 'strip' | 'remove'; name: string; value: number }
    | { type: 'cut' | 'forget' | 'fail' | 'wait' };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      type: fc.constantFrom(
        'put' as const,
        'strip' as const,
        'remove' as const,
      ),
      name: anyName,
      value: fc.nat(3),
    }),
    fc.record({
      type: fc.constantFrom(
        'cut' as const,
        'forget' as const,
        'fail' as const,
        'wait' as const,
      ),
    }),
  );

  it('S34 S40 knows all objects in the end, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        async steps => {
          cluster = new FakeCluster();
          reflector = make({ resource: ROLE_BINDINGS });
          cluster.put(NAMESPACES, namespace('home'));
          reflector.start();
          const binding = (name: string, value: number, labels = {}) => ({
            ...namespace(name, { namespace: 'home', labels }),
            apiVersion: ROLE_BINDINGS.apiVersion,
            kind: 'RoleBinding',
            subjects: [{ kind: 'User', name: `user-${value}` }],
          });
          for (const one of steps) {
            switch (one.type) {
              case 'put':
                cluster.put(
                  ROLE_BINDINGS,
                  binding(one.name, one.value, LABELS),
                );
                break;
              case 'strip':
                cluster.put(ROLE_BINDINGS, binding(one.name, one.value));
                break;
              case 'remove':
                cluster.remove('RoleBinding', one.name, 'home');
                break;
              case 'cut':
                cluster.cutWatches();
                break;
              case 'forget':
                cluster.forgetHistory();
                break;
              case 'fail': {
                let failures = 2;
                cluster.before = () => {
                  if (failures-- > 0) {
                    throw new KubeError('ServerError', '503');
                  }
                };
                cluster.cutWatches();
                break;
              }
              default:
                await settle(500);
            }
          }
          await settle(60_000);
          const labelled = cluster
            .bindings()
            .filter(
              ({ metadata }) => metadata.labels?.[Object.keys(LABELS)[0]],
            );
          expect(reflector.state).toBe('synced');
          expect(reflector.size).toBe(labelled.length);
          for (const object of labelled) {
            expect(reflector.get(object.metadata)).toMatchObject({
              uid: object.metadata.uid,
              fingerprint: fingerprint(object),
            });
          }
          await reflector.stop();
        },
      ),
    );
  });
});
