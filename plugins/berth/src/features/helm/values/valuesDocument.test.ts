import fc from 'fast-check';
import { parseDocument } from 'yaml';
import {
  lineOf,
  obstacleAt,
  readValues,
  removeValue,
  setValue,
  Values,
} from './valuesDocument';

const read = (text: string): any => (readValues(text) as Values).root;

const obstacle = (text: string, ...path: string[]) =>
  obstacleAt(readValues(text) as Values, path);

/** Returns what is at a path, or undefined. */
function at(root: any, path: string[]): unknown {
  return path.reduce(
    (found, key) =>
      found !== null && typeof found === 'object' && Object.hasOwn(found, key)
        ? found[key]
        : undefined,
    root,
  );
}

/** Leaves out objects without values, because they go with their last value. */
function filled(value: any): any {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value ?? {};
  }
  const entries = Object.entries(value)
    .map(([name, item]) => [name, filled(item)] as const)
    .filter(([, item]) => JSON.stringify(item) !== '{}');
  return Object.fromEntries(entries);
}

const key = fc.oneof(
  fc.constantFrom('image', 'tag', 'a.b', '__proto__', 'on', '1', 'x y', '# no'),
  fc.constantFrom('<<', 'no', '1e3', '0x10', '~', '', '-', '? x', '2001-01-01'),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom('yes', 'on', '1e3', '0x10', '', ' ', '~', '12:30', '- a'),
  fc.constantFrom('a: b', '# c', '"', "'", '2001-01-01', '|', 'x\ny'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(n => n + 0),
  fc.boolean(),
);
const { tree } = fc.letrec<{ tree: unknown; map: object }>(tie => ({
  map: fc
    .uniqueArray(fc.tuple(key, tie('tree')), {
      maxLength: 4,
      selector: ([name]) => name,
    })
    .map(entries => Object.fromEntries(entries)),
  tree: fc.oneof(
    { maxDepth: 3 },
    scalar,
    tie('map'),
    fc.array(scalar, { maxLength: 3 }),
  ),
}));
const root = fc
  .uniqueArray(fc.tuple(key, tree), {
    minLength: 1,
    maxLength: 5,
    selector: ([name]) => name,
  })
  .map(entries => Object.fromEntries(entries));

/** A text with a comment before and after each key of the first level. */
const commented = root.map(values => {
  const document = parseDocument('', { compat: 'yaml-1.1' });
  document.contents = document.createNode(values) as never;
  let count = 0;
  for (const pair of (document.contents as any).items) {
    count += 1;
    pair.key.commentBefore = ` before-${count}-`;
    if (pair.value?.items === undefined && !/\n/.test(pair.value?.value)) {
      pair.value.comment = ` after-${count}-`;
    }
  }
  return document.toString({ lineWidth: 0 });
});

const commentsOf = (text: string) => text.match(/# (before|after)-\d+-/g) ?? [];

describe('setValue', () => {
  it('changes a value and nothing else', () => {
    const text = `# Ask Olga first.

image:   # where
    tag: '1.2' # pinned

    repository: x
list: [1,2]
`;
    expect(setValue(text, ['image', 'tag'], '1.3')).toBe(
      text.replace("'1.2'", "'1.3'"),
    );
  });

  it.each<[string, string[], unknown, string]>([
    ['', ['a'], 1, 'a: 1\n'],
    ['# only\n', ['a', 'b'], 'on', '# only\n\na:\n  b: "on"\n'],
    ['a: {}\n', ['a', 'b'], 1, 'a:\n  b: 1\n'],
    ['a:\n', ['a', 'b'], 1, 'a:\n  b: 1\n'],
    ['a:\n', ['a'], 'x', 'a: x\n'],
    ['a: {b: 1}\n', ['a', 'c'], 2, 'a: {b: 1, c: 2}\n'],
    [
      'a:\n- x # 1\n- z # 3\n',
      ['a'],
      ['x', 'w', 'z'],
      'a:\n- x # 1\n- w\n- z # 3\n',
    ],
    ['a: |\n  x\n  y\nb: 1\n', ['a'], 'z', 'a: z\nb: 1\n'],
    ['a: x # why\n', ['a'], ['w'], 'a:\n  # why\n  - w\n'],
    // Helm reads YAML 1.1: a number in base 8, a flag, and an object that takes the values of another one.
    ['mode: 0644\non: no\n', ['a'], 'on', 'mode: 0644\non: no\na: "on"\n'],
    [
      'id: 12345678901234567890\n',
      ['a'],
      1,
      'id: 12345678901234567890\na: 1\n',
    ],
    [
      'a: &x\n  b: 1\nc:\n  <<: *x\n',
      ['c', 'd'],
      2,
      'a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n',
    ],
    ['a:\n  "<<": []\n', ['b'], 1, 'a:\n  "<<": []\nb: 1\n'],
    ['a: 1\n', ['<<'], 'x', 'a: 1\n"<<": x\n'],
    ['a: no\n', ['a'], true, 'a: true\n'],
    [
      'a: {b: [1], c: 2}\n',
      ['a', 'b'],
      [null, 1, null],
      'a: {b: [null, 1, null], c: 2}\n',
    ],
  ])('writes %j at %j', (text, path, value, expected) => {
    expect(setValue(text, path, value)).toBe(expected);
  });

  it('is read back as what was set, with every comment and every other value', () => {
    fc.assert(
      fc.property(
        commented,
        fc.array(key, { minLength: 1, maxLength: 3 }),
        fc.oneof(
          scalar,
          fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 3 }),
        ),
        (text, path, value) => {
          fc.pre(obstacle(text, ...path) === undefined);
          const before = read(text);
          const written = setValue(text, path, value);
          const after = read(written);
          expect(at(after, path)).toEqual(value);
          const others = ([name]: [string, unknown]) => name !== path[0];
          expect(Object.entries(after).filter(others)).toEqual(
            Object.entries(before).filter(others),
          );
          expect(commentsOf(written).sort()).toEqual(commentsOf(text).sort());
          const restored =
            at(before, path) === undefined ? removeValue(written, path) : text;
          expect(filled(read(restored))).toEqual(filled(before));
        },
      ),
    );
  });
});

describe('removeValue', () => {
  it.each<[string, string[], string]>([
    ['a: 1\n', ['a'], ''],
    ['# hi\n\na: 1\n', ['a'], '# hi\n'],
    ['# hi\na:\n  b: 1\n', ['a', 'b'], '# hi\n'],
    [
      'a:\n  # about b\n  b: 1\n  c: 2\n',
      ['a', 'b'],
      'a:\n  # about b\n  c: 2\n',
    ],
    ['a:\n  b: 1\nc: 2\n', ['a', 'b'], 'c: 2\n'],
    ['a: 1\n', ['b', 'c'], 'a: 1\n'],
  ])('of %j at %j', (text, path, expected) => {
    expect(removeValue(text, path)).toBe(expected);
  });
});

describe('what a form leaves to YAML', () => {
  it.each([
    ['a: &x {b: 1}\nc: *x\n', ['a', 'b'], 'shared'],
    ['a: &x {b: 1}\nc: *x\n', ['c', 'b'], 'shared'],
    ['a: &x 1\nc: *x\n', ['c'], 'shared'],
    ['a: &x 1\nc: *x\n', ['a'], 'shared'],
    ['a: text\n', ['a', 'b'], 'other'],
    ['a: [1]\n', ['a', '0'], 'other'],
    ['a: null\n', ['a', 'b'], undefined],
    ['a: 1\n', ['b', 'c'], undefined],
  ])('%j at %j', (text, path, expected) => {
    expect(obstacle(text, ...path)).toBe(expected);
  });

  it.each([
    ['a: [', 'invalid'],
    ['a: 1\na: 2\n', 'invalid'],
    ['a: 1\n---\nb: 1\n', 'several'],
    ['- a\n', 'other'],
    ['text', 'other'],
    ['a: *x', 'invalid'],
  ])('%j', (text, problem) => {
    expect(readValues(text)).toEqual({ problem });
  });

  it('is a long text, too', () => {
    expect(readValues(`a: ${'x'.repeat(100_000)}`)).toEqual({
      problem: 'long',
    });
  });

  it('finds the line of a value, or of what holds it', () => {
    const text = '# x\na:\n  b:\n    c: 1\n';
    expect(lineOf(text, ['a', 'b', 'c'])).toBe(4);
    expect(lineOf(text, ['a', 'z'])).toBe(2);
    expect(lineOf(text, ['z'])).toBe(5);
  });
});
