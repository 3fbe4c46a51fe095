import { storedName, storedText } from './storedText';

describe('storedName', () => {
  it.each([
    ['web', 'web'],
    ['', ''],
    ['1.2.3+ü', '1.2.3+ü'],
    ['we\0b\u202e\n\u2028c\u0085', 'we b c'],
    ['a\ud800b', 'a b'],
    ['a😀', 'a😀'],
  ])('stores %j as %j', (text, stored) => {
    expect(storedName(text)).toBe(stored);
  });

  it('cuts a name to the length of its column', () => {
    expect(storedName('a'.repeat(255))).toBe('a'.repeat(255));
    expect(storedName('a'.repeat(256))).toBe(`${'a'.repeat(254)}…`);
    expect(storedName('abcd', 3)).toBe('ab…');
  });
});

describe('storedText', () => {
  it('keeps lines and tabs, and no other control characters', () => {
    expect(storedText('a\tb\nc\0d\u007fe\u0085f\ud800g é😀')).toBe(
      'a\tb\nc d e f g é😀',
    );
  });
});
