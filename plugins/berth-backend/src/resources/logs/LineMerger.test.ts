import fc from 'fast-check';
import { LineMerger } from './LineMerger';

const timeAt = (second: number) =>
  `2027-01-31T18:00:${String(second).padStart(2, '0')}.000000000Z`;
const linesAt = (...seconds: number[]) =>
  seconds.map(second => ({ time: timeAt(second), text: `${second}` }));
const textsOf = (merger: LineMerger, now: number) =>
  merger.take(now).map(({ source, text }) => `${source}:${text}`);

describe('LineMerger', () => {
  it('merges by time, and holds back what an open log may still precede', () => {
    const merger = new LineMerger();
    merger.open(1, 0);
    merger.open(2, 0);
    merger.push(1, linesAt(1, 3, 5), 0);
    merger.push(2, linesAt(2, 4), 0);
    expect(textsOf(merger, 50)).toEqual(['1:1', '2:2', '1:3', '2:4']);
    expect(textsOf(merger, 60)).toEqual([]);
    merger.close(2);
    expect(textsOf(merger, 70)).toEqual(['1:5']);
    expect(merger.waiting).toBe(false);
  });

  it('does not wait for a log that is quiet', () => {
    const merger = new LineMerger();
    merger.open(1, 0);
    merger.open(2, 0);
    merger.push(2, linesAt(1), 0);
    merger.push(1, linesAt(9), 50);
    expect(textsOf(merger, 60)).toEqual(['2:1']);
    expect(textsOf(merger, 120)).toEqual(['1:9']);
  });

  it('waits half a second for a log that has not answered yet', () => {
    const merger = new LineMerger();
    merger.open(1, 0);
    merger.open(2, 0);
    merger.push(1, linesAt(9), 0);
    expect(textsOf(merger, 400)).toEqual([]);
    expect(textsOf(merger, 510)).toEqual(['1:9']);
  });

  it('S32 holds no line up for more than a second, even with a clock in the future', () => {
    const merger = new LineMerger();
    merger.open(1, 0);
    merger.open(2, 0);
    merger.push(1, linesAt(59), 0);
    for (let now = 0; now < 1_000; now += 50) {
      merger.push(2, linesAt(1), now);
      expect(textsOf(merger, now)).toEqual(['2:1']);
    }
    merger.push(2, linesAt(1), 1_000);
    expect(textsOf(merger, 1_000)).toEqual(['2:1', '1:59']);
  });

  it('gives a line without a time the time before it', () => {
    const merger = new LineMerger();
    merger.open(1, 0);
    merger.push(1, [...linesAt(4), { time: '', text: 'at x.js' }], 0);
    expect(merger.take(200)).toMatchObject([
      { time: timeAt(4) },
      { time: timeAt(4), text: 'at x.js' },
    ]);
  });

  it('S32 has no room for more while much waits', () => {
    const merger = new LineMerger();
    merger.open(1, 0);
    merger.open(2, 0);
    const long = [{ time: timeAt(9), text: 'x'.repeat(256 * 1024) }];
    merger.push(1, long, 0);
    expect(merger.hasRoom(1)).toBe(false);
    expect(merger.hasRoom(2)).toBe(true);
    merger.close(2);
    expect(merger.take(10)).toHaveLength(1);
    expect(merger.hasRoom(1)).toBe(true);
  });

  it('loses and doubles no line, wherever logs pause', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            source: fc.integer({ min: 1, max: 4 }),
            seconds: fc.array(fc.nat(59), { maxLength: 5 }),
            pause: fc.nat(400),
          }),
        ),
        steps => {
          const merger = new LineMerger();
          [1, 2, 3, 4].forEach(id => merger.open(id, 0));
          let now = 0;
          let serial = 0;
          const pushed = new Map<number, string[]>();
          const taken = new Map<number, string[]>();
          const take = () =>
            merger.take(now).forEach(({ source, text }) => {
              taken.set(source, [...(taken.get(source) ?? []), text]);
            });
          for (const { source, seconds, pause } of steps) {
            const start = serial;
            const lines = seconds.sort().map((second, index) => ({
              time: timeAt(second),
              text: `${start + index}`,
            }));
            serial += lines.length;
            merger.push(source, lines, now);
            if (lines.length > 0) {
              pushed.set(source, [
                ...(pushed.get(source) ?? []),
                ...lines.map(({ text }) => text),
              ]);
            }
            now += pause;
            take();
          }
          [1, 2, 3, 4].forEach(id => merger.close(id));
          take();
          const ordered = (texts: Map<number, string[]>) =>
            [...texts].sort().map(([id, list]) => [id, list.sort()]);
          expect(ordered(taken)).toEqual(ordered(pushed));
        },
      ),
    );
  });
});
