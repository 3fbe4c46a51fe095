import { DriftRateLimiter } from './DriftRateLimiter';

describe('DriftRateLimiter', () => {
  it('S42 looks at an object that never rests twice a minute', () => {
    let now = 0;
    const pace = new DriftRateLimiter(() => now);
    for (let count = 0; count < 20; count++) {
      expect(pace.delayFor('a')).toBe(0);
    }
    expect(pace.delayFor('a')).toBe(30_000);
    expect(pace.delayFor('b')).toBe(0);
    now = 20_000;
    expect(pace.delayFor('a')).toBeCloseTo(10_000);
  });

  it('S34 looks at once at an object that was at rest', () => {
    let now = 0;
    const pace = new DriftRateLimiter(() => now);
    for (let count = 0; count < 25; count++) {
      pace.delayFor('a');
    }
    now = 600_000;
    for (let count = 0; count < 20; count++) {
      expect(pace.delayFor('a')).toBe(0);
    }
    expect(pace.delayFor('a')).toBeGreaterThan(0);
  });
});
