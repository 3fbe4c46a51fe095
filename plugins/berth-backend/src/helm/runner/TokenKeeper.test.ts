import { NotAllowedError } from '@backstage/errors';
import { TokenKeeper } from './TokenKeeper';

const LIFETIME_MS = 120_000;

describe('the token of a run', () => {
  let answers: (Error | string)[];
  let lost: unknown[];
  let keeper: TokenKeeper;

  beforeEach(() => {
    jest.useFakeTimers();
    answers = ['first'];
    lost = [];
    keeper = new TokenKeeper({
      mint: async () => {
        const answer = answers.length > 1 ? answers.shift()! : answers[0];
        if (typeof answer !== 'string') {
          throw answer;
        }
        const expiresAt = new Date(Date.now() + LIFETIME_MS);
        return { token: answer, expiresAt };
      },
      onLost: error => lost.push(error),
    });
  });

  afterEach(() => {
    keeper.close();
    jest.useRealTimers();
  });

  const tokenAfter = async (milliseconds: number) => {
    await jest.advanceTimersByTimeAsync(milliseconds);
    return (await keeper.token()).token;
  };

  it('is used while the portal cannot ask for the next one', async () => {
    answers = ['first', new Error('The catalog does not answer'), 'second'];
    expect(await tokenAfter(0)).toBe('first');
    expect(await tokenAfter(61_000)).toBe('first');
    expect(await tokenAfter(10_000)).toBe('second');
    expect(lost).toEqual([]);
  });

  it('ends before its last seconds', async () => {
    answers = ['first', new Error('The catalog does not answer')];
    expect(await tokenAfter(0)).toBe('first');
    await jest.advanceTimersByTimeAsync(LIFETIME_MS - 5_000);
    expect(lost).toHaveLength(1);
    await expect(keeper.token()).rejects.toThrow('The catalog does not');
  });

  it('H15 ends at once when the person has no right any more', async () => {
    answers = ['first', new NotAllowedError('The grant ended')];
    expect(await tokenAfter(0)).toBe('first');
    await jest.advanceTimersByTimeAsync(LIFETIME_MS / 2 + 100);
    expect(lost).toHaveLength(1);
    await expect(keeper.token()).rejects.toThrow('The grant ended');
  });
});
