import { ConnectionCredential } from '@berth/plugin-berth-node';

/** A credential as it is kept, decrypted. */
export interface StoredCredential extends ConnectionCredential {
  /** Name of the connection strategy that it belongs to. */
  strategy: string;
}

/** What is known of a kept credential without decrypting it. */
export interface CredentialRecord {
  clusterId: string;
  strategy: string;
  expiresAt?: string;
  /** When to renew it; unset where it never expires. */
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
  /** A renewed one in place of the last; does nothing if that has been replaced or removed since. */
  renew(
    clusterId: string,
    renewed: StoredCredential,
    before: Pick<StoredCredential, 'issuedAt'>,
  ): Promise<void>;
  /** The renewal failed; it is tried again at `renewAt`. */
  noteFailure(
    clusterId: string,
    failure: { message: string; renewAt: Date },
  ): Promise<void>;
}
