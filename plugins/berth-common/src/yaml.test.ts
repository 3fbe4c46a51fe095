import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from './yaml';

/** Texts that YAML 1.1 reads as booleans, numbers, nulls or times unless they are quoted. */
const WORDS = [
  ...['no', 'No', 'NO', 'on', 'off', 'yes', 'y', 'n', 'Y', 'N', 'true', 'null'],
  ...['0b1', '0o7', '07', '1_000', '0x1f', '1e3', '433e40', '716064e0', '111'],
  ...['12:30:45', '2026-11-29', '.5', '+1', '.inf', '~', '', '-', '=', '<<'],
];

const text = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/),
  fc.string({ unit: 'binary' }),
);

describe('toYaml', () => {
  it('writes characters as escapes that only some programs take for the end of a line', () => {
    const value = { 'a\u2028b': 'c\u0085d', list: ['\u2029', 'e\nf\u2028g'] };
    const written = toYaml(value);
    expect(written).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(parse(written)).toEqual(value);
  });

  it('writes texts that YAML 1.1 and 1.2 read unchanged', () => {
    fc.assert(
      fc.property(fc.array(text), fc.dictionary(text, text), (list, object) => {
        const value = { list, object };
        const written = toYaml(value);
        for (const version of ['1.1', '1.2'] as const) {
          // With merge keys, `<<` would not be an ordinary key.
          expect(parse(written, { version, merge: false })).toEqual(value);
        }
      }),
    );
  });

  it.each(WORDS)('keeps %j', word => {
    expect(parse(toYaml({ name: word }), { version: '1.1' })).toEqual({
      name: word,
    });
  });

  it('writes a repeated object in full, and folds no line', () => {
    const subjects = [{ kind: 'Group', name: 'word '.repeat(50) }];
    const written = toYaml({ first: subjects, second: subjects });
    expect(written).not.toMatch(/[&*]\w/);
    expect(written.split('\n')).toHaveLength(7);
  });

  it('puts a comment before the document', () => {
    expect(toYaml({ a: 1 }, { comment: ' Why.' })).toBe('# Why.\n\na: 1\n');
  });
});
