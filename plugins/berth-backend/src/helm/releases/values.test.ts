import { DecodedRelease } from './types';
import { valuesOf, valuesYaml } from './values';

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
