import { largeTokenBytes } from './tokenSize';

const names = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) =>
    String(index).padEnd(length, 'x'),
  );

describe('largeTokenBytes', () => {
  it.each([
    [0, 63],
    [50, 63],
    [150, 20],
  ])('is no problem with %d groups of %d letters', (count, length) => {
    expect(largeTokenBytes(names(count, length))).toBeUndefined();
  });

  it.each([
    [70, 63, 7_200],
    [200, 63, 18_700],
    [200, 20, 7_500],
  ])(
    'with %d groups of %d letters is about %d bytes',
    (count, length, bytes) => {
      const found = largeTokenBytes(names(count, length)) ?? 0;
      expect(Math.abs(found - bytes)).toBeLessThan(500);
    },
  );
});
