import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { MemoryLeases } from '../__testUtils__/MemoryLeases';
import { ClusterLeases } from './ClusterLeases';
import { fairShare } from './fairShare';
import { Lease } from './types';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `cluster-${index}`);

describe('ClusterLeases', () => {
  const logger = mockServices.logger.mock();
  let leases: MemoryLeases;
  let replicas: Replica[];

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    replicas = [];
  });

  afterEach(async () => {
    await Promise.all(replicas.map(replica => replica.clusterLeases.stop()));
    jest.useRealTimers();
  });

  /** A replica of the backend that has only its leases. */
  class Replica {
    readonly held = new Map<string, Lease>();
    readonly desiredStateChanged: string[] = [];
    finish: () => Promise<void> = async () => {};
    /** Simulates a process that hangs, or that cannot reach the database. */
    frozen = false;
    /** Simulates a database whose answer to the next call of a method is lost. */
    loseAnswer?: { to: string; done: boolean };
    readonly clusterLeases = new ClusterLeases({
      store: this.#store(),
      logger,
      listener: {
        acquired: lease => this.held.set(lease.clusterId, lease),
        lost: id => this.held.delete(id),
        desiredStateChanged: id => this.desiredStateChanged.push(id),
        finish: () => this.finish(),
      },
    });

    constructor() {
      replicas.push(this);
      this.clusterLeases.start();
    }

    #store(): MemoryLeases {
      return new Proxy(leases, {
        get: (target, name) => {
          const value = Reflect.get(target, name, target);
          return typeof value === 'function'
            ? (...call: unknown[]) => {
                if (this.frozen) {
                  throw new Error('out of reach');
                }
                if (this.loseAnswer?.to === name) {
                  const { done } = this.loseAnswer;
                  this.loseAnswer = undefined;
                  return Promise.resolve(
                    done && value.apply(target, call),
                  ).then(() => {
                    throw new Error('answer lost');
                  });
                }
                return value.apply(target, call);
              }
            : value;
        },
      });
    }
  }

  const after = (seconds: number) =>
    jest.advanceTimersByTimeAsync(seconds * 1_000);
  const counts = () => replicas.map(({ held }) => held.size).sort();
  const all = () => replicas.flatMap(({ held }) => [...held.keys()]).sort();

  it('S41 shares the clusters fairly, also as replicas come and go', async () => {
    leases = new MemoryLeases(ids(10));
    const first = new Replica();
    await after(1);
    expect(counts()).toEqual([10]);
    const second = new Replica();
    await after(14);
    expect(counts()).toEqual([5, 5]);
    expect(all()).toEqual(ids(10).sort());
    const third = new Replica();
    await after(14);
    expect(counts()).toEqual([3, 3, 4]);
    expect(all()).toEqual(ids(10).sort());

    await second.clusterLeases.stop();
    await after(3);
    expect(first.held.size + third.held.size).toBe(10);
    expect(Math.abs(first.held.size - third.held.size)).toBe(0);
  });

  it('S41 takes over from a replica that is silent, within 60 s, and not before it has stopped', async () => {
    leases = new MemoryLeases(ids(4));
    const stale = new Replica();
    await after(1);
    const other = new Replica();
    await after(14);
    const stales = [...stale.held.values()];
    const assertCurrent = (lease: Lease) => () =>
      leases.assertCurrentToken(lease);
    expect(stales).toHaveLength(2);
    stale.frozen = true;
    let seconds = 0;
    while (other.held.size < 4) {
      // Two replicas never believe at the same moment that they hold the same cluster.
      const both = [...other.held.keys()].filter(id => {
        try {
          stale.held.get(id)?.assertHeld();
          return stale.held.has(id);
        } catch {
          return false;
        }
      });
      expect(both).toEqual([]);
      await after(0.5);
      seconds += 0.5;
      expect(seconds).toBeLessThan(60);
    }
    for (const lease of stales) {
      expect(lease.signal.aborted).toBe(true);
      expect(() => lease.assertHeld()).toThrow('another replica goes on');
      expect(assertCurrent(lease)).toThrow('lost');
    }
    expect(stale.held.size).toBe(0);

    // The replica joins again under another name and gets its share.
    stale.frozen = false;
    await after(15);
    expect(counts()).toEqual([2, 2]);
  });

  it('S41 leaves the clusters of a killed replica to one that is settled, and not to one that is just starting', async () => {
    leases = new MemoryLeases(ids(4));
    const killed = new Replica();
    await after(1);
    const other = new Replica();
    await after(14);
    expect(counts()).toEqual([2, 2]);
    killed.frozen = true;
    await after(12);
    // A supervisor starts the replica again.
    const restarted = new Replica();
    await after(5);
    expect(other.held.size).toBe(4);
    expect(restarted.held.size).toBe(0);
    await after(10);
    expect(restarted.held.size).toBe(2);
  });

  it('S41 holds no lease that it could not renew, even if its timers did not run', async () => {
    leases = new MemoryLeases(['a']);
    let now = 0;
    const held: Lease[] = [];
    const clusterLeases = new ClusterLeases({
      store: leases,
      logger,
      now: () => now,
      listener: {
        acquired: lease => held.push(lease),
        lost: () => {},
        desiredStateChanged: () => {},
        finish: async () => {},
      },
    });
    clusterLeases.start();
    await after(0);
    now = 9_999;
    held[0].assertHeld();
    now = 10_000;
    expect(() => held[0].assertHeld()).toThrow('another replica goes on');
    expect(held[0].signal.aborted).toBe(true);
    await clusterLeases.stop();
  });

  it('gives a cluster back only once the work on it has ended', async () => {
    leases = new MemoryLeases(ids(2));
    const first = new Replica();
    let finish = () => {};
    first.finish = () =>
      new Promise(resolve => {
        finish = resolve;
      });
    await after(1);
    const second = new Replica();
    await after(20);
    expect(second.held.size).toBe(0);
    expect(first.held.size).toBe(2);
    finish();
    await after(2);
    expect(counts()).toEqual([1, 1]);
  });

  it('S41 leaves no cluster without a replica when the answer to an acquisition is lost', async () => {
    leases = new MemoryLeases(ids(4));
    const replica = new Replica();
    replica.loseAnswer = { to: 'acquire', done: true };
    await after(3);
    expect(replica.loseAnswer).toBeUndefined();
    expect(counts()).toEqual([4]);
  });

  it.each([
    ['fails', false],
    ['succeeds, but its answer is lost', true],
  ])(
    'S41 leaves no cluster without a replica when a release %s',
    async (_, done) => {
      leases = new MemoryLeases(ids(4));
      const first = new Replica();
      await after(3);
      first.loseAnswer = { to: 'release', done };
      const second = new Replica();
      await after(18);
      expect(first.loseAnswer).toBeUndefined();
      expect(second.held.size).toBe(2);
      expect(all()).toEqual(ids(4).sort());
    },
  );

  it('reports a change at another replica within a second, once', async () => {
    leases = new MemoryLeases(ids(2));
    const first = new Replica();
    await after(1);
    const second = new Replica();
    await after(14);
    const [theirs] = [...second.held.keys()];
    await first.clusterLeases.recordChange(theirs);
    await after(1);
    expect(second.desiredStateChanged).toEqual([theirs]);
    expect(first.desiredStateChanged).toEqual([]);
    await after(10);
    expect(second.desiredStateChanged).toEqual([theirs]);
  });

  it('acts at once, and once, on a change that was recorded before', async () => {
    leases = new MemoryLeases(['a']);
    const replica = new Replica();
    await after(1);
    await leases.recordChange('a');
    const recorded = await leases.get('a');
    await replica.clusterLeases.look('a');
    expect(replica.desiredStateChanged).toEqual(['a']);
    await after(2);
    expect(replica.desiredStateChanged).toEqual(['a']);
    expect(await leases.get('a')).toEqual(recorded);
  });

  it('takes a new cluster at once where it was registered', async () => {
    leases = new MemoryLeases([]);
    const replica = new Replica();
    await after(1);
    leases.add('new');
    await replica.clusterLeases.recordChange('new');
    expect([...replica.held.keys()]).toEqual(['new']);
  });

  it('gives up a cluster that was deleted', async () => {
    leases = new MemoryLeases(['a', 'b']);
    const replica = new Replica();
    await after(1);
    const lease = replica.held.get('a')!;
    leases.drop('a');
    await after(1);
    expect([...replica.held.keys()]).toEqual(['b']);
    expect(lease.signal.aborted).toBe(true);
  });

  it('survives a short outage of the database, and keeps its clusters', async () => {
    leases = new MemoryLeases(ids(3));
    const replica = new Replica();
    await after(1);
    const before = [...replica.held.values()];
    replica.frozen = true;
    await after(7);
    replica.frozen = false;
    await after(2);
    expect([...replica.held.values()]).toEqual(before);
    expect(logger.error).toHaveBeenCalledWith(
      'Could not share the clusters among the replicas: out of reach',
    );
  });
});

describe('fairShare', () => {
  it('adds up to all clusters, and differs by one at most', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
        fc.nat({ max: 500 }),
        (replicas, clusters) => {
          const shares = replicas.map(one =>
            fairShare(one, replicas, clusters),
          );
          expect(shares.reduce((a, b) => a + b, 0)).toBe(clusters);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(2);
        },
      ),
    );
    expect(fairShare('unknown', ['a'], 3)).toBe(0);
  });
});
