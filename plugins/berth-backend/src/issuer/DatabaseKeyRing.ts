import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  JSONWebKeySet,
  JWK,
} from 'jose';
import { Knex } from 'knex';
import { KeyCipher } from './KeyCipher';
import { KeyRing, SigningKey } from './types';

/** The one that API servers set up by flags accept without being told. */
const ALGORITHM = 'RS256';
const MODULUS_LENGTH = 2048;

interface KeyRow {
  kid: string;
  generation: number;
  algorithm: string;
  public_jwk: string;
  private_jwk_encrypted: string;
  created_at: string;
}

export interface DatabaseKeyRingOptions {
  database: Knex;
  cipher: KeyCipher;
  logger: LoggerService;
}

/** The key in the database, made on first start, once for all replicas. */
export class DatabaseKeyRing implements KeyRing {
  readonly #signing: SigningKey;
  readonly #public: JSONWebKeySet;

  private constructor(signing: SigningKey, published: JSONWebKeySet) {
    this.#signing = signing;
    this.#public = published;
  }

  static async create({
    database,
    cipher,
    logger,
  }: DatabaseKeyRingOptions): Promise<DatabaseKeyRing> {
    let rows = await readKeys(database);
    if (rows.length === 0) {
      await database<KeyRow>('signing_keys')
        .insert(await generateKey(cipher))
        .onConflict('generation')
        .ignore();
      rows = await readKeys(database);
      logger.info(`The issuer's first signing key is ${rows[0].kid}`);
    }
    return new DatabaseKeyRing(await openKey(rows[0], cipher), {
      keys: rows.map(row => JSON.parse(row.public_jwk)),
    });
  }

  async signingKey(): Promise<SigningKey> {
    return this.#signing;
  }

  async publicKeys(): Promise<JSONWebKeySet> {
    return this.#public;
  }
}

async function readKeys(database: Knex): Promise<KeyRow[]> {
  return database<KeyRow>('signing_keys').orderBy('generation', 'desc');
}

async function generateKey(cipher: KeyCipher): Promise<KeyRow> {
  const pair = await generateKeyPair(ALGORITHM, {
    modulusLength: MODULUS_LENGTH,
    extractable: true,
  });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk, 'sha256');
  const published: JWK = { ...publicJwk, kid, alg: ALGORITHM, use: 'sig' };
  return {
    kid,
    generation: 1,
    algorithm: ALGORITHM,
    public_jwk: JSON.stringify(published),
    private_jwk_encrypted: await cipher.encrypt(
      await exportJWK(pair.privateKey),
    ),
    created_at: new Date().toISOString(),
  };
}

async function openKey(row: KeyRow, cipher: KeyCipher): Promise<SigningKey> {
  const { kid, algorithm } = row;
  try {
    const jwk = await cipher.decrypt(row.private_jwk_encrypted);
    const privateKey = await importJWK(jwk, algorithm);
    return { kid, algorithm, privateKey };
  } catch (error) {
    throw new ForwardedError(
      `The issuer's signing key ${kid} cannot be decrypted: is berth.keys.encryptionSecret the one it was encrypted under?`,
      error,
    );
  }
}
