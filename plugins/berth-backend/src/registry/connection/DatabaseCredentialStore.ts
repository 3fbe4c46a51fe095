import { Knex } from 'knex';
import { KeyCipher } from '../../crypto/KeyCipher';
import { redact } from '../../kube';
import {
  CredentialRecord,
  CredentialStore,
  StoredCredential,
} from '../../model/credentials';
import { renewalTime } from './renewal';

interface CredentialRow {
  cluster_id: string;
  strategy: string;
  encrypted: string;
  issued_at: string | null;
  expires_at: string | null;
  renew_at: string | null;
  failing_since: string | null;
  message: string | null;
  updated_at: string;
}

/** The encrypted content. It contains the cluster id, so that a row cannot be moved to another cluster. */
interface Content {
  clusterId: string;
  credential: StoredCredential;
}

/** Credentials in the table `cluster_credentials`. */
export class DatabaseCredentialStore implements CredentialStore {
  readonly #knex: Knex;
  readonly #cipher: KeyCipher;

  static create(knex: Knex, cipher: KeyCipher): DatabaseCredentialStore {
    return new DatabaseCredentialStore(knex, cipher);
  }

  private constructor(knex: Knex, cipher: KeyCipher) {
    this.#knex = knex;
    this.#cipher = cipher;
  }

  async get(clusterId: string): Promise<StoredCredential | undefined> {
    const row = await this.#rows().where({ cluster_id: clusterId }).first();
    if (!row) {
      return undefined;
    }
    const content = await this.#cipher.decrypt<Content>(row.encrypted);
    if (content.clusterId !== clusterId) {
      throw new Error(
        `The credential stored for the cluster with the id ${clusterId} belongs to another cluster`,
      );
    }
    return content.credential;
  }

  async list(): Promise<CredentialRecord[]> {
    const rows = await this.#rows().orderBy('cluster_id');
    return rows.map(toRecord);
  }

  async renew(
    clusterId: string,
    renewed: StoredCredential,
    { issuedAt }: Pick<StoredCredential, 'issuedAt'>,
  ): Promise<boolean> {
    const changed = await this.#issued({ clusterId, issuedAt }).update(
      await this.#columns(clusterId, renewed),
    );
    return changed > 0;
  }

  async recordFailure(
    failed: Pick<CredentialRecord, 'clusterId' | 'issuedAt'>,
    { message, renewAt }: { message: string; renewAt: Date },
  ): Promise<boolean> {
    const now = new Date().toISOString();
    const changed = await this.#issued(failed).update({
      message: redact(message),
      renew_at: renewAt.toISOString(),
      failing_since: this.#knex.raw('coalesce(failing_since, ?)', [now]),
      updated_at: now,
    });
    return changed > 0;
  }

  /** Encrypts all credentials with the first secret, so that the other secrets can be removed. */
  async reencrypt(): Promise<void> {
    for (const row of await this.#rows()) {
      if (this.#cipher.isOutdated(row.encrypted)) {
        const content = await this.#cipher.decrypt<Content>(row.encrypted);
        await this.#rows()
          .where({ cluster_id: row.cluster_id, encrypted: row.encrypted })
          .update({ encrypted: await this.#cipher.encrypt(content) });
      }
    }
  }

  /**
   * Replaces the credential of a cluster, in the transaction that changes the cluster.
   *
   * @param credential - if undefined, the credential is removed
   */
  async write(
    transaction: Knex,
    clusterId: string,
    credential: StoredCredential | undefined,
  ): Promise<void> {
    const rows = () => transaction<CredentialRow>('cluster_credentials');
    await rows().where({ cluster_id: clusterId }).delete();
    if (credential) {
      await rows().insert({
        cluster_id: clusterId,
        ...(await this.#columns(clusterId, credential)),
      });
    }
  }

  async #columns(
    clusterId: string,
    credential: StoredCredential,
  ): Promise<Omit<CredentialRow, 'cluster_id'>> {
    const content: Content = { clusterId, credential };
    return {
      strategy: credential.strategy,
      encrypted: await this.#cipher.encrypt(content),
      issued_at: credential.issuedAt ?? null,
      expires_at: credential.expiresAt ?? null,
      renew_at: renewalTime(credential, Math.random())?.toISOString() ?? null,
      failing_since: null,
      message: null,
      updated_at: new Date().toISOString(),
    };
  }

  #issued({
    clusterId,
    issuedAt = null,
  }: {
    clusterId: string;
    issuedAt?: string | null;
  }) {
    return this.#rows().where({ cluster_id: clusterId, issued_at: issuedAt });
  }

  #rows() {
    return this.#knex<CredentialRow>('cluster_credentials');
  }
}

function toRecord(row: CredentialRow): CredentialRecord {
  return {
    clusterId: row.cluster_id,
    strategy: row.strategy,
    ...(row.issued_at !== null && { issuedAt: row.issued_at }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.renew_at !== null && { renewAt: row.renew_at }),
    ...(row.failing_since !== null && { failingSince: row.failing_since }),
    ...(row.message !== null && { message: row.message }),
  };
}
