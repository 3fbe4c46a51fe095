import { FirstPassLimiter } from './FirstPassLimiter';

describe('FirstPassLimiter', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs four at a time, and waits for none longer than ten seconds', async () => {
    const firsts = new FirstPassLimiter();
    const ends: (() => void)[] = [];
    for (let index = 0; index < 20; index += 1) {
      firsts.run(() => new Promise<void>(resolve => ends.push(resolve)), false);
    }
    await jest.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(4);
    ends.slice(0, 3).forEach(end => end());
    await jest.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(7);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(11);
  });

  it('lets clusters that did not answer before delay only each other', async () => {
    const firsts = new FirstPassLimiter();
    const begun: string[] = [];
    const hang = (name: string) => () => {
      begun.push(name);
      return new Promise<void>(() => {});
    };
    for (let index = 0; index < 40; index += 1) {
      firsts.run(hang('dead'), true);
    }
    firsts.run(hang('alive'), false);
    await jest.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['dead', 'dead', 'dead', 'dead', 'alive']);
    await jest.advanceTimersByTimeAsync(90_000);
    expect(begun).toHaveLength(41);
  });
});
