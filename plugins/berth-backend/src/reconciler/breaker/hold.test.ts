import fc from 'fast-check';
import { Hold, holdId, holdOf, isReleased } from './hold';

const HOLD_MS = 600_000;
const objects = Array.from({ length: 40 }, (_, index) => `o${index}`);

describe('holdOf', () => {
  it('S38 lets no deletion of ten or more, and more than half, go before all of it was wanted for ten minutes or confirmed', () => {
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
        const history: { at: number; wanted: string[]; confirmed: boolean }[] =
          [];
        for (const { wanted, of, minutes, confirm } of passes) {
          now += minutes * 60_000;
          hold = holdOf(wanted, of, hold, new Date(now));
          if (hold && confirm) {
            hold = { ...hold, confirmed: true };
          }
          history.push({
            at: now,
            wanted,
            confirmed: Boolean(hold) && confirm,
          });
          const goes = !hold || isReleased(hold, new Date(now), HOLD_MS);
          const much = wanted.length >= 10 && wanted.length > of / 2;
          // Back to the last pass that did not want all of this.
          const missing = history.findLastIndex(
            one => !wanted.every(object => one.wanted.includes(object)),
          );
          const since = history.slice(missing + 1);
          const may =
            !much ||
            since.some(({ confirmed }) => confirmed) ||
            now - since[0].at >= HOLD_MS;
          expect(goes && !may).toBe(false);
          expect(much || goes).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('names a set of deletions, whatever its order', () => {
    const hold = { objects: ['a', 'b'], since: new Date(0), confirmed: false };
    expect(holdId({ ...hold, objects: ['b', 'a'] })).toBe(holdId(hold));
    expect(holdId({ ...hold, objects: ['a', 'c'] })).not.toBe(holdId(hold));
  });
});
