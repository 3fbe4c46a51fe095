import { createHmac, hkdfSync } from 'node:crypto';

const PURPOSE = 'berth helm previews';
const KEY_BYTES = 32;

/**
 * Returns the key of the digests of previews. People see digests, and a digest covers values that hold secrets: without
 * the key, nobody can try values until the digest is the same.
 *
 * @param secret - the first of `berth.keys.encryptionSecret`
 */
export function digestKeyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES));
}

/** Returns the digest of what a person decides on. */
export function digestOf(key: Buffer, decided: unknown): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(decided))
    .digest('base64url');
}
