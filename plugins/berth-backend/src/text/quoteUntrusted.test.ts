import { quoteUntrusted } from './quoteUntrusted';

describe('shown', () => {
  it.each([
    ['plain', '"plain"'],
    ['a"b', '"a\\"b"'],
    ['te\u200bam', '"te\\u{200b}am"'],
    [undefined, 'undefined'],
    [{ a: 1 }, '{"a":1}'],
    ['x'.repeat(200), `"${'x'.repeat(79)}...`],
  ])('%j → %s', (value, expected) => {
    expect(quoteUntrusted(value)).toBe(expected);
  });

  it.each([
    ['PEM', '-----BEGIN PRIVATE KEY-----\nMIIE'],
    ['base64 of PEM', Buffer.from('-----BEGIN RSA').toString('base64')],
    ['a JWT', 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
  ])('S46 never shows %s', (_, value) => {
    expect(quoteUntrusted(value)).toBe(
      '(not shown: looks like a certificate, key or token)',
    );
  });
});
