import { KeyCipher } from './KeyCipher';

const secret = 'a secret that is thirty-two characters or more';
const privateJwk = { kty: 'oct', k: 'cHJpdmF0ZQ' };

function cipherOf(...secrets: string[]) {
  return KeyCipher.fromSecrets({ secrets, production: true });
}

describe('KeyCipher', () => {
  it('decrypts its own output', async () => {
    const cipher = cipherOf(secret);
    const encrypted = await cipher.encrypt(privateJwk);
    expect(encrypted).not.toContain('cHJpdmF0ZQ');
    await expect(cipher.decrypt(encrypted)).resolves.toEqual(privateJwk);
  });

  it('decrypts with an earlier secret, and reports the text as outdated', async () => {
    const encrypted = await cipherOf(secret).encrypt(privateJwk);
    const cipher = cipherOf(`${secret}!`, secret);
    await expect(cipher.decrypt(encrypted)).resolves.toEqual(privateJwk);
    expect(cipher.isOutdated(encrypted)).toBe(true);
    expect(cipher.isOutdated(await cipher.encrypt(privateJwk))).toBe(false);
  });

  it('does not decrypt with another secret, or a changed text', async () => {
    const encrypted = await cipherOf(secret).encrypt(privateJwk);
    await expect(cipherOf(`${secret}!`).decrypt(encrypted)).rejects.toThrow(
      'under a secret that is not configured',
    );
    const parts = encrypted.split('.');
    parts[3] = `${parts[3][0] === 'A' ? 'B' : 'A'}${parts[3].slice(1)}`;
    await expect(cipherOf(secret).decrypt(parts.join('.'))).rejects.toThrow(
      'decryption',
    );
  });

  it.each([
    [[], 'is not set'],
    [[''], 'is not set'],
    [['short'], 'has 5 characters'],
    [[secret, 'short'], 'has 5 characters'],
    [[`development-only ${secret}`], 'is a secret of development'],
  ])(
    'S12 does not start production with the secrets %j',
    (secrets, message) => {
      expect(() =>
        KeyCipher.fromSecrets({ secrets, production: true }),
      ).toThrow(message);
    },
  );

  it('lets development use its own secret', () => {
    expect(() =>
      KeyCipher.fromSecrets({
        secrets: [`development-only ${secret}`],
        production: false,
      }),
    ).not.toThrow();
  });
});
