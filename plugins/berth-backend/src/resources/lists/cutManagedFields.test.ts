import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { cutManagedFields } from './cutManagedFields';

const cut = (text: string) => cutManagedFields(Buffer.from(text)).toString();

/** The same on parsed values. */
function withoutManagedFields(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, part) =>
    key === 'managedFields' && Array.isArray(part) ? [] : part,
  );
}

/** JSON in which the key, brackets, quotes and backslashes come up everywhere. */
const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        '"managedFields":[',
        'managedFields',
        '\\"managedFields":[',
        '\\',
        ']',
        '[',
        '"',
        'ä→😀',
      ),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        fc.constant('managedFields'),
        fc.constantFrom('x"managedFields', 'metadata', '\\', 'a\\'),
        fc.string(),
      ),
      tie('json'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('cutManagedFields', () => {
  it('S32 changes nothing but arrays with this name, whatever the JSON holds', () => {
    fc.assert(
      fc.property(json, value => {
        const text = JSON.stringify(value);
        expect(JSON.parse(cut(text))).toEqual(withoutManagedFields(value));
      }),
    );
  });

  it('returns texts without the key, and broken ones, as they are', () => {
    for (const text of [
      '{"a":1}',
      '{"managedFields":[{"a":"]',
      '{"managedFields":["a\\',
      '"managedFields":[',
    ]) {
      expect(cut(text)).toBe(text);
    }
  });

  it('S32 reads a broken text of 8 MiB only once', async () => {
    const key = '"managedFields":[';
    const text = key.repeat((8 * 1024 * 1024) / key.length);
    // In a time that grows with the square of the size, the test would reach its timeout.
    expect(cut(text)).toBe(text);
    await setImmediate();
  });

  it('cuts most of the metadata of pods', () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({
      metadata: {
        name: `p-${index}`,
        managedFields: [{ fieldsV1: { f: 'x'.repeat(4_000) } }],
      },
    }));
    const text = JSON.stringify({ rows });
    expect(cut(text).length).toBeLessThan(text.length / 50);
  });
});
