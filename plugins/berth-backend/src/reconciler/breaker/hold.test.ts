import fc from 'fast-check';
import { Hold, holdId, holdOf, waitingOf } from './hold';

const HOLD_MS = 600_000;
const MINUTE = 60_000;
const objects = Array.from({ length: 40 }, (_, index) => `o${index}`);

describe('holdOf', () => {
  it('S38 lets no deletion of ten or more, and more than half, go before it was wanted for ten minutes or confirmed', () => {
    const pass = fc.record({
      wanted: fc.subarray(objects),
      of: fc.integer({ min: 0, max: 80 }),
      minutes: fc.integer({ min: 0, max: 6 }),
      confirm: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(pass, { maxLength: 20 }), passes => {
        let now = 0;
        let hold: Hold | undefined;
        /** For each object among many to delete: since when, and whether that was confirmed. */
        const model = new Map<string, { at: number; confirmed: boolean }>();
        for (const { wanted, of, minutes, confirm } of passes) {
          now += minutes * MINUTE;
          hold = holdOf(wanted, of, hold, new Date(now));
          if (hold && confirm) {
            hold = new Map(
              [...hold].map(([key, one]) => [key, { ...one, confirmed: true }]),
            );
          }
          const isMuch = wanted.length >= 10 && wanted.length > of / 2;
          for (const object of objects) {
            if (!isMuch || !wanted.includes(object)) {
              model.delete(object);
            } else {
              const { at = now, confirmed = false } = model.get(object) ?? {};
              model.set(object, { at, confirmed: confirmed || confirm });
            }
          }
          const waiting = waitingOf(hold, new Date(now), HOLD_MS);
          for (const object of wanted) {
            const known = model.get(object);
            expect(waiting.has(object)).toBe(
              known !== undefined &&
                !known.confirmed &&
                now - known.at < HOLD_MS,
            );
          }
        }
      }),
    );
  });

  it('S38 lets a new deletion delay no other', () => {
    const first = objects.slice(0, 12);
    let hold: Hold | undefined;
    for (let minute = 0; minute < 10; minute += 5) {
      const wanted = [...first, ...objects.slice(12, 13 + minute)];
      hold = holdOf(wanted, 20, hold, new Date(minute * MINUTE));
      expect(waitingOf(hold, new Date(minute * MINUTE), HOLD_MS).size).toBe(
        wanted.length,
      );
    }
    hold = holdOf([...first, 'new'], 20, hold, new Date(HOLD_MS));
    expect([...waitingOf(hold, new Date(HOLD_MS), HOLD_MS).keys()]).toEqual([
      'new',
    ]);
  });

  it('gives a set of deletions the same id in any order', () => {
    const held = { since: new Date(0), confirmed: false };
    const holdFor = (...keys: string[]) =>
      new Map(keys.map(key => [key, held]));
    expect(holdId(holdFor('b', 'a'))).toBe(holdId(holdFor('a', 'b')));
    expect(holdId(holdFor('a', 'c'))).not.toBe(holdId(holdFor('a', 'b')));
  });
});
