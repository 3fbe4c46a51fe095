import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { ClusterStatus } from '@berth/plugin-berth-common';
import { KubeClient, KubeError, KubeObject } from '../../kube';
import { ClusterRecord, ClusterStore } from '../../model/clusters';
import { ClusterProber, ClusterProberOptions } from './ClusterProber';

type Version = () => Promise<{ gitVersion: string }>;

const healthy: Version = async () => ({ gitVersion: 'v1.33.1' });
const never: Version = () => new Promise(() => {});

/** A fleet in memory: each cluster answers the version request as the test sets it up. */
class Fleet {
  readonly statuses = new Map<string, ClusterStatus>();
  readonly answers = new Map<string, Version>();
  readonly pins = new Map<string, string>();
  /** Failures of reading the namespace kube-system. */
  readonly unreadable = new Map<string, Error>();
  readonly probed: string[] = [];
  /** The clusters whose status was recorded, in order. */
  readonly recorded: string[] = [];
  readonly logger = mockServices.logger.mock();
  readonly prober: ClusterProber;
  atOnce = 0;
  mostAtOnce = 0;

  constructor(
    answers: Record<string, Version>,
    options: Partial<ClusterProberOptions> = {},
  ) {
    for (const [id, answer] of Object.entries(answers)) {
      this.statuses.set(id, { state: 'Pending' });
      this.answers.set(id, answer);
    }
    this.prober = ClusterProber.create({
      clusters: this.#store(),
      connect: ({ id }) => this.#client(id),
      logger: this.logger,
      interval: 20,
      ...options,
    });
  }

  state(id: string) {
    return this.statuses.get(id)?.state;
  }

  #store(): ClusterStore {
    const record = (id: string) =>
      ({
        id,
        name: id,
        status: this.statuses.get(id),
        kubeSystemUid: this.pins.get(id),
      } as ClusterRecord);
    return {
      list: async () => [...this.statuses.keys()].map(record),
      getById: async (id: string) =>
        this.statuses.has(id) ? record(id) : undefined,
      setStatus: async (id: string, status: ClusterStatus) => {
        this.recorded.push(id);
        this.statuses.set(id, status);
      },
      pin: async (id: string, uid: string) => {
        expect(this.state(id)).not.toBe('Connected');
        this.pins.set(id, uid);
      },
    } as Partial<ClusterStore> as ClusterStore;
  }

  #client(id: string): KubeClient {
    this.probed.push(id);
    return {
      version: async () => {
        this.atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
        try {
          return await this.answers.get(id)!();
        } finally {
          this.atOnce -= 1;
        }
      },
      get: async <T extends KubeObject>(): Promise<T | undefined> => {
        const failure = this.unreadable.get(id);
        if (failure) {
          throw failure;
        }
        return kubeSystem(`uid-of-${id}`) as T;
      },
      async *list() {},
    } as Partial<KubeClient> as KubeClient;
  }
}

function kubeSystem(uid: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'kube-system', uid },
  };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, answer: () => opened.then(healthy) };
}

async function until(condition: () => boolean) {
  while (!condition()) {
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}

describe('ClusterProber', () => {
  it('stores the result of each cluster', async () => {
    const fleet = new Fleet({
      good: healthy,
      bad: async () => {
        throw new KubeError('TLS', 'No trust');
      },
    });
    await fleet.prober.probeAll();
    expect(fleet.statuses.get('good')).toMatchObject({
      state: 'Connected',
      version: 'v1.33.1',
      lastSeenAt: expect.any(String),
    });
    expect(fleet.statuses.get('bad')).toMatchObject({
      state: 'Untrusted',
      cause: 'TLS',
      message: expect.stringMatching(/^No trust\. Give the CA/),
    });
  });

  it('pins a cluster at the first contact, before it is Connected', async () => {
    const fleet = new Fleet({
      good: healthy,
      bad: async () => {
        throw new KubeError('TLS', 'No trust');
      },
    });
    await fleet.prober.probeAll();
    expect([...fleet.pins]).toEqual([['good', 'uid-of-good']]);
    await fleet.prober.probeAll();
    expect(fleet.state('good')).toBe('Connected');
  });

  it('shows a cluster whose UID it may not read as Connected, and does not pin it', async () => {
    const fleet = new Fleet({ one: healthy });
    fleet.unreadable.set('one', new KubeError('Forbidden', 'May not read'));
    await fleet.prober.probeAll();
    expect(fleet.state('one')).toBe('Connected');
    expect(fleet.pins.size).toBe(0);
  });

  it('S40 a dead cluster delays no other and ends by the deadline', async () => {
    const fleet = new Fleet({ dead: never, good: healthy }, { deadline: 300 });
    await fleet.prober.probeAll();
    expect(fleet.recorded).toEqual(['good', 'dead']);
    expect(fleet.state('good')).toBe('Connected');
    expect(fleet.statuses.get('dead')).toMatchObject({
      state: 'Unreachable',
      cause: 'Timeout',
      message: expect.stringContaining('within 0.3 s'),
    });
  });

  it('S40 fifty dead clusters delay none of those behind them', async () => {
    const dead = Array.from({ length: 50 }, (_, index) => [
      `dead${index}`,
      never,
    ]);
    const fleet = new Fleet(
      { ...Object.fromEntries(dead), good: healthy },
      { deadline: 300 },
    );
    await fleet.prober.probeAll();
    expect(fleet.recorded[0]).toBe('good');
    expect(fleet.state('good')).toBe('Connected');
    expect(fleet.state('dead49')).toBe('Unreachable');
  });

  it('probes all clusters, a limited number at a time', async () => {
    const slow: Version = async () => {
      await new Promise(resolve => setTimeout(resolve, 5));
      return healthy();
    };
    const fleet = new Fleet(
      Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`c${i}`, slow])),
      { concurrency: 4 },
    );
    await fleet.prober.probeAll();
    expect(fleet.mostAtOnce).toBe(4);
    expect([...fleet.statuses.values()].map(status => status.state)).toEqual(
      Array(25).fill('Connected'),
    );
  });

  it('answers a request while a round is stuck', async () => {
    const fleet = new Fleet(
      { dead: never, good: healthy },
      { concurrency: 1, deadline: 60_000 },
    );
    const round = fleet.prober.probeAll();
    await until(() => fleet.probed.includes('dead'));
    await expect(fleet.prober.probe('good')).resolves.toMatchObject({
      state: 'Connected',
    });
    await fleet.prober.stop();
    await round;
  });

  it('gives all requests during a probe the result of the next one', async () => {
    const { open, answer } = gate();
    const fleet = new Fleet({ one: answer });
    const first = fleet.prober.probe('one');
    await until(() => fleet.probed.length === 1);
    fleet.answers.set('one', async () => ({ gitVersion: 'v1.34.0' }));
    const later = [1, 2, 3].map(() => fleet.prober.probe('one'));
    open();
    await expect(first).resolves.toMatchObject({ version: 'v1.33.1' });
    for (const result of await Promise.all(later)) {
      expect(result).toMatchObject({ version: 'v1.34.0' });
    }
    expect(fleet.probed).toEqual(['one', 'one']);
    expect(fleet.statuses.get('one')?.version).toBe('v1.34.0');
  });

  it('repeats rounds until it is stopped', async () => {
    const fleet = new Fleet({ one: healthy });
    fleet.prober.start();
    await until(() => fleet.probed.length >= 3);
    await fleet.prober.stop();
    const { length } = fleet.probed;
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(fleet.probed).toHaveLength(length);
  });

  it('stores nothing after it is stopped, and does not wait for dead clusters', async () => {
    const fleet = new Fleet({ dead: never }, { deadline: 60_000 });
    fleet.prober.start();
    await until(() => fleet.probed.length === 1);
    await fleet.prober.stop();
    expect(fleet.state('dead')).toBe('Pending');
    expect(fleet.logger.warn).not.toHaveBeenCalled();
  });

  it('logs a failure that the cluster did not cause, and keeps its status', async () => {
    const fleet = new Fleet({
      one: async () => {
        throw new Error('no signing key');
      },
      two: healthy,
    });
    await fleet.prober.probeAll();
    expect(fleet.state('one')).toBe('Pending');
    expect(fleet.state('two')).toBe('Connected');
    expect(fleet.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no signing key'),
    );
  });

  it('does not fail on a deleted cluster', async () => {
    const fleet = new Fleet({});
    await expect(fleet.prober.probe('gone')).rejects.toThrow(NotFoundError);
    fleet.prober.request('gone');
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(fleet.logger.warn).not.toHaveBeenCalled();
  });

  it('continues after a round in which the database failed', async () => {
    const list = jest
      .fn()
      .mockRejectedValueOnce(new Error('database is down'))
      .mockResolvedValue([]);
    const logger = mockServices.logger.mock();
    const prober = ClusterProber.fromConfig(
      new ConfigReader({
        berth: { clusterProbe: { interval: { milliseconds: 5 } } },
      }),
      {
        clusters: { list } as Partial<ClusterStore> as ClusterStore,
        connect: () => {
          throw new Error('not called');
        },
        logger,
      },
    );
    prober.start();
    await until(() => list.mock.calls.length >= 2);
    await prober.stop();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('database is down'),
    );
  });
});
