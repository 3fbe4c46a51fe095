import { isPublished, keyStates } from './keyStates';
import { KeyTimes } from './types';

const start = Date.parse('2026-01-01T00:00:00.000Z');

function minute(count: number): Date {
  return new Date(start + count * 60_000);
}

function key(
  kid: string,
  activatesAt?: number,
  times: Partial<KeyTimes> = {},
): KeyTimes {
  return {
    kid,
    generation: kid.charCodeAt(0),
    createdAt: minute(0),
    activatesAt: activatesAt === undefined ? undefined : minute(activatesAt),
    ...times,
  };
}

describe('keyStates', () => {
  it.each([
    ['a standby key is next', [key('a', 0), key('b')], 1000, 'active next'],
    ['a scheduled key is next', [key('a', 0), key('b', 10)], 9, 'active next'],
    [
      'it signs from its time on',
      [key('a', 0), key('b', 10)],
      10,
      'retired active',
    ],
    [
      'the one before is published for a token life and five minutes',
      [key('a', 0), key('b', 10)],
      24,
      'retired active',
    ],
    ['and then no more', [key('a', 0), key('b', 10)], 25, 'expired active'],
    [
      'a revoked key is nothing else',
      [key('a', 0, { revokedAt: minute(5) }), key('b', 5)],
      5,
      'revoked active',
    ],
    [
      'of two that begin at the same time the later made signs',
      [key('a', 0), key('b', 0)],
      1,
      'retired active',
    ],
  ])('%s', (_, keys, now, expected) => {
    const states = keyStates(keys, minute(now));
    expect(keys.map(({ kid }) => states.get(kid)).join(' ')).toBe(expected);
  });

  it('publishes keys that sign, signed recently or will sign', () => {
    expect(
      (['next', 'active', 'retired', 'expired', 'revoked'] as const).filter(
        isPublished,
      ),
    ).toEqual(['next', 'active', 'retired']);
  });
});
