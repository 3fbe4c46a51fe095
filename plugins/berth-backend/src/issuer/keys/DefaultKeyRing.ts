import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, NotFoundError } from '@backstage/errors';
import { importJWK } from 'jose';
import { DatabaseKeyStore, StoredKey } from './DatabaseKeyStore';
import { KeyPolicy, maintenance, revocation, rotation } from './keyChanges';
import { KeyCipher } from '../../crypto/KeyCipher';
import { isPublished, keyStates } from './keyStates';
import {
  KeyRing,
  KeyRingAdministration,
  KeySummary,
  PublishedKeys,
  SigningKey,
} from './types';

/** The interval at which a replica reads the ring, and notices changes of another replica. */
const REFRESH_AFTER_MS = 5_000;

/** How long a replica that cannot read the ring continues with the last one that it read. */
const TRUST_FOR_MS = 60_000;

export interface DefaultKeyRingOptions {
  store: DatabaseKeyStore;
  cipher: KeyCipher;
  policy: KeyPolicy;
  logger: LoggerService;
}

/**
 * A key ring that all replicas share through the database. It always has a standby key that verifiers already
 * know, so that nobody notices a rotation and an emergency revocation causes no outage.
 */
export class DefaultKeyRing implements KeyRing, KeyRingAdministration {
  readonly #options: DefaultKeyRingOptions;
  readonly #privateKeys = new Map<string, SigningKey>();
  #keys: StoredKey[] = [];
  #readAt = 0;
  #triedAt = 0;
  #reading?: Promise<void>;

  private constructor(options: DefaultKeyRingOptions) {
    this.#options = options;
  }

  static async create(options: DefaultKeyRingOptions): Promise<DefaultKeyRing> {
    const ring = new DefaultKeyRing(options);
    await ring.maintain();
    await ring.signingKey();
    return ring;
  }

  /**
   * Opens the existing ring, without maintenance.
   *
   * @throws Error naming a private key that cannot be decrypted
   */
  static async open(options: DefaultKeyRingOptions): Promise<DefaultKeyRing> {
    const ring = new DefaultKeyRing(options);
    ring.#remember(await options.store.list());
    const usable = ring.#keys.filter(key => key.encryptedPrivateJwk);
    await Promise.all(usable.map(key => ring.#open(key)));
    return ring;
  }

  /** Creates, rotates and removes keys by the policy. Call it regularly. */
  async maintain(): Promise<void> {
    await this.#options.store.reencrypt();
    await this.#change((keys, now) =>
      maintenance(keys, this.#options.policy, now),
    );
  }

  async signingKey(): Promise<SigningKey> {
    await this.#refresh();
    if (Date.now() - this.#readAt > TRUST_FOR_MS) {
      throw new Error(
        'Cannot read the signing keys from the database for a minute, so the issuer signs nothing',
      );
    }
    const states = keyStates(this.#keys, new Date());
    const active = this.#keys.find(key => states.get(key.kid) === 'active');
    if (!active) {
      throw new Error('The key ring has no active key');
    }
    return this.#open(active);
  }

  async publishedKeys(): Promise<PublishedKeys> {
    await this.#refresh();
    const states = keyStates(this.#keys, new Date());
    const published = this.#keys.filter(key =>
      isPublished(states.get(key.kid)),
    );
    return {
      jwks: { keys: published.map(key => key.publicJwk) },
      algorithms: [...new Set(published.map(key => key.algorithm))],
    };
  }

  async list(): Promise<KeySummary[]> {
    return summarize(await this.#options.store.list());
  }

  async rotate(): Promise<KeySummary[]> {
    return this.#change((keys, now) =>
      rotation(keys, this.#options.policy, now),
    );
  }

  async revoke(kids: string[]): Promise<KeySummary[]> {
    return this.#change((keys, now) => {
      const unknown = kids.find(kid => !keys.some(key => key.kid === kid));
      if (unknown) {
        throw new NotFoundError(`There is no signing key ${unknown}`);
      }
      return revocation(keys, kids, now);
    });
  }

  async #change(
    computeChanges: Parameters<DatabaseKeyStore['change']>[1],
  ): Promise<KeySummary[]> {
    const { store, policy, logger } = this.#options;
    const before = summarize(this.#keys);
    this.#remember(await store.change(policy.algorithm, computeChanges));
    const after = summarize(this.#keys);
    for (const key of after) {
      const was = before.find(({ kid }) => kid === key.kid)?.state;
      if (was !== key.state) {
        logger.info(`Signing key ${key.kid} is ${key.state}`);
      }
    }
    return after;
  }

  async #refresh(): Promise<void> {
    if (!this.#reading && Date.now() - this.#triedAt < REFRESH_AFTER_MS) {
      return;
    }
    this.#triedAt = Date.now();
    this.#reading ??= this.#options.store
      .list()
      .then(keys => this.#remember(keys))
      .catch(error =>
        this.#options.logger.warn('Cannot read the key ring', error),
      )
      .finally(() => {
        this.#reading = undefined;
      });
    await this.#reading;
  }

  #remember(keys: StoredKey[]): void {
    this.#keys = keys;
    // A revoked key has no private part any more.
    const usable = new Set(
      keys.filter(key => key.encryptedPrivateJwk).map(({ kid }) => kid),
    );
    for (const kid of this.#privateKeys.keys()) {
      if (!usable.has(kid)) {
        this.#privateKeys.delete(kid);
      }
    }
    this.#readAt = Date.now();
    this.#triedAt = this.#readAt;
  }

  async #open(key: StoredKey): Promise<SigningKey> {
    const { kid, algorithm, encryptedPrivateJwk } = key;
    const opened = this.#privateKeys.get(kid);
    if (opened) {
      return opened;
    }
    try {
      const jwk = await this.#options.cipher.decrypt(encryptedPrivateJwk!);
      const privateKey = await importJWK(jwk, algorithm);
      const signingKey = { kid, algorithm, privateKey };
      this.#privateKeys.set(kid, signingKey);
      return signingKey;
    } catch (error) {
      throw new ForwardedError(
        `The signing key ${kid} cannot be decrypted: is the secret that it was encrypted under still in berth.keys.encryptionSecret or, in development without that setting, in .berth/encryption-secret?`,
        error,
      );
    }
  }
}

function summarize(keys: StoredKey[]): KeySummary[] {
  const states = keyStates(keys, new Date());
  return keys.map(
    ({ kid, generation, algorithm, createdAt, activatesAt, revokedAt }) => ({
      kid,
      generation,
      algorithm,
      createdAt,
      activatesAt,
      revokedAt,
      state: states.get(kid)!,
    }),
  );
}
