import { ageOf } from './ageOf';
import { parseTable } from './parseTable';

const columnDefinitions = [
  { name: 'Name', type: 'string', format: 'name', priority: 0 },
  { name: 'Ready', type: 'string', format: '', priority: 0, description: 'd' },
  { name: 'Restarts', type: 'integer', priority: 'x' },
];

describe('parseTable', () => {
  it('reads rows without objects, and rows with metadata', () => {
    expect(
      parseTable({
        kind: 'Table',
        metadata: { continue: 'next' },
        columnDefinitions,
        rows: [
          { cells: ['a', '1/1', 0], object: null },
          {
            cells: ['b', '0/1', 3],
            object: {
              metadata: {
                name: 'b',
                namespace: 'team-a',
                uid: 'u',
                labels: { app: 'shop' },
                creationTimestamp: '2026-01-01T00:00:00Z',
                annotations: { secret: 'value' },
              },
            },
          },
        ],
      }),
    ).toEqual({
      columns: [
        { name: 'Name', type: 'string', format: 'name', priority: 0 },
        { name: 'Ready', type: 'string', priority: 0, description: 'd' },
        { name: 'Restarts', type: 'integer', priority: 0 },
      ],
      rows: [
        { cells: ['a', '1/1', 0], name: 'a' },
        {
          cells: ['b', '0/1', 3],
          name: 'b',
          namespace: 'team-a',
          createdAt: '2026-01-01T00:00:00Z',
        },
      ],
      continueToken: 'next',
      plain: false,
    });
  });

  it('S32 gives each row one cell for each column, and drops what has no name', () => {
    const page = parseTable({
      kind: 'Table',
      columnDefinitions,
      rows: [
        { cells: ['few'] },
        { cells: ['many', 1, 2, 3, 4, 5] },
        { cells: ['odd', { a: 1 }, ['x']] },
        { cells: ['long', 'x'.repeat(10_000), true] },
        { cells: [7] },
        { cells: [''] },
        { cells: 'text' },
        'text',
        null,
      ],
    });
    expect(page?.rows.map(({ cells }) => cells.length)).toEqual([3, 3, 3, 3]);
    expect(page?.rows[0].cells).toEqual(['few', null, null]);
    expect(page?.rows[2].cells).toEqual(['odd', '{"a":1}', '["x"]']);
    expect(String(page?.rows[3].cells[1])).toHaveLength(4_096);
  });

  it('reads a list of whole objects as names and ages', () => {
    expect(
      parseTable({
        kind: 'PodMetricsList',
        metadata: {},
        items: [
          { metadata: { name: 'a', namespace: 'n' }, usage: { cpu: '1' } },
          { metadata: {} },
          {},
        ],
      }),
    ).toMatchObject({
      columns: [{ name: 'Name' }, { name: 'Age' }],
      rows: [{ cells: ['a', '<unknown>'], name: 'a', namespace: 'n' }],
      plain: true,
    });
  });

  it.each([
    undefined,
    null,
    [],
    'Table',
    { kind: 'Status' },
    { kind: 'Table', rows: 3 },
  ])('is undefined for %j', answer => {
    expect(parseTable(answer)).toBeUndefined();
  });
});

describe('ageOf', () => {
  it.each([
    [5, '5s'],
    [119, '119s'],
    [305, '5m5s'],
    [1_800, '30m'],
    [4 * 3_600, '4h'],
    [4 * 3_600 + 120, '4h2m'],
    [20 * 3_600, '20h'],
    [3 * 86_400 + 4 * 3_600, '3d4h'],
    [30 * 86_400, '30d'],
    [3 * 365 * 86_400, '3y'],
    [-5, '0s'],
  ])('writes %s seconds as %s', (seconds, text) => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const created = new Date(now - seconds * 1_000).toISOString();
    expect(ageOf(created, now)).toBe(text);
  });
});
