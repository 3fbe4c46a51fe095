import { createHash } from 'node:crypto';
import { keyThumbprintInput, keyWords } from './keyWords';

const wordOf = (byte: number) => keyWords(Uint8Array.of(byte))[0];

describe('keyWords', () => {
  it('has 256 distinct words of three to seven lowercase letters', () => {
    const words = Array.from({ length: 256 }, (_, byte) => wordOf(byte));
    expect(new Set(words).size).toBe(256);
    expect(words.filter(word => !/^[a-z]{3,7}$/.test(word))).toEqual([]);
  });

  it('names the first four bytes of a thumbprint, in their order', () => {
    const thumbprint = new Uint8Array(32).fill(7);
    thumbprint.set([0, 255, 1, 0]);
    expect(keyWords(thumbprint)).toEqual(['acorn', 'zipper', 'album', 'acorn']);
  });
});

describe('keyThumbprintInput', () => {
  it('leads to the thumbprint of RFC 7638', () => {
    // The key of RFC 7517, appendix A.1.
    const input = keyThumbprintInput({
      x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
      y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
    });
    expect(createHash('sha256').update(input).digest('base64url')).toBe(
      'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
    );
  });
});
