import { cleanMeta } from './activityRow';

describe('cleanMeta', () => {
  it('keeps small values unchanged', () => {
    const meta = { added: ['group:default/team-a'], removed: [], adopt: false };
    expect(cleanMeta(meta)).toEqual(meta);
  });

  it('names values that do not fit', () => {
    const big = Array.from({ length: 1_000 }, (_, index) => `group:x/${index}`);
    expect(cleanMeta({ first: 1, added: big, last: 2 })).toEqual({
      first: 1,
      last: 2,
      omitted: ['added'],
    });
  });

  it('limits the depth', () => {
    const deep = { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } };
    expect(cleanMeta(deep)).toEqual({
      a: { b: { c: { d: { e: { f: { g: '[…]' } } } } } },
    });
  });
});
