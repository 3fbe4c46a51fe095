import { median, percentile, ratio } from './statistics';

describe('statistics', () => {
  it.each([
    [[5], 5],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('median of %j is %d', (samples, expected) => {
    expect(median(samples)).toBe(expected);
  });

  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])('percentile %d of 1 to 100 is %d', (part, expected) => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(samples, part)).toBe(expected);
  });

  it('uses the greatest of a few samples for p99', () => {
    expect(percentile([1, 7, 3], 0.99)).toBe(7);
  });

  it('does not change the samples', () => {
    const samples = [3, 1, 2];
    median(samples);
    percentile(samples, 0.5);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('compares round by round, so that a slow round does not count', () => {
    expect(ratio([90, 9, 95], [100, 10, 100])).toBeCloseTo(0.9);
  });

  it('refuses values that cannot be calculated', () => {
    expect(() => percentile([], 0.5)).toThrow('no samples');
    expect(() => percentile([1], 1.1)).toThrow('1.1 is not a part');
    expect(() => ratio([1], [1, 2])).toThrow('1 rounds');
  });
});
