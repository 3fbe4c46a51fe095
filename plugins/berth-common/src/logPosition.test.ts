import fc from 'fast-check';
import { LogPosition } from './logPosition';

const timeAt = (tenths: number) =>
  `2027-01-31T18:00:0${Math.floor(tenths / 10)}.${tenths % 10}00000000Z`;

/** Reads a log from the start of the second of the position, as a kubelet does, until `end`. */
function read(log: number[], position: LogPosition, end: number): number[] {
  const since = `${position.time.slice(0, 19)}.000000000Z`;
  position.resume();
  return log
    .map((tenths, index) => ({ time: timeAt(tenths), index }))
    .slice(0, end)
    .filter(({ time }) => position.time === '' || time >= since)
    .filter(({ time }) => position.accept(time))
    .map(({ index }) => index);
}

describe('LogPosition', () => {
  it('yields each line of a growing log once, however often and wherever reading breaks off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 8 }),
        (unsorted, breaks) => {
          const log = [...unsorted].sort((one, other) => one - other);
          const position = new LogPosition();
          const ends = [...breaks, log.length].sort((a, b) => a - b);
          const got = ends.flatMap(end => read(log, position, end));
          expect(got).toEqual(log.map((_, index) => index));
        },
      ),
    );
  });

  it('repeats the lines of a time of which it does not know the number', () => {
    const position = new LogPosition(timeAt(5));
    expect([4, 5, 5, 6].map(tenths => position.accept(timeAt(tenths)))).toEqual(
      [false, true, true, true],
    );
  });

  it('keeps lines out of order while the log is read for the first time', () => {
    const position = new LogPosition();
    expect([5, 3, 5, 6].map(tenths => position.accept(timeAt(tenths)))).toEqual(
      [true, true, true, true],
    );
    expect(position.time).toBe(timeAt(6));
  });

  it('does not lose lines of a log that lost its repeated lines to a rotation', () => {
    const position = new LogPosition();
    [5, 5, 5].forEach(tenths => position.accept(timeAt(tenths)));
    position.resume();
    expect([5, 6, 6].map(tenths => position.accept(timeAt(tenths)))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
