import fc from 'fast-check';
import { backoff } from './backoff';

describe('backoff', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [4, 8_000],
    [7, 60_000],
    [1_000, 60_000],
  ])('S40 waits after %d failures up to %d ms', (failures, expected) => {
    expect(backoff(failures, 0, () => 0)).toBe(expected);
    expect(backoff(failures, 0, () => 0.999999)).toBeCloseTo(expected / 2, -1);
  });

  it('waits at least as long as requested', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), failures => {
        expect(backoff(failures, 90)).toBe(90_000);
        expect(backoff(failures)).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});
