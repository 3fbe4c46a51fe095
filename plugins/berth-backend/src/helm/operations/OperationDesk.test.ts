import { mockServices } from '@backstage/backend-test-utils';
import { DESK_TIMES, OperationDesk } from './OperationDesk';
import { OperationRun, RunEnd } from './OperationRun';
import { Claim, OperationRecord, OperationStore } from './types';

const never = () => new Promise<never>(() => {});

describe('OperationDesk', () => {
  let desk: OperationDesk;
  let ends: RunEnd['type'][];
  let store: jest.Mocked<
    Pick<OperationStore, 'beat' | 'claim' | 'giveBack' | 'live'>
  >;

  beforeEach(() => {
    jest.useFakeTimers();
    ends = [];
    store = {
      beat: jest.fn<Promise<string | undefined>, [claim: Claim]>(
        async () => undefined,
      ),
      claim: jest.fn(async (id, replica) => ({ id, replica, fence: 1 })),
      giveBack: jest.fn<Promise<void>, [claim: Claim]>(async () => {}),
      live: jest.fn(async () => [
        { id: 'an-operation', state: 'Queued' } as OperationRecord,
      ]),
    };
    desk = new OperationDesk({
      concurrency: 1,
      createRun: (operation, claim) =>
        ({
          ...{ operation, claim, isWaiting: false },
          end: ({ type }: RunEnd) => ends.push(type),
          run: never,
        } as unknown as OperationRun),
      logger: mockServices.logger.mock(),
      metrics: { seen: () => {}, ended: () => {} },
      store: store as unknown as OperationStore,
    });
  });

  afterEach(() => jest.useRealTimers());

  /** Starts the operation, and lets the replica report on it for a minute. */
  async function run() {
    desk.start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(desk.running).toBe(1);
    expect(ends).toEqual([]);
  }

  it.each([
    ['does not answer', never],
    [
      'refuses the reports',
      async () => {
        throw new Error('no connection');
      },
    ],
  ])('H14 ends a run in time when the database %s', async (_, answer) => {
    await run();
    store.beat.mockImplementation(answer);
    store.live.mockImplementation(answer);
    await jest.advanceTimersByTimeAsync(
      DESK_TIMES.unsureMs - DESK_TIMES.tickMs - 1,
    );
    expect(ends).toEqual([]);
    await jest.advanceTimersByTimeAsync(DESK_TIMES.tickMs + 1);
    expect(ends).toEqual(['lost']);
  });

  it('H14 counts from when a report was sent, because the database may have written it at once', async () => {
    await run();
    store.beat.mockImplementation(never);
    store.beat.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          setTimeout(() => resolve(undefined), DESK_TIMES.callMs - 1);
        }),
    );
    await jest.advanceTimersByTimeAsync(
      DESK_TIMES.tickMs + DESK_TIMES.unsureMs - 1,
    );
    expect(ends).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(ends).toEqual(['lost']);
  });

  it('reports on a run while a look at the operations hangs, and looks again later', async () => {
    await run();
    const looks = store.live.mock.calls.length;
    store.live.mockImplementationOnce(never);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ends).toEqual([]);
    expect(store.live.mock.calls.length).toBeGreaterThan(looks + 50);
  });

  it('goes on with a run when one report hangs, and occupies few connections when all do', async () => {
    await run();
    store.beat.mockImplementationOnce(never);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ends).toEqual([]);
    store.beat.mockClear();
    store.beat.mockImplementation(never);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.beat.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('H14 gives a claim back that is answered too late, and does not start the operation', async () => {
    store.claim.mockImplementation(
      (id, replica) =>
        new Promise(resolve => {
          setTimeout(
            () => resolve({ id, replica, fence: 1 }),
            DESK_TIMES.unsureMs + 1,
          );
        }),
    );
    desk.start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(desk.running).toBe(0);
    const answered = await Promise.all(
      store.claim.mock.results
        .slice(0, store.giveBack.mock.calls.length)
        .map(({ value }) => value),
    );
    expect(answered.length).toBeGreaterThan(0);
    expect(store.giveBack.mock.calls.map(([claim]) => claim)).toEqual(answered);
  });
});
