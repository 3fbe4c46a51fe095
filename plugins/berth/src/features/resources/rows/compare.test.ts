import { CellValue } from './cells';
import { groupByCell, rowsOf, shapeOf } from './compare';

const since = (at: number): CellValue => ({ since: at, precision: 1_000 });

describe('shapeOf', () => {
  it.each<[string, string, CellValue[], string]>([
    ['numbers', 'Available', [3, 0], 'number'],
    ['counts', 'Restarts', ['0', '5 (3m ago)'], 'count'],
    ['ratios', 'Ready', ['2/3', '0/0'], 'ratio'],
    ['durations', 'Duration', ['45s', '7d4h'], 'duration'],
    ['minutes', 'Duration', ['5m', '10m'], 'duration'],
    ['thousandths', 'CPU', ['5m', '10m'], 'quantity'],
    ['sizes', 'Capacity', ['512Mi', '1Gi', '<unset>'], 'quantity'],
    ['addresses', 'IP', ['10.0.0.9', '<none>'], 'address'],
    ['dates', 'Expires', ['2026-11-29T10:00:00Z'], 'date'],
    ['ages', 'Age', [since(1)], 'age'],
    ['words', 'Status', ['Running', '5 (3m ago)'], 'text'],
    ['nothing', 'Node', ['<none>', null], 'text'],
  ])('finds %s', (_, name, cells, shape) => {
    expect(shapeOf(name, cells)).toBe(shape);
  });
});

describe('groupByCell', () => {
  const sort = (
    column: string,
    cells: CellValue[],
    direction: 'ascending' | 'descending' = 'ascending',
  ) =>
    rowsOf(
      groupByCell(cells, column, cell => cell),
      direction,
    );

  it.each<[string, string, CellValue[]]>([
    ['restarts', 'Restarts', ['0', '5 (3m ago)', '17 (42s ago)', '100']],
    ['ready pods', 'Ready', ['0/3', '0/4', '2/3', '0/0', '1/1', '3/3']],
    ['durations', 'Duration', ['45s', '3m20s', '5h', '7d4h', '1y2d']],
    ['memory', 'Memory', ['900Ki', '512Mi', '1Gi', '2G', '1Ti']],
    ['CPU', 'CPU', ['5m', '250m', '1', '1500m', '2']],
    ['shares', 'CPU', ['8', '0.85 of 8', '2 of 4', '2 of 16', '10.5 of 8']],
    ['shares of memory', 'Memory', ['9.5Gi of 64Gi', '10.5Gi of 64Gi']],
    ['addresses', 'IP', ['9.1.1.1', '10.0.0.9', '10.0.0.10', '10.0.1.2']],
    ['dates', 'At', ['2026-01-02T00:00:00+02:00', '2026-01-02T00:00:00Z']],
    ['names', 'Node', ['node-2', 'node-10', 'Node-11']],
    ['numbers', 'Current', [0, 2, 10]],
    ['ages', 'Age', [since(300), since(200), since(100)]],
  ])('sorts %s', (_, column, ascending) => {
    const shuffled = [...ascending.slice(1), ascending[0]];
    expect(sort(column, shuffled)).toEqual(ascending);
    expect(sort(column, shuffled, 'descending')).toEqual(
      [...ascending].reverse(),
    );
  });

  it.each(['ascending', 'descending'] as const)(
    'puts rows without a value last when %s',
    direction => {
      const sorted = sort('IP', ['<none>', '10.0.0.1', '', null], direction);
      expect(sorted[0]).toBe('10.0.0.1');
    },
  );

  it('keeps the order of equal rows', () => {
    const rows = [
      { name: 'a', ready: '1/1' },
      { name: 'b', ready: '1/1' },
    ];
    for (const direction of ['ascending', 'descending'] as const) {
      expect(
        rowsOf(
          groupByCell(rows, 'Ready', ({ ready }) => ready),
          direction,
        ),
      ).toEqual(rows);
    }
  });

  it('puts a cell that does not fit its column after the others', () => {
    const cells = Array.from({ length: 2_600 }, (_, number) => `${number}`);
    const sorted = sort('Restarts', ['odd', ...cells].reverse());
    expect(sorted.at(-1)).toBe('odd');
  });
});
