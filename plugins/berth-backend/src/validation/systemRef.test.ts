import { InputError } from '@backstage/errors';
import { HOSTILE_NAMES } from '../text/__testUtils__/hostileNames';
import { normalizeSystemRef } from './systemRef';

const RULE =
  'is not a system\'s entity ref: write system:<namespace>/<name>, each part at most 63 ASCII letters, digits, "-", "_" and "."';

describe('normalizeSystemRef', () => {
  it.each([
    ['system:default/shop', 'system:default/shop'],
    ['shop', 'system:default/shop'],
    ['acme/shop', 'system:acme/shop'],
    ['system:shop', 'system:default/shop'],
    ['System:Acme/Shop_2.0', 'system:acme/shop_2.0'],
    [
      `${'n'.repeat(63)}/${'s'.repeat(63)}`,
      `system:${'n'.repeat(63)}/${'s'.repeat(63)}`,
    ],
  ])('reads %s as %s', (typed, expected) => {
    expect(normalizeSystemRef(typed)).toBe(expected);
    expect(normalizeSystemRef(expected)).toBe(expected);
  });

  it.each([
    ['nothing', '', '""'],
    ['space', ' shop', '" shop"'],
    ['another kind', 'component:default/shop', '"component:default/shop"'],
    ['a kind like it', 'systems:default/shop', '"systems:default/shop"'],
    ['a kind alone', 'system:', '"system:"'],
    ['no name', 'system:default/', '"system:default/"'],
    ['no namespace', 'system:/shop', '"system:/shop"'],
    ['two kinds', 'system:system:shop', '"system:system:shop"'],
    ['two slashes', 'system:a/b/c', '"system:a/b/c"'],
    ['a namespace with a dot', 'a.b/shop', '"a.b/shop"'],
    ['a wildcard', '*', '"*"'],
    ['a hyphen first', '-shop', '"-shop"'],
    ['a line more', 'shop\nkind: Group', '"shop\\nkind: Group"'],
    ['NUL', 'shop\u0000', '"shop\\u0000"'],
    ['a zero-width space', 'sh\u200bop', '"sh\\u{200b}op"'],
    ['a Cyrillic homoglyph', 'sh\u043ep', '"sh\\u{43e}p"'],
    ['what lowercases to k', 'system:default/\u212a8s', '"system:default/\\u{'],
    ['a long s', '\u017fystem:default/shop', '"\\u{17f}ystem:default/shop"'],
    ['64 characters', 's'.repeat(64), `"${'s'.repeat(64)}"`],
    ['a long namespace', `${'n'.repeat(64)}/s`, `"${'n'.repeat(64)}/s"`],
    ['10000 characters', 's'.repeat(10_000), `"${'s'.repeat(79)}...`],
    ['a JWT', `eyJhbGciOiJSUzI1NiJ9.${'e'.repeat(64)}.c2ln`, '(not shown'],
  ])('refuses %s', (_, typed, shown) => {
    expect(() => normalizeSystemRef(typed)).toThrow(InputError);
    expect(() => normalizeSystemRef(typed)).toThrow(shown);
    expect(() => normalizeSystemRef(typed)).toThrow(RULE);
  });

  it.each(HOSTILE_NAMES)('maps %s to no other ref', (_, name) => {
    const outcome = outcomeOf(`system:default/${name}`);
    expect([`system:default/${name.toLowerCase()}`, 'refused']).toContain(
      outcome,
    );
    expect(outcome).toMatch(/^(system:default\/[-a-z0-9_.]{1,63}|refused)$/);
  });
});

function outcomeOf(typed: string): string {
  try {
    return normalizeSystemRef(typed);
  } catch (error) {
    return error instanceof InputError ? 'refused' : String(error);
  }
}
