import { ConflictError } from '@backstage/errors';
import { JWK } from 'jose';
import { Knex } from 'knex';
import { KeyChanges } from './keyChanges';
import { KeyCipher } from '../../crypto/KeyCipher';
import { generateKeyMaterial } from './keyMaterial';
import { KeyAlgorithm, KeyTimes } from './types';

interface KeyRow {
  kid: string;
  generation: number;
  algorithm: KeyAlgorithm;
  public_jwk: string;
  private_jwk_encrypted: string | null;
  created_at: string;
  activates_at: string | null;
  revoked_at: string | null;
}

export interface StoredKey extends KeyTimes {
  algorithm: KeyAlgorithm;
  publicJwk: JWK;
  /** Undefined once revoked. */
  encryptedPrivateJwk?: string;
}

/** The number of attempts to compute a change after another replica changed the ring first. */
const ATTEMPTS = 5;

/** The rows of the key ring, and atomic changes to them. */
export class DatabaseKeyStore {
  readonly #database: Knex;
  readonly #cipher: KeyCipher;

  constructor(database: Knex, cipher: KeyCipher) {
    this.#database = database;
    this.#cipher = cipher;
  }

  async list(): Promise<StoredKey[]> {
    return readKeys(this.#database);
  }

  /**
   * Computes changes from the current keys and writes them in one transaction. If another replica changed the
   * ring in between, computes them again from its result.
   *
   * @throws ConflictError if other replicas keep changing the ring first
   */
  async change(
    algorithm: KeyAlgorithm,
    computeChanges: (keys: StoredKey[], now: Date) => KeyChanges,
  ): Promise<StoredKey[]> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const now = new Date();
      const keys = await this.list();
      const changes = computeChanges(keys, now);
      if (isEmpty(changes)) {
        return keys;
      }
      const generation = Math.max(0, ...keys.map(key => key.generation));
      const rows = await Promise.all(
        changes.create.map(({ activatesAt }, index) =>
          this.#newRow(algorithm, generation + 1 + index, now, activatesAt),
        ),
      );
      if (await this.#write(keys, changes, rows, now)) {
        return this.list();
      }
    }
    throw new ConflictError(
      'Other replicas are changing the key ring; try again in a moment',
    );
  }

  /** Encrypts private keys of an earlier secret again, with the first secret. */
  async reencrypt(): Promise<void> {
    for (const { kid, encryptedPrivateJwk } of await this.list()) {
      if (encryptedPrivateJwk && this.#cipher.isOutdated(encryptedPrivateJwk)) {
        const privateJwk = await this.#cipher.decrypt(encryptedPrivateJwk);
        await this.#database<KeyRow>('signing_keys')
          .where({ kid, private_jwk_encrypted: encryptedPrivateJwk })
          .update({
            private_jwk_encrypted: await this.#cipher.encrypt(privateJwk),
          });
      }
    }
  }

  async #newRow(
    algorithm: KeyAlgorithm,
    generation: number,
    now: Date,
    activatesAt?: Date,
  ): Promise<KeyRow> {
    const material = await generateKeyMaterial(algorithm);
    return {
      kid: material.kid,
      generation,
      algorithm,
      public_jwk: JSON.stringify(material.publicJwk),
      private_jwk_encrypted: await this.#cipher.encrypt(material.privateJwk),
      created_at: now.toISOString(),
      activates_at: activatesAt?.toISOString() ?? null,
      revoked_at: null,
    };
  }

  /** @returns false if the ring has changed since it was read */
  async #write(
    read: StoredKey[],
    changes: KeyChanges,
    rows: KeyRow[],
    now: Date,
  ): Promise<boolean> {
    return this.#database.transaction(async transaction => {
      const table = () => transaction<KeyRow>('signing_keys');
      await lockRing(transaction);
      if (fingerprint(await readKeys(transaction)) !== fingerprint(read)) {
        return false;
      }
      for (const [kid, activatesAt] of changes.activate) {
        await table()
          .where({ kid })
          .update({ activates_at: activatesAt.toISOString() });
      }
      await table()
        .whereIn('kid', changes.revoke)
        .update({ revoked_at: now.toISOString(), private_jwk_encrypted: null });
      await table().whereIn('kid', changes.remove).delete();
      if (rows.length > 0) {
        await table().insert(rows);
      }
      return true;
    });
  }
}

/** SQLite allows only one writer at a time. */
async function lockRing(transaction: Knex.Transaction): Promise<void> {
  if (transaction.client.config.client === 'pg') {
    await transaction.raw(
      'LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE',
    );
  }
}

async function readKeys(database: Knex): Promise<StoredKey[]> {
  const rows = await database<KeyRow>('signing_keys').orderBy('generation');
  return rows.map(row => ({
    kid: row.kid,
    generation: row.generation,
    algorithm: row.algorithm,
    publicJwk: JSON.parse(row.public_jwk),
    encryptedPrivateJwk: row.private_jwk_encrypted ?? undefined,
    createdAt: new Date(row.created_at),
    activatesAt: row.activates_at ? new Date(row.activates_at) : undefined,
    revokedAt: row.revoked_at ? new Date(row.revoked_at) : undefined,
  }));
}

function fingerprint(keys: StoredKey[]): string {
  return JSON.stringify(
    keys.map(key => [key.kid, key.activatesAt, key.revokedAt]),
  );
}

function isEmpty({ create, activate, revoke, remove }: KeyChanges): boolean {
  return create.length + activate.size + revoke.length + remove.length === 0;
}
