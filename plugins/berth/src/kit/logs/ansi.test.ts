import fc from 'fast-check';
import { parseAnsi, plainText } from './ansi';

const ESC = '\u001b';

describe('parseAnsi', () => {
  it.each<[string, string, [string, object][]]>([
    ['plain text', 'hello', [['hello', {}]]],
    [
      'a colour',
      `${ESC}[31m red${ESC}[0m rest`,
      [
        [' red', { foreground: 1 }],
        [' rest', {}],
      ],
    ],
    [
      'a bright colour',
      `${ESC}[1;92mx`,
      [['x', { bold: true, foreground: 10 }]],
    ],
    ['256 colours', `${ESC}[38;5;208mx`, [['x', { foreground: 208 }]]],
    ['true colours', `${ESC}[48;2;1;2;3mx`, [['x', { background: [1, 2, 3] }]]],
    [
      'the end of one attribute',
      `${ESC}[1;3;31mx${ESC}[22;39my`,
      [
        ['x', { bold: true, italic: true, foreground: 1 }],
        ['y', { italic: true }],
      ],
    ],
    [
      'no parameter, which is a reset',
      `${ESC}[7mx${ESC}[my`,
      [
        ['x', { inverse: true }],
        ['y', {}],
      ],
    ],
    ['a colour that is none', `${ESC}[38;5;999mx`, [['x', {}]]],
    ['an unfinished sequence', `x${ESC}[31`, [['x31', {}]]],
    ['movements of the cursor', `a${ESC}[2Kb${ESC}[1Ac`, [['abc', {}]]],
    [
      'titles and links',
      `${ESC}]0;title\u0007a${ESC}]8;;http://x${ESC}\\b`,
      [['ab', {}]],
    ],
    [
      'control characters',
      'a\u0000b\rc\u0007',
      [['a\u2400b\u240dc\u2407', {}]],
    ],
    ['characters that turn the text around', 'a\u202eb', [['a\ufffdb', {}]]],
    ['HTML', '<b>x</b>', [['<b>x</b>', {}]]],
    ['nothing', '', []],
  ])('reads %s', (_, line, parts) => {
    expect(parseAnsi(line).map(({ text, style }) => [text, style])).toEqual(
      parts,
    );
  });

  it('has the same text as without colours, for any line', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        `${ESC}[31m`,
        `${ESC}[0m`,
        `${ESC}[38;5;9m`,
        `${ESC}[2J`,
        ESC,
        `${ESC}]`,
        '\u0007',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const line = pieces.join('');
        expect(
          parseAnsi(line)
            .map(({ text }) => text)
            .join(''),
        ).toBe(plainText(line));
        // eslint-disable-next-line no-control-regex -- none of them may be left
        expect(plainText(line)).not.toMatch(/[\u0000-\u0008\u000a-\u001f]/);
      }),
    );
  });
});
