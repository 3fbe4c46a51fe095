import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Berth: Kubernetes clusters, found, shared and entered through the portal. */
  berth?: {
    /**
     * Entity refs of the groups whose members are platform admins, such as `group:default/platform`.
     * Nobody is an admin while this is empty.
     */
    admins?: string[];

    /**
     * The `iss` of all tokens, by default `<backend.baseUrl>/api/oidc`. API servers compare it byte for
     * byte and read the discovery document below it, so it must be the address under which they reach
     * this backend's `/api/oidc`.
     */
    issuer?: string;

    keys?: {
      /**
       * Encrypts the issuer's private keys in the database. At least 32 characters; required in
       * production.
       *
       * @visibility secret
       */
      encryptionSecret?: string;
    };

    endpoints?: {
      /**
       * CIDR ranges that clusters may be in although they are loopback, link-local or otherwise refused,
       * such as `127.0.0.0/8`.
       */
      allow?: string[];
    };

    registry?: {
      /** How often every cluster's status is probed; 30 seconds by default. */
      probeInterval?: HumanDuration | string;
    };

    reconciler?: {
      /** How often every cluster is compared with what the portal says; 60 seconds by default. */
      resyncInterval?: HumanDuration | string;
    };
  };
}
