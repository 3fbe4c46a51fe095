import fc from 'fast-check';
import { TOKEN_LIFETIME_SECONDS } from '../tokenLifetime';
import {
  KeyChanges,
  KeyPolicy,
  maintenance,
  revocation,
  rotation,
} from './keyChanges';
import { isPublished, keyStates } from './keyStates';
import { KeyAlgorithm, KeyTimes } from './types';

type Key = KeyTimes & { algorithm: KeyAlgorithm };

const MINUTE = 60_000;
const start = Date.parse('2026-01-01T00:00:00.000Z');
const policy: KeyPolicy = {
  algorithm: 'RS256',
  rotationIntervalMs: 24 * 60 * MINUTE,
};

/** The ring that a store would hold after the changes. */
function apply(
  keys: Key[],
  changes: KeyChanges,
  now: Date,
  algorithm = policy.algorithm,
): Key[] {
  const last = Math.max(0, ...keys.map(key => key.generation));
  const kept = keys
    .filter(key => !changes.remove.includes(key.kid))
    .map(key => ({
      ...key,
      activatesAt: changes.activate.get(key.kid) ?? key.activatesAt,
      revokedAt: changes.revoke.includes(key.kid) ? now : key.revokedAt,
    }));
  const made = changes.create.map(({ activatesAt }, index) => ({
    kid: `k${last + 1 + index}`,
    generation: last + 1 + index,
    algorithm,
    createdAt: now,
    activatesAt,
  }));
  return [...kept, ...made];
}

function statesOf(keys: Key[], now: Date): string {
  const states = keyStates(keys, now);
  return keys.map(({ kid }) => `${kid} ${states.get(kid)}`).join(', ');
}

function at(minutes: number): Date {
  return new Date(start + minutes * MINUTE);
}

const fresh = apply([], maintenance([], policy, at(0)), at(0));

describe('the changes of a key ring', () => {
  it('begins with a key that signs and one on standby', () => {
    expect(statesOf(fresh, at(0))).toBe('k1 active, k2 next');
  });

  it('needs nothing while all is well', () => {
    expect(maintenance(fresh, policy, at(60))).toEqual({
      create: [],
      activate: new Map(),
      revoke: [],
      remove: [],
    });
  });

  it('rotates at once to a standby key that verifiers know', () => {
    const keys = apply(fresh, rotation(fresh, policy, at(60)), at(60));
    expect(statesOf(keys, at(60))).toBe('k1 retired, k2 active, k3 next');
  });

  it('waits until a young standby key has been published for five minutes', () => {
    const keys = apply(fresh, rotation(fresh, policy, at(1)), at(1));
    expect(statesOf(keys, at(4))).toBe('k1 active, k2 next, k3 next');
    expect(statesOf(keys, at(5))).toBe('k1 retired, k2 active, k3 next');
  });

  it('S14 does not rotate again while a rotation is under way', () => {
    const keys = apply(fresh, rotation(fresh, policy, at(1)), at(1));
    expect(rotation(keys, policy, at(2)).create).toEqual([]);
  });

  it('rotates when the interval is over, and then removes what has expired', () => {
    const due = at(24 * 60);
    const rotated = apply(fresh, maintenance(fresh, policy, due), due);
    expect(statesOf(rotated, due)).toBe('k1 retired, k2 active, k3 next');
    const later = at(24 * 60 + 15);
    expect(maintenance(rotated, policy, later).remove).toEqual(['k1']);
  });

  it('moves to another algorithm by way of a key that is published first', () => {
    const es256 = { ...policy, algorithm: 'ES256' as const };
    const keys = apply(
      fresh,
      maintenance(fresh, es256, at(60)),
      at(60),
      'ES256',
    );
    expect(statesOf(keys, at(60))).toBe(
      'k1 active, k2 revoked, k3 next, k4 next',
    );
    expect(statesOf(keys, at(65))).toBe(
      'k1 retired, k2 revoked, k3 active, k4 next',
    );
    expect(maintenance(keys, es256, at(61)).create).toEqual([]);
  });

  it('S15 puts the standby key in the place of a revoked one at once', () => {
    const keys = apply(fresh, revocation(fresh, ['k1'], at(1)), at(1));
    expect(statesOf(keys, at(1))).toBe('k1 revoked, k2 active, k3 next');
  });

  it('S15 makes a key that signs at once when all are revoked', () => {
    const keys = apply(fresh, revocation(fresh, ['k1', 'k2'], at(1)), at(1));
    expect(statesOf(keys, at(1))).toBe(
      'k1 revoked, k2 revoked, k3 active, k4 next',
    );
  });

  it('replaces a revoked standby key', () => {
    const keys = apply(fresh, revocation(fresh, ['k2'], at(1)), at(1));
    expect(statesOf(keys, at(1))).toBe('k1 active, k2 revoked, k3 next');
  });

  it('S13 publishes every key five minutes before it signs and until its tokens have run out', () => {
    const action = fc.record({
      wait: fc.integer({ min: 0, max: 2000 }),
      rotate: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), actions => {
        let keys = fresh;
        let now = at(0);
        const firstSeen = new Map(keys.map(key => [key.kid, 0]));
        const lastSigned = new Map<string, number>();
        for (const { wait, rotate } of actions) {
          const until = now.getTime() + wait * MINUTE;
          for (
            ;
            now.getTime() <= until;
            now = new Date(now.getTime() + 5 * MINUTE)
          ) {
            keys = apply(keys, maintenance(keys, policy, now), now);
            keys.forEach(({ kid }) => {
              firstSeen.set(kid, firstSeen.get(kid) ?? now.getTime());
            });
            const states = keyStates(keys, now);
            const active = keys.filter(
              ({ kid }) => states.get(kid) === 'active',
            );
            expect(active).toHaveLength(1);
            expect([...states.values()]).toContain('next');
            expect(
              now.getTime() - firstSeen.get(active[0].kid)!,
            ).toBeGreaterThanOrEqual(active[0].kid === 'k1' ? 0 : 5 * MINUTE);
            lastSigned.set(active[0].kid, now.getTime());
            for (const [kid, time] of lastSigned) {
              if (now.getTime() - time <= TOKEN_LIFETIME_SECONDS * 1000) {
                expect(isPublished(states.get(kid))).toBe(true);
              }
            }
          }
          if (rotate) {
            keys = apply(keys, rotation(keys, policy, now), now);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
