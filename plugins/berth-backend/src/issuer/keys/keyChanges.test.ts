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

/** Returns the ring of a store after the changes. */
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

/** Maintains a ring every five minutes, and records the faults that an observer would find. */
class Life {
  readonly faults: string[] = [];
  #keys = fresh;
  #minute = 0;
  readonly #firstSeen = new Map<string, number>();
  readonly #lastSigned = new Map<string, number>();

  pass(minutes: number) {
    const end = this.#minute + minutes;
    for (; this.#minute <= end; this.#minute += 5) {
      const now = at(this.#minute);
      this.#keys = apply(this.#keys, maintenance(this.#keys, policy, now), now);
      this.#look(now);
    }
  }

  rotate() {
    const now = at(this.#minute);
    this.#keys = apply(this.#keys, rotation(this.#keys, policy, now), now);
  }

  #look(now: Date) {
    const states = keyStates(this.#keys, now);
    for (const { kid } of this.#keys) {
      const firstSeen = this.#firstSeen.get(kid) ?? this.#minute;
      this.#firstSeen.set(kid, firstSeen);
      const isNew = this.#minute - firstSeen < 5 && kid !== 'k1';
      if (states.get(kid) === 'active') {
        this.#lastSigned.set(kid, this.#minute);
        this.#note(isNew, `${kid} signs too early`);
      }
    }
    const active = [...states.values()].filter(state => state === 'active');
    this.#note(active.length !== 1, `${active.length} keys are active`);
    this.#note(![...states.values()].includes('next'), 'no standby key');
    for (const [kid, minute] of this.#lastSigned) {
      const alive = (this.#minute - minute) * 60 <= TOKEN_LIFETIME_SECONDS;
      this.#note(
        alive && !isPublished(states.get(kid)),
        `${kid} is withdrawn too early`,
      );
    }
  }

  #note(wrong: boolean, fault: string) {
    if (wrong) {
      this.faults.push(`${fault} at ${this.#minute}`);
    }
  }
}

describe('the changes of a key ring', () => {
  it('starts with a signing key and a standby key', () => {
    expect(statesOf(fresh, at(0))).toBe('k1 active, k2 next');
  });

  it('changes nothing in a healthy ring', () => {
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

  it('rotates when the interval is over, and then removes expired keys', () => {
    const due = at(24 * 60);
    const rotated = apply(fresh, maintenance(fresh, policy, due), due);
    expect(statesOf(rotated, due)).toBe('k1 retired, k2 active, k3 next');
    const later = at(24 * 60 + 15);
    expect(maintenance(rotated, policy, later).remove).toEqual(['k1']);
  });

  it('changes to another algorithm by a key that is published first', () => {
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

  it('S15 replaces a revoked key by the standby key at once, and then by one that no verifier knows', () => {
    const keys = apply(fresh, revocation(fresh, ['k1'], at(1)), at(1));
    expect(statesOf(keys, at(1))).toBe(
      'k1 revoked, k2 active, k3 next, k4 next',
    );
    expect(statesOf(keys, at(1.2))).toBe(
      'k1 revoked, k2 retired, k3 active, k4 next',
    );
  });

  it('S15 creates a signing key at once when all are revoked', () => {
    const keys = apply(fresh, revocation(fresh, ['k1', 'k2'], at(1)), at(1));
    expect(statesOf(keys, at(1))).toBe(
      'k1 revoked, k2 revoked, k3 active, k4 next',
    );
  });

  it('S15 makes verifiers forget a revoked standby key, whose tokens they would accept', () => {
    const keys = apply(fresh, revocation(fresh, ['k2'], at(1)), at(1));
    expect(statesOf(keys, at(1))).toBe(
      'k1 active, k2 revoked, k3 next, k4 next',
    );
    expect(statesOf(keys, at(1.2))).toBe(
      'k1 retired, k2 revoked, k3 active, k4 next',
    );
  });

  it('S15 makes verifiers forget a revoked retired key', () => {
    const rotated = apply(fresh, rotation(fresh, policy, at(60)), at(60));
    const keys = apply(rotated, revocation(rotated, ['k1'], at(61)), at(61));
    expect(statesOf(keys, at(62))).toBe(
      'k1 revoked, k2 retired, k3 next, k4 active',
    );
  });

  it('S15 ends a rotation under way, whose key verifiers know', () => {
    const rotated = apply(fresh, rotation(fresh, policy, at(4)), at(4));
    expect(statesOf(rotated, at(5))).toBe('k1 retired, k2 active, k3 next');
    const keys = apply(rotated, revocation(rotated, ['k3'], at(4)), at(4));
    expect(statesOf(keys, at(4))).toBe(
      'k1 active, k2 next, k3 revoked, k4 next, k5 next',
    );
    for (const minute of [4.2, 5, 60]) {
      const states = keyStates(keys, at(minute));
      expect([...states].find(([, state]) => state === 'active')).toEqual([
        'k4',
        'active',
      ]);
    }
  });

  it('S15 changes nothing when a key is revoked again', () => {
    const keys = apply(fresh, revocation(fresh, ['k1'], at(1)), at(1));
    expect(revocation(keys, ['k1'], at(2))).toEqual({
      create: [],
      activate: new Map(),
      revoke: [],
      remove: [],
    });
  });

  it('S15 ends every revocation with a signing key that was never published before', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 3 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(minutes, fc.boolean()), { maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        (steps, chosen) => {
          let keys = fresh;
          let minute = 0;
          for (const [pass, rotate] of steps) {
            minute += pass;
            const now = at(minute);
            keys = apply(keys, maintenance(keys, policy, now), now);
            if (rotate) {
              keys = apply(keys, rotation(keys, policy, now), now);
            }
          }
          const now = at(minute);
          const kids = keys
            .map(({ kid }) => kid)
            .filter(() => chosen.next().value);
          const after = apply(keys, revocation(keys, kids, now), now);
          const signs = (when: Date) => {
            const states = keyStates(after, when);
            return after.filter(({ kid }) => states.get(kid) === 'active');
          };
          expect(signs(now)).toHaveLength(1);
          expect(kids).not.toContain(signs(now)[0].kid);
          const [last] = signs(at(minute + 1));
          expect(keys.some(({ kid }) => kid === last.kid)).toBe(
            kids.length === 0,
          );
        },
      ),
      {
        examples: [
          [
            [
              [1440, false],
              [4, true],
            ],
            fc.stream([false, false, false, true].values()),
          ],
        ],
      },
    );
  });

  it('S13 publishes every key five minutes before it signs and until its tokens have expired', () => {
    const step = fc.record({
      minutes: fc.integer({ min: 1, max: 60 * 12 }),
      rotate: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const life = new Life();
        for (const { minutes, rotate } of steps) {
          life.pass(minutes);
          if (rotate) {
            life.rotate();
          }
        }
        expect(life.faults).toEqual([]);
      }),
      { numRuns: fc.readConfigureGlobal().numRuns ?? 50 },
    );
  });
});
