import { missed, readSection, replaceSection, section } from './report';
import { milliseconds, perSecond } from './measureRounds';

describe('report', () => {
  it('writes a table with the ratios and goals', () => {
    const text = section(
      {
        name: 'mint',
        summary: 'Mints.',
        run: async () => ({ rows: [], notes: [] }),
      },
      {
        rows: [
          { what: 'bare', median: '10 /s' },
          {
            what: 'ours',
            median: '9 /s',
            p99: '2 ms',
            ratio: 0.934,
            goal: 0.9,
          },
        ],
        notes: ['A note.'],
      },
      'today',
    );
    expect(text).toBe(`## mint

Mints. Measured: today.

|  | median | p99 | ratio | goal |
| --- | --- | --- | --- | --- |
| bare | 10 /s |  |  |  |
| ours | 9 /s | 2 ms | 0.93 | ≥ 0.9 |

A note.`);
  });

  it('reports missed goals, of ratios and of other bounds', () => {
    const p99 = { what: 'unshare', median: '1 s', p99: '3 s' };
    expect(
      missed([
        { what: 'bare', median: '1 s' },
        { what: 'ours', median: '2 s', ratio: 0.5, goal: 0.9 },
        { what: 'good', median: '1 s', ratio: 0.95, goal: 0.9 },
        { ...p99, goal: { text: 'p99 ≤ 2 s', met: false } },
        { ...p99, goal: { text: 'p99 ≤ 4 s', met: true } },
      ]),
    ).toEqual([
      'ours: the ratio 0.50 is below 0.9',
      'unshare: 1 s, 3 s, not p99 ≤ 2 s',
    ]);
    expect(
      section(
        { name: 'x', summary: '', run: async () => ({ rows: [], notes: [] }) },
        {
          rows: [{ ...p99, goal: { text: 'p99 ≤ 2 s', met: false } }],
          notes: [],
        },
        'today',
      ),
    ).toContain('| unshare | 1 s | 3 s |  | p99 ≤ 2 s |');
  });

  it('replaces a section and nothing else', () => {
    const first = replaceSection('# Benchmarks\n', 'mint', 'one');
    const both = replaceSection(first, 'fleet', 'two');
    expect(replaceSection(both, 'mint', 'three')).toBe(
      both.replace('one', 'three'),
    );
    expect(readSection(both, 'fleet')).toBe('two');
    expect(readSection(first, 'fleet')).toBe('');
    expect(first).toBe(
      '# Benchmarks\n\n<!-- bench mint -->\n\none\n\n<!-- end of bench mint -->\n',
    );
  });

  it('does not change a document whose markers are not a pair', () => {
    expect(() =>
      replaceSection('<!-- bench mint -->\n', 'mint', 'one'),
    ).toThrow('not a pair');
  });

  it.each([
    [1234.4, '1,234 /s'],
    [0.4, '0 /s'],
  ])('%d operations per second', (rate, text) => {
    expect(perSecond(rate)).toBe(text);
  });

  it.each([
    [1.23456, '1.23 ms'],
    [0.0123456, '0.0123 ms'],
    [1500, '1500 ms'],
  ])('%d milliseconds', (time, text) => {
    expect(milliseconds(time)).toBe(text);
  });
});
