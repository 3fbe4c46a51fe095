import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ClusterRecord } from '../model/clusters';
import { PassResult } from './ClusterReconciler';
import { ReconcilerWorkers } from './ReconcilerWorkers';
import { CLUSTER, NO_METRICS } from './__testUtils__/fakes';
import { MemoryLeases } from './__testUtils__/MemoryLeases';

// Ten hours have thousands of ticks.
jest.setTimeout(60_000);

const SETTLED: PassResult = { settled: true };
const FAILED: PassResult = { settled: false, failed: true };

describe('ReconcilerWorkers', () => {
  let passes: string[];
  let revocations: string[];
  let unreachable: string[];
  let answer: (id: string, signal: AbortSignal) => Promise<PassResult>;
  let leases: MemoryLeases;
  let workers: ReconcilerWorkers;
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    passes = [];
    revocations = [];
    unreachable = [];
    leases = new MemoryLeases(['a', 'b']);
    answer = async () => SETTLED;
    workers = make();
  });

  afterEach(async () => {
    const stopped = workers.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    await stopped;
    jest.useRealTimers();
  });

  function make(options: { resyncMs?: number; passMs?: number } = {}) {
    const record = (id: string): ClusterRecord => ({
      ...CLUSTER,
      id,
      status: {
        ...CLUSTER.status,
        state: unreachable.includes(id) ? 'Unreachable' : 'Connected',
      },
    });
    return ReconcilerWorkers.create({
      clusters: {
        getById: async id => (id === 'gone' ? undefined : record(id)),
      },
      leases,
      logger,
      metrics: NO_METRICS,
      reconciler: {
        reconcile: async (cluster, _session, signal) => {
          passes.push(cluster.id);
          return answer(cluster.id, signal);
        },
        revoke: async cluster => {
          revocations.push(cluster.id);
        },
      },
      random: () => 0,
      ...options,
    });
  }

  const settle = () => jest.advanceTimersByTimeAsync(0);
  const hang = (_id: string, signal: AbortSignal) =>
    new Promise<PassResult>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  /** Starts the workers and waits for their first passes. */
  const begin = async (...ids: string[]) => {
    leases = new MemoryLeases(ids);
    workers = make();
    workers.start();
    await settle();
    expect(passes).toEqual(ids);
  };

  it('starts with all clusters and compares them again from time to time', async () => {
    workers = make({ resyncMs: 60_000 });
    workers.start();
    await settle();
    expect(passes).toEqual(['a', 'b']);
    leases.add('c');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(passes).toEqual(['a', 'b', 'c']);
    await jest.advanceTimersByTimeAsync(58_999);
    expect(passes).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(1);
    expect(passes).toEqual(['a', 'b', 'c', 'a', 'b']);
  });

  it('leaves settled clusters to the watches for ten hours, or less if something waits', async () => {
    answer = async id =>
      id === 'a' ? SETTLED : { settled: true, requeueAfterSeconds: 60 };
    workers.start();
    await settle();
    expect(passes).toEqual(['a', 'b']);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(passes).toEqual(['a', 'b', 'b']);
    answer = async () => SETTLED;
    await jest.advanceTimersByTimeAsync(60_000);
    const before = passes.length;
    await jest.advanceTimersByTimeAsync(9 * 3_600_000);
    expect(passes).toHaveLength(before);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(passes.slice(before).sort()).toEqual(['a', 'b']);
  });

  it('reads the interval from the configuration', async () => {
    workers = ReconcilerWorkers.fromConfig(
      new ConfigReader({ berth: { reconciler: { resyncInterval: '5s' } } }),
      {
        clusters: { getById: async () => CLUSTER },
        leases,
        metrics: NO_METRICS,
        reconciler: {
          reconcile: async ({ id }) => {
            passes.push(id);
            return SETTLED;
          },
          revoke: async () => {},
        },
        logger,
        random: () => 0,
      },
    );
    workers.start();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(passes).toHaveLength(6);
  });

  it('acts on a change at once, one pass at a time, and once more if changed during it; revokes during it', async () => {
    await begin('a');
    const ends: (() => void)[] = [];
    answer = () =>
      new Promise(resolve => {
        ends.push(() => resolve(SETTLED));
      });
    workers.changed('a');
    await settle();
    expect(passes).toEqual(['a', 'a']);
    expect(revocations).toEqual([]);
    workers.changed('a');
    workers.changed('a');
    await settle();
    expect(passes).toEqual(['a', 'a']);
    expect(revocations).not.toEqual([]);
    ends[0]();
    await settle();
    expect(passes).toEqual(['a', 'a', 'a']);
    ends[1]();
    await settle();
    expect(passes).toEqual(['a', 'a', 'a']);
  });

  it('is woken by changes on the cluster, without a revocation', async () => {
    await begin('a');
    answer = hang;
    workers.wake('a');
    workers.wake('a');
    await settle();
    expect(passes).toEqual(['a', 'a']);
    expect(revocations).toEqual([]);
  });

  it('acts on a change at another replica within a second', async () => {
    await begin('a');
    await leases.recordChange('a');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(passes).toEqual(['a', 'a']);
  });

  it('acts on a change although the other replicas cannot be notified', async () => {
    await begin('a');
    leases.failure = new Error('database gone');
    workers.changed('a');
    await settle();
    expect(passes).toEqual(['a', 'a']);
    expect(logger.error).toHaveBeenCalledWith(
      'Could not notify the other replicas of a change of the cluster with the id a, so it may wait for the resync: database gone',
    );
    leases.failure = undefined;
  });

  it('shows when it tries again after a failure, until that is settled', async () => {
    answer = async () => FAILED;
    await begin('a');
    expect(leases.nextTries.get('a')?.getTime()).toBe(Date.now() + 1_000);
    answer = async () => SETTLED;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(leases.nextTries.get('a')).toBeUndefined();
    answer = async () => ({ settled: true, failed: true });
    workers.changed('a');
    await settle();
    // Only a person can solve the problem, and then the change wakes the worker.
    expect(leases.nextTries.get('a')).toBeUndefined();
  });

  it('S40 repeats a failed pass, more slowly each time, and at once after a change', async () => {
    answer = async () => FAILED;
    await begin('a');
    const times: number[] = [];
    let last = Date.now();
    for (let count = 1; count < 9; count++) {
      while (passes.length === count) {
        await jest.advanceTimersByTimeAsync(100);
      }
      times.push(Date.now() - last);
      last = Date.now();
    }
    times.forEach((time, index) => {
      const full = Math.min(1000 * 2 ** index, 60_000);
      expect(time).toBeGreaterThanOrEqual(full / 2);
      expect(time).toBeLessThanOrEqual(full + 100);
    });
    workers.changed('a');
    await settle();
    expect(passes).toHaveLength(10);

    answer = async () => SETTLED;
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(59_000);
    expect(passes).toHaveLength(11);
  });

  it('waits as long as the API server asks for', async () => {
    answer = async () => ({ settled: false, retryAfterSeconds: 30 });
    await begin('a');
    await jest.advanceTimersByTimeAsync(29_999);
    expect(passes).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(passes).toHaveLength(2);
  });

  it('S40 lets a dead cluster delay no other', async () => {
    answer = async (id, signal) => (id === 'a' ? hang(id, signal) : SETTLED);
    await begin('a', 'b');
    for (let count = 1; count < 5; count++) {
      workers.changed('b');
      await settle();
    }
    expect(passes).toEqual(['a', 'b', 'b', 'b', 'b', 'b']);
  });

  it('S40 starts with clusters that answer, however many do not', async () => {
    const dead = Array.from({ length: 40 }, (_, index) => `dead-${index}`);
    unreachable = dead;
    answer = (id, signal) =>
      dead.includes(id) ? hang(id, signal) : Promise.resolve(SETTLED);
    leases = new MemoryLeases([...dead, 'alive']);
    workers = make();
    workers.start();
    await settle();
    expect(passes).toHaveLength(5);
    expect(passes).toContain('alive');
    await jest.advanceTimersByTimeAsync(90_000);
    expect(new Set(passes)).toEqual(new Set(['alive', ...dead]));
  });

  it('S40 ends a pass that takes too long, and tries again', async () => {
    leases = new MemoryLeases(['a']);
    workers = make({ passMs: 30_000 });
    answer = hang;
    workers.start();
    await jest.advanceTimersByTimeAsync(29_999);
    expect(logger.error).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_001);
    expect(logger.error).toHaveBeenCalledWith(
      'A pass over the cluster with the id a ended early: it took longer than 30 s',
    );
    expect(passes).toEqual(['a', 'a']);
  });

  it('logs the error of a pass without its tokens, and tries again', async () => {
    answer = async () => {
      throw new Error('bad eyJabc.def.ghi');
    };
    await begin('a');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(passes).toEqual(['a', 'a']);
    expect(logger.error).toHaveBeenCalledWith(
      'A pass over the cluster with the id a ended early: bad [token]',
    );
  });

  it('forgets a cluster that is gone', async () => {
    await begin('a');
    leases.drop('a');
    workers.changed('gone');
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(120_000);
    expect(passes).toEqual(['a']);
  });

  it('stops: waits for passes, ends those that take too long, begins none, frees its clusters', async () => {
    answer = hang;
    await begin('a', 'b');
    let stopped = false;
    const stop = workers.stop(5_000).then(() => {
      stopped = true;
    });
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(4_999);
    expect(stopped).toBe(false);
    expect(leases.holderOf('a')).toBeDefined();
    await jest.advanceTimersByTimeAsync(1);
    await stop;
    expect(leases.holderOf('a')).toBeUndefined();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(passes).toEqual(['a', 'b']);
  });

  it('S41 gives its clusters back within a second, also while first passes wait for an answer', async () => {
    answer = hang;
    await begin('a', 'b');
    const stop = workers.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(leases.holderOf('a')).toBeUndefined();
    expect(leases.holderOf('b')).toBeUndefined();
    await stop;
  });
});
