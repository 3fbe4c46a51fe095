import fc from 'fast-check';
import { csvCell, csvLine } from './csv';

describe('csv', () => {
  it.each([
    ['plain', '"plain"'],
    [
      'with "quotes", a comma\nand a line',
      '"with ""quotes"", a comma\nand a line"',
    ],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    [' =1', `"' =1"`],
    ['＝1', `"'＝1"`],
    ['|cmd', `"'|cmd"`],
    ['%0A', `"'%0A"`],
    ['a=1', '"a=1"'],
    ['', '""'],
  ])('writes %j as %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it('never lets a cell start a formula or end early', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const cell = csvCell(text);
        const inside = cell.slice(1, -1);
        expect(inside.replaceAll('""', '')).not.toContain('"');
        expect(inside).not.toMatch(/^[\s\p{Cc}]*[=+\-@]/u);
        expect(inside.replaceAll('""', '"').replace(/^'/, '')).toBe(
          text.replace(/^'/, ''),
        );
      }),
    );
  });

  it('writes an entry as a line', () => {
    const line = csvLine({
      id: '01J',
      at: '2026-01-01T00:00:00.000Z',
      actor: 'user:default/ada',
      event: 'cluster-share',
      outcome: 'Failed',
      error: '=HYPERLINK("http://x")',
      groups: ['group:default/a', 'group:default/b'],
      meta: { a: 1 },
    });
    expect(line).toBe(
      `"01J","2026-01-01T00:00:00.000Z","user:default/ada","cluster-share","Failed","'=HYPERLINK(""http://x"")","","","","group:default/a group:default/b","","{""a"":1}"\r\n`,
    );
  });
});
