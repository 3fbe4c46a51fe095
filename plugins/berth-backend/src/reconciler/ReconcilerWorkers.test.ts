import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ClusterRecord, ClusterStore } from '../registry/types';
import { PassResult } from './ClusterReconciler';
import { ReconcilerWorkers } from './ReconcilerWorkers';
import { CLUSTER } from './__testUtils__/fakes';

const SETTLED: PassResult = { settled: true };
const FAILED: PassResult = { settled: false };

describe('ReconcilerWorkers', () => {
  let passes: string[];
  let answer: (id: string, signal: AbortSignal) => Promise<PassResult>;
  let ids: string[];
  let workers: ReconcilerWorkers;
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    passes = [];
    ids = ['a', 'b'];
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
    const record = (id: string): ClusterRecord => ({ ...CLUSTER, id });
    const clusters: Pick<ClusterStore, 'list' | 'getById'> = {
      list: async () => ids.map(record),
      getById: async id => (ids.includes(id) ? record(id) : undefined),
    };
    return ReconcilerWorkers.create({
      clusters: clusters as ClusterStore,
      logger,
      reconciler: {
        reconcile: async (cluster, signal) => {
          passes.push(cluster.id);
          return answer(cluster.id, signal);
        },
      },
      ...options,
    });
  }

  const settle = () => jest.advanceTimersByTimeAsync(0);
  const hang = (_id: string, signal: AbortSignal) =>
    new Promise<PassResult>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });

  it('begins with all clusters and compares them again every minute', async () => {
    workers.start();
    await settle();
    expect(passes).toEqual(['a', 'b']);
    ids.push('c');
    await jest.advanceTimersByTimeAsync(59_999);
    expect(passes).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(passes).toEqual(['a', 'b', 'a', 'b', 'c']);
  });

  it('reads how often from the configuration', async () => {
    workers = ReconcilerWorkers.fromConfig(
      new ConfigReader({ berth: { reconciler: { resyncInterval: '5s' } } }),
      {
        clusters: {
          list: async () => [CLUSTER],
        } as Partial<ClusterStore> as ClusterStore,
        reconciler: { reconcile: async () => SETTLED },
        logger,
      },
    );
    const changed = jest.spyOn(workers, 'changed').mockReturnValue();
    workers.start();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('acts on a change at once, one pass at a time, and once more if changed meanwhile', async () => {
    const ends: (() => void)[] = [];
    answer = () =>
      new Promise(resolve => {
        ends.push(() => resolve(SETTLED));
      });
    workers.changed('a');
    await settle();
    workers.changed('a');
    workers.changed('a');
    await settle();
    expect(passes).toEqual(['a']);
    ends[0]();
    await settle();
    expect(passes).toEqual(['a', 'a']);
    ends[1]();
    await settle();
    expect(passes).toEqual(['a', 'a']);
  });

  it('S40 tries a failed pass again, ever more slowly, and at once after a change', async () => {
    answer = async () => FAILED;
    workers.changed('a');
    await settle();
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
    await jest.advanceTimersByTimeAsync(120_000);
    expect(passes).toHaveLength(11);
  });

  it('waits as long as the API server asks for', async () => {
    answer = async () => ({ settled: false, retryAfterSeconds: 30 });
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(29_999);
    expect(passes).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(passes).toHaveLength(2);
  });

  it('S40 lets a dead cluster delay no other', async () => {
    answer = async (id, signal) => (id === 'a' ? hang(id, signal) : SETTLED);
    workers.changed('a');
    for (let count = 0; count < 5; count++) {
      workers.changed('b');
      await settle();
    }
    expect(passes).toEqual(['a', 'b', 'b', 'b', 'b', 'b']);
  });

  it('S40 ends a pass that takes too long, and tries again', async () => {
    workers = make({ passMs: 30_000 });
    answer = hang;
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(29_999);
    expect(logger.error).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_001);
    expect(logger.error).toHaveBeenCalledWith(
      'A pass over the cluster with the id a ended early: it took longer than 30 s',
    );
    expect(passes).toEqual(['a', 'a']);
  });

  it('logs what a pass throws, without its tokens, and tries again', async () => {
    answer = async () => {
      throw new Error('bad eyJabc.def.ghi');
    };
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(passes).toEqual(['a', 'a']);
    expect(logger.error).toHaveBeenCalledWith(
      'A pass over the cluster with the id a ended early: bad [token]',
    );
  });

  it('forgets a cluster that is gone', async () => {
    workers.changed('gone');
    await jest.advanceTimersByTimeAsync(120_000);
    expect(passes).toEqual([]);
  });

  it('stops: waits for what is in flight, ends what takes too long, begins nothing', async () => {
    answer = hang;
    workers.start();
    await settle();
    let stopped = false;
    const stop = workers.stop(5_000).then(() => {
      stopped = true;
    });
    workers.changed('a');
    await jest.advanceTimersByTimeAsync(4_999);
    expect(stopped).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await stop;
    await jest.advanceTimersByTimeAsync(120_000);
    expect(passes).toEqual(['a', 'b']);
  });
});
