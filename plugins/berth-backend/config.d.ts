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
       * Encrypts the issuer's private keys in the database. At least 32 characters; required. Of several,
       * the first encrypts and all decrypt: put a new one first, restart, then remove the old one.
       *
       * @deepVisibility secret
       */
      encryptionSecret?: string | string[];

      /**
       * What new keys sign with; RS256 by default, the only one that API servers set up by `--oidc-*` flags
       * accept unless `--oidc-signing-algs` says more.
       */
      algorithm?: 'RS256' | 'ES256';

      /** How long a key signs before its successor takes over; 30 days by default, an hour at least. */
      rotationInterval?: HumanDuration | string;
    };

    tokens?: {
      /** How many tokens a person may ask for in a minute, on each replica; 120 by default. */
      requestsPerMinute?: number;
    };

    endpoints?: {
      /**
       * CIDR ranges that clusters may be in although they are loopback, link-local or otherwise refused,
       * such as `127.0.0.0/8`.
       */
      allow?: string[];
    };

    onboarding?: {
      /**
       * The CA that signed the certificate of the issuer, PEM, where it is not a public one; goes into the
       * onboarding files. `$file:` reads it from a file.
       */
      issuerCertificateAuthority?: string;
    };

    onboarding?: {
      /**
       * The CA that signed the certificate of the issuer, PEM, where it is not a public one; goes into the
       * onboarding files. `$file:` reads it from a file.
       */
      issuerCertificateAuthority?: string;
    };

    registry?: {
      /** How often every cluster's status is probed; 30 seconds by default. */
      probeInterval?: HumanDuration | string;
    };

    /** Presets for the quotas of namespaces. */
    sizeClasses?: Array<{
      /** At most 63 lowercase letters, digits and hyphens; what requests name it by. */
      name: string;
      title?: string;
      description?: string;
      /** Of the ResourceQuota: quantities by resource name, such as `requests.cpu: "4"`. */
      hard: { [resource: string]: string };
      /** Of the LimitRange: defaults and bounds of containers, pods and volume claims. */
      limits?: Array<{
        type: 'Container' | 'Pod' | 'PersistentVolumeClaim';
        max?: { [resource: string]: string };
        min?: { [resource: string]: string };
        default?: { [resource: string]: string };
        defaultRequest?: { [resource: string]: string };
      }>;
    }>;

    reconciler?: {
      /** How often every cluster is compared with what the portal says; 60 seconds by default. */
      resyncInterval?: HumanDuration | string;
    };
  };
}
