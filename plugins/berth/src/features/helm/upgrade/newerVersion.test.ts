import { newerVersion } from './newerVersion';

const versions = [
  { version: '2.0.0-rc.1', prerelease: true },
  { version: '1.5.0', prerelease: false },
  { version: '1.4.2', prerelease: false },
  { version: '1.4.2-rc.1', prerelease: true },
];

describe('newerVersion', () => {
  it.each([
    ['1.4.2', '1.5.0'],
    ['1.4.2-rc.1', '1.5.0'],
    ['1.5.0', undefined],
    ['2.0.0-rc.1', undefined],
    ['9.9.9', undefined],
  ])('of %s is %s', (current, newer) => {
    expect(newerVersion(versions, current)).toBe(newer);
  });
});
