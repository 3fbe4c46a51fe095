import { ConnectionCredential } from '@berth/plugin-berth-node';

/** A decrypted credential. */
export interface StoredCredential extends ConnectionCredential {
  /** Name of the connection strategy that the credential belongs to. */
  strategy: string;
}

/** The unencrypted data of a stored credential. */
export interface CredentialRecord {
  clusterId: string;
  strategy: string;
  /** Distinguishes a credential from the ones before and after it. */
  issuedAt?: string;
  expiresAt?: string;
  /** The time to renew it. Unset if it never expires. */
  renewAt?: string;
  /** The time since when its renewal fails. */
  failingSince?: string;
  /** The reason why its renewal fails, for people. */
  message?: string;
}

/** The credentials of clusters, encrypted at rest. */
export interface CredentialStore {
  /** @throws Error if it cannot be decrypted */
  get(clusterId: string): Promise<StoredCredential | undefined>;
  /** Lists the credentials of all clusters. */
  list(): Promise<CredentialRecord[]>;
  /**
   * Replaces a credential with a renewed one.
   *
   * @returns false if it was replaced or removed meanwhile; then nothing changes
   */
  renew(
    clusterId: string,
    renewed: StoredCredential,
    before: Pick<StoredCredential, 'issuedAt'>,
  ): Promise<boolean>;
  /**
   * Records a failed renewal. The next attempt is at `renewAt`.
   *
   * @returns false if the credential was replaced or removed meanwhile; then nothing changes
   */
  recordFailure(
    failed: Pick<CredentialRecord, 'clusterId' | 'issuedAt'>,
    failure: { message: string; renewAt: Date },
  ): Promise<boolean>;
}
