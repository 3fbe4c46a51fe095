import fc from 'fast-check';
import { LineLayout, rowsOf } from './LineLayout';
import { IncomingLine, LogStore } from './LogStore';

const AT = '2027-01-31T18:00:00.000000000Z';
const lineOf = (text: string): IncomingLine => [0, AT, text];

describe('LogStore', () => {
  it('returns each line with its source and time', () => {
    const store = new LogStore();
    store.append([
      [3, AT, 'one'],
      [4, '', 'two'],
    ]);
    expect([store.text(0), store.source(0), store.time(0)]).toEqual([
      'one',
      3,
      Date.parse(AT),
    ]);
    expect([store.text(1), store.source(1), store.time(1)]).toEqual([
      'two',
      4,
      NaN,
    ]);
    expect(() => store.text(2)).toThrow('not held');
  });

  it('holds the newest lines, which keep their numbers', () => {
    const store = new LogStore({ lines: 5_000, size: Infinity });
    for (let count = 0; count < 20_000; count += 500) {
      store.append(
        Array.from({ length: 500 }, (_, index) => lineOf(`${count + index}`)),
      );
    }
    expect(store.end).toBe(20_000);
    expect(store.length).toBeGreaterThanOrEqual(5_000);
    expect(store.length).toBeLessThan(7_500);
    expect(store.text(store.first)).toBe(`${store.first}`);
    expect(store.text(19_999)).toBe('19999');
    expect(() => store.text(store.first - 1)).toThrow('not held');
  });

  it('holds no more than its size, but the newest line in any case', () => {
    const store = new LogStore({ lines: 1_000, size: 3_000_000 });
    for (let count = 0; count < 20; count += 1) {
      store.append([lineOf('x'.repeat(1_100_000))]);
    }
    expect(store.length).toBe(2);
    expect(store.text(19)).toHaveLength(1_100_000);
  });
});

describe('rowsOf', () => {
  it.each([
    ['', 10, 1],
    ['0123456789', 10, 1],
    ['0123456789a', 10, 2],
    ['\u001b[31m0123456789\u001b[0m', 10, 1],
    ['日本語日本', 10, 1],
    ['日本語日本語', 10, 2],
    // A wide character does not begin in the last column.
    ['a日本語日本', 10, 2],
    ['a\tb', 4, 2],
    ['x'.repeat(100_000), 100, 100],
    ['anything', Infinity, 1],
  ])('of %j in %d columns is %d', (line, columns, rows) => {
    expect(rowsOf(line, columns)).toBe(rows);
  });
});

describe('LineLayout', () => {
  it('finds every line of a growing log again at each of its rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(35), { maxLength: 900 }), { maxLength: 6 }),
        fc.constantFrom(10, Infinity),
        (batches, columns) => {
          const store = new LogStore({ lines: 2_500, size: Infinity });
          const layout = new LineLayout(store, columns);
          for (const lengths of batches) {
            store.append(lengths.map(length => lineOf('x'.repeat(length))));
            layout.update();
            let row = layout.first;
            for (let line = store.first; line < store.end; line += 1) {
              expect(layout.rowOf(line)).toBe(row);
              const rows = rowsOf(store.text(line), columns);
              expect(layout.lineAt(row)).toBe(line);
              expect(layout.lineAt(row + rows - 1)).toBe(line);
              row += rows;
            }
            expect(layout.end).toBe(row);
          }
        },
      ),
      { numRuns: fc.readConfigureGlobal().numRuns ?? 30 },
    );
  });

  it('counts the row above each text', () => {
    const store = new LogStore();
    const layout = new LineLayout(store, 10, 1);
    store.append([lineOf('x'.repeat(15)), lineOf('')]);
    layout.update();
    expect([0, 1, 2].map(line => layout.rowOf(line))).toEqual([0, 3, 5]);
    expect(layout.lineAt(2)).toBe(0);
  });

  it('keeps the numbers of rows when older lines are dropped', () => {
    const store = new LogStore({ lines: 2_000, size: Infinity });
    const layout = new LineLayout(store, 10);
    const add = (count: number) => {
      store.append(Array.from({ length: count }, () => lineOf('x'.repeat(15))));
      layout.update();
    };
    add(2_000);
    add(1_999);
    expect(layout.rowOf(3_000)).toBe(6_000);
    add(1_000);
    expect(store.first).toBe(2_000);
    expect(layout.first).toBe(4_000);
    expect(layout.rowOf(3_000)).toBe(6_000);
    // Nothing that was counted is left.
    add(20_000);
    expect(layout.rowOf(store.first)).toBe(layout.first);
    expect(layout.end - layout.first).toBe(2 * store.length);
  });
});
