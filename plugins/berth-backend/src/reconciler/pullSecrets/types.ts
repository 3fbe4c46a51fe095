import { FencingToken } from '../types';

/** Credentials for an image registry, of the configuration. */
export interface PullSecret {
  name: string;
  /** The key of the registry in `auths`, such as `harbor.example.com`. */
  registry: string;
  username: string;
  password: string;
}

/** What Berth last wrote to a Secret that it may not read. */
export interface PullSecretVersion {
  namespace: string;
  /** The name of the Secret. */
  name: string;
  /** The UID of the namespace, because a namespace that is made again has no Secret. */
  namespaceUid: string;
  /** A keyed hash of the content. */
  version: string;
  /** ISO 8601. */
  writtenAt: string;
}

/** The versions of the Secrets on clusters. */
export interface PullSecretVersions {
  list(clusterId: string): Promise<PullSecretVersion[]>;
  /** @throws LeaseLostError if another replica has the cluster now */
  record(
    fencingToken: FencingToken,
    version: Omit<PullSecretVersion, 'writtenAt'>,
  ): Promise<void>;
  /** @throws LeaseLostError if another replica has the cluster now */
  forget(
    fencingToken: FencingToken,
    secret: Pick<PullSecretVersion, 'namespace' | 'name'>,
  ): Promise<void>;
}
