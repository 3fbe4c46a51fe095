import { KeyCipher } from './KeyCipher';

const secret = 'a secret that is thirty-two characters or more';

describe('KeyCipher', () => {
  it('reads what it wrote', async () => {
    const cipher = KeyCipher.fromSecret({ secret, production: true });
    const encrypted = await cipher.encrypt({ kty: 'oct', k: 'cHJpdmF0ZQ' });
    expect(encrypted).not.toContain('cHJpdmF0ZQ');
    await expect(cipher.decrypt(encrypted)).resolves.toEqual({
      kty: 'oct',
      k: 'cHJpdmF0ZQ',
    });
  });

  it('does not read what another secret wrote, nor what was changed', async () => {
    const cipher = KeyCipher.fromSecret({ secret, production: true });
    const other = KeyCipher.fromSecret({
      secret: `${secret}!`,
      production: true,
    });
    const encrypted = await cipher.encrypt({ kty: 'oct', k: 'cHJpdmF0ZQ' });
    await expect(other.decrypt(encrypted)).rejects.toThrow('decryption');
    const parts = encrypted.split('.');
    parts[3] = `${parts[3][0] === 'A' ? 'B' : 'A'}${parts[3].slice(1)}`;
    await expect(cipher.decrypt(parts.join('.'))).rejects.toThrow('decryption');
  });

  it.each([
    [undefined, 'is not set'],
    ['', 'is not set'],
    ['short', 'has 5 characters'],
    [`development-only ${secret}`, 'is the one of the development'],
  ])('S12 does not start production with the secret %j', (given, message) => {
    expect(() =>
      KeyCipher.fromSecret({ secret: given, production: true }),
    ).toThrow(message);
  });
});
