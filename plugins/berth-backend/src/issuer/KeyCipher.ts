import { CompactEncrypt, compactDecrypt, JWK } from 'jose';
import { hkdfSync } from 'node:crypto';

/** Marks the secret of the development configuration, which production must not use. */
const DEVELOPMENT_MARK = 'development-only';
const MINIMUM_LENGTH = 32;

export interface KeyCipherOptions {
  /** `berth.keys.encryptionSecret`. */
  secret: string | undefined;
  production: boolean;
}

/** Encrypts private keys at rest: JWE with direct A256GCM under a key derived by HKDF-SHA-256. */
export class KeyCipher {
  readonly #key: Uint8Array;

  private constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** @throws Error if the secret is missing, short or, in production, the development one */
  static fromSecret({ secret, production }: KeyCipherOptions): KeyCipher {
    if (!secret) {
      throw new Error(
        'berth.keys.encryptionSecret is not set: without it the issuer cannot keep its private keys. Set it to at least 32 random characters, such as the output of `openssl rand -base64 32`',
      );
    }
    if (secret.length < MINIMUM_LENGTH) {
      throw new Error(
        `berth.keys.encryptionSecret has ${secret.length} characters, but it must have at least ${MINIMUM_LENGTH}`,
      );
    }
    if (production && secret.includes(DEVELOPMENT_MARK)) {
      throw new Error(
        'berth.keys.encryptionSecret is the one of the development configuration; production needs its own',
      );
    }
    const key = hkdfSync('sha256', secret, '', 'berth signing keys', 32);
    return new KeyCipher(new Uint8Array(key));
  }

  async encrypt(privateJwk: JWK): Promise<string> {
    const plaintext = new TextEncoder().encode(JSON.stringify(privateJwk));
    return new CompactEncrypt(plaintext)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.#key);
  }

  /** @throws JWEDecryptionFailed if it was encrypted under another secret */
  async decrypt(encrypted: string): Promise<JWK> {
    const { plaintext } = await compactDecrypt(encrypted, this.#key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  }
}
