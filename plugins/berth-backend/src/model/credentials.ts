import { ConnectionCredential } from '@berth/plugin-berth-node';

/** A stored credential, decrypted. */
export interface StoredCredential extends ConnectionCredential {
  /** Name of the connection strategy that it belongs to. */
  strategy: string;
}

/** The data of a stored credential that is not encrypted. */
export interface CredentialRecord {
  clusterId: string;
  strategy: string;
  expiresAt?: string;
  /** When to renew it; unset if it never expires. */
  renewAt?: string;
  /** Since when its renewal fails. */
  failingSince?: string;
  /** Why its renewal fails, for people. */
  message?: string;
}

/** The credentials of clusters, encrypted at rest. */
export interface CredentialStore {
  /** @throws Error if it cannot be decrypted */
  get(clusterId: string): Promise<StoredCredential | undefined>;
  /** Of all clusters. */
  list(): Promise<CredentialRecord[]>;
  /** Replaces a credential with a renewed one; does nothing if it was replaced or removed meanwhile. */
  renew(
    clusterId: string,
    renewed: StoredCredential,
    before: Pick<StoredCredential, 'issuedAt'>,
  ): Promise<void>;
  /** Stores that a renewal failed; the next attempt is at `renewAt`. */
  recordFailure(
    clusterId: string,
    failure: { message: string; renewAt: Date },
  ): Promise<void>;
}
