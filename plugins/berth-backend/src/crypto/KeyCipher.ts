import {
  CompactEncrypt,
  compactDecrypt,
  decodeProtectedHeader,
  JWK,
} from 'jose';
import { createHash, hkdfSync } from 'node:crypto';

/** Marks secrets for development, which production refuses. */
export const DEVELOPMENT_MARK = 'development-only';
const MINIMUM_LENGTH = 32;
const SIGNING_KEYS = 'berth signing keys';

export interface KeyCipherOptions {
  /** `berth.keys.encryptionSecret`: the first encrypts, all decrypt. */
  secrets: string[];
  production: boolean;
  /** The use of the derived key: each purpose has its own key. The signing keys by default. */
  purpose?: string;
}

interface ContentKey {
  id: string;
  bytes: Uint8Array;
}

/** Encrypts private keys and other secrets at rest: JWE with direct A256GCM and a key derived by HKDF-SHA-256. */
export class KeyCipher {
  readonly #keys: ContentKey[];

  private constructor(keys: ContentKey[]) {
    this.#keys = keys;
  }

  /** @throws Error if a secret is missing or too short, or if production has the development secret */
  static fromSecrets({
    secrets,
    production,
    purpose = SIGNING_KEYS,
  }: KeyCipherOptions): KeyCipher {
    if (secrets.length === 0 || secrets.includes('')) {
      throw new Error(
        'berth.keys.encryptionSecret is not set: without it the issuer cannot keep its private keys. Set it to at least 32 random characters, such as the output of `openssl rand -base64 32`',
      );
    }
    for (const secret of secrets) {
      if (secret.length < MINIMUM_LENGTH) {
        throw new Error(
          `berth.keys.encryptionSecret has ${secret.length} characters, but it must have at least ${MINIMUM_LENGTH}`,
        );
      }
      if (production && secret.includes(DEVELOPMENT_MARK)) {
        throw new Error(
          'berth.keys.encryptionSecret is a secret of development; production needs its own',
        );
      }
    }
    return new KeyCipher(
      secrets.map(secret => deriveContentKey(secret, purpose)),
    );
  }

  async encrypt(secret: object): Promise<string> {
    const [{ id, bytes }] = this.#keys;
    const plaintext = new TextEncoder().encode(JSON.stringify(secret));
    return new CompactEncrypt(plaintext)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: id })
      .encrypt(bytes);
  }

  /** @throws Error if none of the secrets encrypted it */
  async decrypt<Secret extends object = JWK>(
    encrypted: string,
  ): Promise<Secret> {
    const { kid } = decodeProtectedHeader(encrypted);
    const key = this.#keys.find(({ id }) => id === kid);
    if (!key) {
      throw new Error('It was encrypted under a secret that is not configured');
    }
    const { plaintext } = await compactDecrypt(encrypted, key.bytes, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  }

  /** Returns whether another secret than the first encrypted it. */
  isOutdated(encrypted: string): boolean {
    return decodeProtectedHeader(encrypted).kid !== this.#keys[0].id;
  }
}

function deriveContentKey(secret: string, purpose: string): ContentKey {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { id, bytes };
}
