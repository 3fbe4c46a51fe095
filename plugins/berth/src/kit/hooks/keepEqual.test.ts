import * as fc from 'fast-check';
import { keepEqual } from './keepEqual';

const json = fc.jsonValue();

describe('keepEqual', () => {
  it('returns the new value', () => {
    fc.assert(
      fc.property(json, json, (before, now) => {
        expect(keepEqual(before, now)).toEqual(now);
      }),
    );
  });

  it('gives the former where nothing changed', () => {
    fc.assert(
      fc.property(json, before => {
        const copy = JSON.parse(JSON.stringify(before));
        expect(Object.is(keepEqual(before, copy), before)).toBe(true);
      }),
    );
  });

  it('keeps the items that did not change', () => {
    const before = { items: [{ a: 1 }, { b: [2] }], totalItems: 2 };
    const now = keepEqual(before, {
      items: [{ a: 1 }, { b: [3] }],
      totalItems: 2,
    });
    expect(now).not.toBe(before);
    expect(now.items[0]).toBe(before.items[0]);
    expect(now.items[1]).toEqual({ b: [3] });
  });

  it('sees what went and what is undefined', () => {
    expect(keepEqual({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(keepEqual({ a: undefined }, { b: undefined })).toStrictEqual({
      b: undefined,
    });
  });

  it('leaves alone what is no JSON', () => {
    const date = new Date(0);
    expect(keepEqual(new Date(0), date)).toBe(date);
  });
});
