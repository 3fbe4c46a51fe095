import fc from 'fast-check';
import { partsOf } from './drawnParts';

const drawn = (...part: [number, number]) => [...part, true];
const gap = (...part: [number, number]) => [...part, false];

describe('partsOf', () => {
  it.each([
    ['the visible rows', -1, [gap(0, 40), drawn(40, 60), gap(60, 100)]],
    [
      'the row with the focus above them, and its neighbours',
      5,
      [gap(0, 4), drawn(4, 7), gap(7, 40), drawn(40, 60), gap(60, 100)],
    ],
    [
      'the last row, below them',
      99,
      [gap(0, 40), drawn(40, 60), gap(60, 98), drawn(98, 100)],
    ],
    [
      'a row at their end',
      60,
      [gap(0, 40), drawn(40, 60), drawn(60, 62), gap(62, 100)],
    ],
    ['a row among them', 50, [gap(0, 40), drawn(40, 60), gap(60, 100)]],
  ])('draws %s', (_, focused, expected) => {
    const parts = partsOf(100, [40, 60], focused).map(part => [
      part.from,
      part.to,
      part.isDrawn,
    ]);
    expect(parts).toEqual(expected);
  });

  it('covers each row once', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: -1, max: 59 }),
        (count, one, other, focused) => {
          const [first, last] = [one, other]
            .map(index => Math.min(index, count))
            .sort((a, b) => a - b);
          const parts = partsOf(
            count,
            [first, last],
            focused < count ? focused : -1,
          );
          expect(
            parts.flatMap(({ from, to }) =>
              Array.from({ length: to - from }, (_, index) => from + index),
            ),
          ).toEqual(Array.from({ length: count }, (_, index) => index));
        },
      ),
    );
  });
});
