import { ClusterDeadlines } from './ClusterDeadlines';

describe('ClusterDeadlines', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** A reader who takes a line only when the test says so. */
  function slowReader() {
    const waiting: (() => void)[] = [];
    return {
      write: (_: string) =>
        new Promise<void>(resolve => {
          waiting.push(resolve);
        }),
      async take() {
        waiting.shift()?.();
        await jest.advanceTimersByTimeAsync(0);
      },
    };
  }

  it('counts no time in which the person reads slowly', async () => {
    const deadlines = new ClusterDeadlines();
    deadlines.endAfterWork(60_000, () => 'The list did not end');
    const reader = slowReader();
    const write = deadlines.unhurried(reader.write);
    await jest.advanceTimersByTimeAsync(20_000);
    const writes = [write('a'), write('b')];
    await jest.advanceTimersByTimeAsync(50_000);
    await reader.take();
    // Another line still waits.
    await jest.advanceTimersByTimeAsync(50_000);
    await reader.take();
    await Promise.all(writes);
    await jest.advanceTimersByTimeAsync(39_999);
    expect(deadlines.signal.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(deadlines.signal.reason.message).toBe('The list did not end');
  });

  it('runs on after a write that fails', async () => {
    const deadlines = new ClusterDeadlines();
    deadlines.endAfterWork(1_000, () => 'late');
    const write = deadlines.unhurried(async () => {
      throw new Error('gone');
    });
    await expect(write('a')).rejects.toThrow('gone');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(deadlines.signal.aborted).toBe(true);
  });

  it('ends a call in time although the person reads slowly', async () => {
    const deadlines = new ClusterDeadlines();
    deadlines.endAfter(30_000, () => 'The answer did not end');
    void deadlines.unhurried(slowReader().write)('a');
    await jest.advanceTimersByTimeAsync(30_000);
    expect(deadlines.signal.reason.message).toBe('The answer did not end');
  });

  it('ends nothing after it stops, or takes a deadline back', async () => {
    const deadlines = new ClusterDeadlines();
    deadlines.endAfter(1_000, () => 'late')();
    deadlines.endAfterWork(1_000, () => 'late');
    deadlines.stop();
    await deadlines.unhurried(async () => {})('a');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(deadlines.signal.aborted).toBe(false);
  });
});
