import { highlighted } from './LogRow';
import { LogSearch, neighbour, placesOf } from './LogSearch';
import { LogStore } from './LogStore';
import { parseAnsi } from './ansi';

const AT = '2027-01-31T18:00:00.000000000Z';

describe('LogSearch', () => {
  it('finds a text in slices, through colours and in any case, and in new lines', async () => {
    const store = new LogStore();
    store.append(
      Array.from({ length: 50_000 }, (_, index): [number, string, string] => [
        0,
        AT,
        index % 1_000 === 7 ? 'an ER\u001b[31mROR\u001b[0m' : 'fine',
      ]),
    );
    let onComplete = () => {};
    const search: LogSearch = new LogSearch(store, 'Error', () => {
      if (search.complete) {
        onComplete();
      }
    });
    const complete = () =>
      new Promise<void>(resolve => {
        onComplete = resolve;
        search.update();
      });
    await complete();
    expect(search.found).toHaveLength(50);
    store.append([[0, AT, 'error at last']]);
    expect(search.complete).toBe(false);
    await complete();
    expect(search.found.slice(-2)).toEqual([49_007, 50_000]);
  });

  it.each([
    [undefined, 1, 2],
    [undefined, -1, 9],
    [2, 1, 5],
    [9, 1, 2],
    [2, -1, 9],
    [5, -1, 2],
  ] as const)('steps from line %p by %d to %d', (line, direction, next) => {
    expect(neighbour([2, 5, 9], line, direction)).toBe(next);
  });

  it('finds nothing to step to', () => {
    expect(neighbour([], 3, 1)).toBeUndefined();
    expect(neighbour([], 3, -1)).toBeUndefined();
  });

  it('finds all places in a line', () => {
    expect(placesOf('aXbxc', 'x')).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(placesOf('abc', '')).toEqual([]);
  });

  it('marks a place that spans several colours', () => {
    const parts = parseAnsi('an ER\u001b[31mROR\u001b[0m!');
    expect(
      highlighted(parts, 'error').map(({ text, found }) => [text, !!found]),
    ).toEqual([
      ['an ', false],
      ['ER', true],
      ['ROR', true],
      ['!', false],
    ]);
  });
});
