import { setImmediate } from 'node:timers/promises';
import { fieldProblemsOf } from '../../text/fieldProblems';
import { parseDocuments } from './parseDocuments';

const parse = (text: string) => parseDocuments(text, 'yaml');

/** Each level repeats the level before ten times. */
const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => {
    const before = 'abcdef'[index];
    return `${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

describe('parseDocuments', () => {
  it('reads documents with their lines, and skips empty ones', () => {
    expect(parse('# first\n\na: 1\n---\n# nothing\n---\n\nb: [x]\n')).toEqual([
      { line: 3, value: { a: 1 } },
      { line: 8, value: { b: ['x'] } },
    ]);
  });

  it.each([
    ['0644', 420],
    ['no', false],
    ['"no"', 'no'],
    ['12:30', '12:30'],
    ['2026-01-31', '2026-01-31'],
    ['1_000', 1000],
    ['0x1f', 31],
    ['~', null],
  ])('reads %s as kubectl does', (text, value) => {
    expect(parse(`a: ${text}`)).toEqual([{ line: 1, value: { a: value } }]);
  });

  // As `helm template` with helm 4 and `{{ toJson }}` prints them.
  it.each([
    ...['e1', 'E5', '-e2', '.e3', '+.e3', '+e1', '.', '+.', '-.', '._', '._5'],
    ...['.5_', '1e', '1e+', '0b', '0b_', '0b2', '0x', '0o', '0o8', '0x1p3'],
    ...['1e400', '0xFFFFFFFFFFFFFFFFF', '_1', '1,000', '1:30', '2001-01-01'],
  ])('H6 H7 reads %s as text, as helm and kubectl do', text => {
    expect(parse(`a: ${text}`)[0].value).toEqual({ a: text });
  });

  it.each([
    ...[
      ['0o7', 7],
      ['0O7', 7],
      ['-0o7', -7],
      ['0X1F', 31],
      ['-0x1F', -31],
      ['0B11', 3],
      ['-0b11', -3],
      ['0_7', 7],
      ['0_', 0],
      ['1_', 1],
      ['0777', 511],
      ['-0777', -511],
      ['0778', 778],
      ['08', 8],
      ['08.5', 8.5],
    ],
    ...[
      ['1e3', 1_000],
      ['1.e3', 1_000],
      ['.5e1', 5],
      ['.5_5', 0.55],
      ['1e3_0', 1e30],
      ['1e1_', 10],
      ['0.', 0],
      ['+.5', 0.5],
      ['18446744073709551615', 2 ** 64],
      ['-0x8000000000000000', -(2 ** 63)],
      ['07777777777777777777777777', 7.777777777777778e24],
    ],
    ['!!float 1', 1],
    ['!!int "5"', 5],
    ['!!str 5', '5'],
    ['!foo 1', '1'],
  ])('H6 H7 reads %s as the number of helm and kubectl', (text, value) => {
    expect(parse(`a: ${text}`)[0].value).toEqual({ a: value });
  });

  it.each([
    ['a: {b: 1, <<: {b: 2}}', 2],
    ['a: {<<: {b: 2}, b: 1}', 1],
    ['a: {<<: [{b: 2}, {b: 3}]}', 2],
    ['a: {b: 1, <<: [{b: 2}, {b: 3}]}', 2],
    ['a: {b: 1, <<: {<<: {b: 2}}}', 2],
  ])('H6 H7 merges the keys of %s in the order of kubectl', (text, b) => {
    expect(parse(text)[0].value).toEqual({ a: { b } });
  });

  it.each([
    ['a: 1 # x\rb: 2', /column 9: A carriage return without a line feed/],
    ['a: 1 # x\u0085b: 2', /column 9: A carriage return/],
    ['a: 1 # x\u2028b: 2', /column 9: A carriage return/],
    ['a: 1 # x\u2029b: 2', /column 9: A carriage return/],
    ['a: .nan', /The value is no number of JSON/],
    ['a: -.Inf', /The value is no number of JSON/],
    ['a: !!binary aGk=', /The value is no number of JSON/],
    ['a: !!int abc', /The value is no number of JSON/],
    ['a: {!!str <<: {b: 1}}', /A key must be a text/],
  ])(
    'H6 H7 refuses %j, which kubectl refuses or reads in another way',
    (text, words) => {
      expect(() => parse(text)).toThrow(words);
    },
  );

  it('reads lines that end as on Windows', () => {
    expect(parse('a: 1\r\nb: 2\r\n')[0].value).toEqual({ a: 1, b: 2 });
  });

  it('reads anchors and merge keys', () => {
    expect(parse('a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}')[0].value).toEqual({
      a: { b: 1 },
      c: { b: 1 },
      d: { b: 1, e: 2 },
    });
  });

  it.each([
    [
      'a: hunter2\na: hunter2',
      'yaml line 2, column 1: Keys of one object must be unique',
    ],
    ['a: "hunter2', /^yaml line 1, column \d+: A character is missing/],
    [
      'a: *hunter2',
      'yaml line 1: The document uses an anchor that it does not',
    ],
    ['- hunter2', 'yaml line 1: A document must be an object'],
    ['hunter2', 'yaml line 1: A document must be an object'],
    ['__proto__: {a: hunter2}', 'yaml line 1: The document holds the key'],
    ['a:\n\t- b', /^yaml line 2/],
    [BOMB, /uses its anchors more than 100 times/],
    ['a: &a [*a]', /yaml/],
    [`a: ${'['.repeat(300)}${']'.repeat(300)}`, 'is more than 200 levels deep'],
    ['['.repeat(50_000), /yaml/],
    ['? [hunter2]\n: 1', 'yaml line 1, column 3: A key must be a text'],
    [`a: &a {b: 1}\nc: [${'*a, '.repeat(101)}]`, /more than 100 times/],
    [
      Array.from(
        { length: 101 },
        (_, index) => `k${index}: &a${index} x\nl${index}: *a${index}`,
      ).join('\n'),
      /more than 100 times/,
    ],
    [
      `a: &a [${'1, '.repeat(1_500)}]\nb: [${'*a, '.repeat(90)}]`,
      'yaml line 1: The document holds more than 100000 values',
    ],
    [
      `a: &a ${'hunter2 '.repeat(10_000)}\nb: [${'*a, '.repeat(90)}]`,
      'yaml line 1: The document holds more than 3 MiB of text',
    ],
    ['{a: '.repeat(20_000), /yaml/],
  ])('S57 refuses %.30j with the line and without the text', (text, words) => {
    const attempt = () => parse(text);
    expect(attempt).toThrow(words);
    expect(attempt).not.toThrow('hunter2');
  });

  it('reads many keys without comparing each with all others', async () => {
    const keys = Array.from({ length: 90_000 }, (_, index) => `k${index}:`);
    // If each key was compared with all others, the test would reach its timeout.
    expect(Object.keys(parse(keys.join('\n'))[0].value)).toHaveLength(90_000);
    await setImmediate();
  });

  it('names the field of the request', () => {
    let problems: unknown;
    try {
      parse('a: 1\na: 2');
    } catch (error) {
      problems = fieldProblemsOf(error as Error);
    }
    expect(problems).toMatchObject([{ path: ['yaml'] }]);
  });
});
