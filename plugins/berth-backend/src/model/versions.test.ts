import { isAtLeast } from './versions';

describe('isAtLeast', () => {
  it.each([
    ['v1.29.9', 30, false],
    ['v1.30.0', 30, true],
    ['v1.33.1-eks-1', 34, false],
    ['v1.34.0+k3s1', 34, true],
    ['v2.0.0', 34, true],
    ['v0.99.0', 30, false],
    ['unknown', 30, undefined],
    [undefined, 30, undefined],
  ])('%s, 1.%s: %s', (version, minor, expected) => {
    expect(isAtLeast(version, minor)).toBe(expected);
  });
});
