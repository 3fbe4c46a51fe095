import { DecodedRelease } from './types';
import { schemaText, valuesOf, valuesYaml } from './values';

const release = {
  defaults: {
    a: 1,
    image: { tag: '1', pull: 'Always' },
    list: [1, 2],
    gone: 3,
  },
  config: { image: { tag: '2' }, list: [9], gone: null, more: true },
} as unknown as DecodedRelease;

describe('the values of a release', () => {
  it('are those of people, or also those of the chart, merged as Helm does', () => {
    expect(valuesOf(release, false)).toBe(release.config);
    expect(valuesOf(release, true)).toEqual({
      a: 1,
      image: { tag: '2', pull: 'Always' },
      list: [9],
      more: true,
    });
  });

  it('have the schema of the chart, unless it is very long', () => {
    const stored = (schema?: string) =>
      schemaText({ packed: { schema } } as unknown as DecodedRelease);
    expect(stored(Buffer.from('{"title":"ä"}').toString('base64'))).toBe(
      '{"title":"ä"}',
    );
    expect(stored('A'.repeat(1024 * 1024 + 4))).toBeUndefined();
    expect(stored()).toBeUndefined();
  });

  it('do not change the prototype of objects', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}}');
    const all = valuesOf(
      { defaults: {}, config: hostile } as unknown as DecodedRelease,
      true,
    );
    expect((all as any).polluted).toBeUndefined();
    expect(({} as any).polluted).toBeUndefined();
  });

  it('are YAML with sorted keys, and JSON if there are very many', () => {
    expect(valuesYaml({ b: 'no', a: { d: 1, c: [] } })).toBe(
      'a:\n  c: []\n  d: 1\nb: "no"\n',
    );
    const many = Object.fromEntries(
      Array.from({ length: 6_000 }, (_, index) => [`k${index}`, index]),
    );
    expect(JSON.parse(valuesYaml(many))).toEqual(many);
  });
});
