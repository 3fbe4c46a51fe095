import fc from 'fast-check';
import {
  DEFAULT_CHOICE,
  formatLogChoice,
  logQueryOf,
  parseLogChoice,
  SINCE,
  TAILS,
} from './logQuery';
import { shortNames } from './shortNames';

describe('the choice of a log', () => {
  it('survives the URL', () => {
    fc.assert(
      fc.property(
        fc.record({
          container: fc.constantFrom('', 'app'),
          previous: fc.boolean(),
          since: fc.constantFrom(...SINCE),
          tail: fc.constantFrom(...TAILS),
          follow: fc.boolean(),
          timestamps: fc.boolean(),
          wrap: fc.boolean(),
          search: fc.string(),
        }),
        choice => {
          expect(parseLogChoice(formatLogChoice(choice))).toEqual(choice);
        },
      ),
    );
    expect(String(formatLogChoice(DEFAULT_CHOICE))).toBe('');
    expect(
      parseLogChoice(new URLSearchParams('tail=7&since=x&follow=maybe')),
    ).toEqual(DEFAULT_CHOICE);
  });

  it('is the query of the backend, and a previous log is not followed', () => {
    const now = Date.parse('2027-01-31T18:00:00Z');
    expect(logQueryOf(DEFAULT_CHOICE, now)).toEqual({
      tail: 500,
      follow: true,
    });
    expect(
      logQueryOf(
        { ...DEFAULT_CHOICE, since: '1h', previous: true, container: 'app' },
        now,
      ),
    ).toEqual({
      container: 'app',
      previous: true,
      since: '2027-01-31T17:00:00.000Z',
      tail: 500,
    });
  });
});

describe('shortNames', () => {
  const namesOf = (...keys: string[]) =>
    shortNames(
      keys.map(key => {
        const [pod, container] = key.split('/');
        return { pod, container };
      }),
    );

  it.each([
    [['web-0/app'], ['app']],
    [
      ['web-0/app', 'web-0/proxy'],
      ['app', 'proxy'],
    ],
    [
      ['web-7d9-abc/app', 'web-7d9-xyz/app'],
      ['abc', 'xyz'],
    ],
    [
      ['web-1/app', 'web-10/proxy'],
      ['1 app', '10 proxy'],
    ],
    [
      ['a/app', 'b/app'],
      ['a', 'b'],
    ],
  ])('of %j are %j', (keys, names) => {
    expect(namesOf(...keys)).toEqual(names);
  });
});
