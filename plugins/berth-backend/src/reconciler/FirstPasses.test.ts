import { FirstPasses } from './FirstPasses';

describe('FirstPasses', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('has four under way at a time, and waits for none longer than ten seconds', async () => {
    const firsts = new FirstPasses();
    const ends: (() => void)[] = [];
    for (let index = 0; index < 20; index += 1) {
      firsts.begin(() => new Promise<void>(resolve => ends.push(resolve)));
    }
    await jest.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(4);
    ends.slice(0, 3).forEach(end => end());
    await jest.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(7);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(11);
  });
});
