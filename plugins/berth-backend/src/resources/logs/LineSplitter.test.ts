import fc from 'fast-check';
import {
  canonicalTime,
  CUT_MARK,
  LineSplitter,
  MAX_LINE_BYTES,
} from './LineSplitter';

const AT = '2027-01-31T18:00:00.000000000Z';

function split(...chunks: (string | Buffer)[]) {
  const splitter = new LineSplitter();
  return [
    ...chunks.flatMap(chunk => splitter.push(Buffer.from(chunk))),
    ...splitter.end(),
  ];
}

describe('LineSplitter', () => {
  it.each([
    ['a line', `${AT} hello world\n`, [[AT, 'hello world']]],
    [
      'an empty line',
      `${AT} \n${AT}\n`,
      [
        [AT, ''],
        [AT, ''],
      ],
    ],
    [
      'no last newline',
      `${AT} a\n${AT} b`,
      [
        [AT, 'a'],
        [AT, 'b'],
      ],
    ],
    ['a carriage return', `${AT} a\r\n`, [[AT, 'a']]],
    [
      'no timestamp',
      'panic: x\n\nhello\n',
      [
        ['', 'panic: x'],
        ['', ''],
        ['', 'hello'],
      ],
    ],
    [
      'HTML',
      `${AT} <script>alert(1)</script>\n`,
      [[AT, '<script>alert(1)</script>']],
    ],
    ['nothing', '', []],
  ])('S32 reads %s', (_, text, lines) => {
    expect(split(text).map(({ time, text: rest }) => [time, rest])).toEqual(
      lines,
    );
  });

  it('S32 shows bytes that are not UTF-8 as the replacement character', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${AT} a`),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from('b\n'),
    ]);
    expect(split(bytes)).toEqual([{ time: AT, text: 'a\ufffd\ufffd(b' }]);
  });

  it('S32 cuts an endless line once, marks the cut, and goes on with the next line', () => {
    const splitter = new LineSplitter();
    const part = Buffer.alloc(64 * 1024, 'x');
    const lines = [
      ...splitter.push(Buffer.from(`${AT} `)),
      ...Array.from({ length: 64 }, () => splitter.push(part)).flat(),
      ...splitter.push(Buffer.from(`\n${AT} next\n`)),
    ];
    expect(lines).toHaveLength(2);
    expect(lines[0].text).toHaveLength(
      MAX_LINE_BYTES - AT.length - 1 + CUT_MARK.length,
    );
    expect(lines[0].text.endsWith(CUT_MARK)).toBe(true);
    expect(lines[1]).toEqual({ time: AT, text: 'next' });
  });

  it('reads the same lines wherever the bytes are divided', () => {
    const text = Array.from(
      { length: 20 },
      (_, index) => `${AT} naïve ${'é'.repeat(index)} 🙂\n`,
    ).join('');
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), cuts => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = at
          .slice(1)
          .map((end, index) => bytes.subarray(at[index], end));
        expect(split(...chunks)).toEqual(split(text));
      }),
    );
  });
});

describe('canonicalTime', () => {
  it.each([
    ['2027-01-31T18:00:00Z', AT],
    ['2027-01-31T18:00:00.5Z', '2027-01-31T18:00:00.500000000Z'],
    ['2027-01-31T19:00:00.123456789+01:00', '2027-01-31T18:00:00.123456789Z'],
    ['2027-01-31T18:00:00', undefined],
    ['hello', undefined],
    ['9999-99-99T99:99:99+99:99', undefined],
  ])('reads %s', (text, time) => {
    expect(canonicalTime(text)).toBe(time);
  });
});
