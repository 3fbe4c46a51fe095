import { cleanMeta } from './activityRow';

describe('cleanMeta', () => {
  it('keeps what is small as it is', () => {
    const meta = { added: ['group:default/team-a'], removed: [], adopt: false };
    expect(cleanMeta(meta)).toEqual(meta);
  });

  it('names what does not fit', () => {
    const big = Array.from({ length: 1_000 }, (_, index) => `group:x/${index}`);
    expect(cleanMeta({ first: 1, added: big, last: 2 })).toEqual({
      first: 1,
      last: 2,
      omitted: ['added'],
    });
  });

  it('bounds how deep it goes', () => {
    const deep = { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } };
    expect(cleanMeta(deep)).toEqual({
      a: { b: { c: { d: { e: { f: { g: '[…]' } } } } } },
    });
  });
});
