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
     * Entity refs of the groups whose members read everything in Berth and change nothing. Auditing gives
     * no token for any cluster.
     */
    auditors?: string[];

    /**
     * The `iss` of all tokens, by default `<backend.baseUrl>/api/oidc`. API servers compare it byte for
     * byte and read the discovery document below it, so it must be the address under which they reach
     * this backend's `/api/oidc`.
     */
    issuer?: string;

    keys?: {
      /**
       * Encrypts the issuer's private keys in the database. At least 32 characters; required in production.
       * Of several, the first encrypts and all decrypt: put a new one first, restart, then remove the old one.
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

    activity?: {
      /** How long it is kept who did what; 90 days by default, a day at least. */
      retention?: HumanDuration | string;
    };

    tokens?: {
      /** How many tokens a person may ask for in a minute, on each replica; 120 by default. */
      requestsPerMinute?: number;
    };

    writes?: {
      /**
       * How many changes a person may send in a minute, on each replica, including refused ones; 120 by
       * default. More are answered with 429.
       */
      requestsPerMinute?: number;
    };

    /**
     * Clusters that this configuration owns: they are registered, and changed, as the list says, also while
     * the backend runs, and cannot be changed in the portal. One that is taken out of the list stays
     * registered until an admin deletes it.
     */
    clusters?: Array<{
      /** Lowercase letters and digits, unique. */
      name: string;
      title?: string;
      /** `https://host[:port]` of the API server. */
      apiServer: string;
      /** PEM, or base64 of PEM; `$file: ./ca.pem` reads it from a file. */
      caData: string;
      /** `oidc` by default. */
      connection?: string;
      /**
       * What the connection needs, such as `{token: …}` for `serviceAccount`: used once, to get one that is
       * kept.
       *
       * @deepVisibility secret
       */
      credential?: { [name: string]: string };
      /** What the API server puts before user names. */
      usernamePrefix?: string;
      /** What the API server puts before group names. */
      groupsPrefix?: string;
      /** What namespaces that Berth makes on the cluster begin with. */
      namespacePrefix?: string;
      defaultStorageClass?: string;
      /** With exactly one of `tlsSecret` and `useDefaultCertificate: true`. */
      ingress?: {
        className?: string;
        annotations?: { [name: string]: string };
        tlsSecret?: string;
        useDefaultCertificate?: boolean;
      };
      /** Where user work runs unless it says otherwise. */
      nodePlacement?: {
        nodeSelector?: { [name: string]: string };
        tolerations?: Array<{
          key?: string;
          operator?: 'Equal' | 'Exists';
          value?: string;
          effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
          tolerationSeconds?: number;
        }>;
      };
      labels?: { [name: string]: string };
      links?: Array<{ title: string; url: string }>;
    }>;

    connections?: {
      serviceAccount?: {
        /**
         * How long the tokens of the connection `serviceAccount` are asked to live; 24 hours by default, 10
         * minutes at least. They are renewed after half of it, so a cluster may be away for the other half.
         */
        tokenLifetime?: HumanDuration | string;
      };
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

    registry?: {
      /** How often every cluster's status is probed; 30 seconds by default. */
      probeInterval?: HumanDuration | string;
    };

    /** What people ask for: namespaces, quotas and roles. Without rules, everything needs an approval. */
    requests?: {
      /**
       * Who decides what no rule approves; both by default. `owners`: those of the group that a request
       * touches, which its entity names in the annotation `berth.dev/approvers`; `admins`: platform admins,
       * who also decide what nobody owns.
       */
      approvers?: Array<'owners' | 'admins'>;
      /** How long something may stay `Provisioning` before it has failed; 30 minutes by default. */
      provisioningTimeout?: HumanDuration | string;
      /** How many requests a person may have that are not over, drafts among them; 50 by default. */
      openPerPerson?: number;
      /** The first rule that holds decides; all that it names must hold. */
      rules?: Array<{
        /** At most 63 lowercase letters, digits and hyphens; unique. */
        name: string;
        /** All by default. A role in a namespace that its requester cannot see is never approved by a rule. */
        kinds?: Array<'namespace' | 'quota' | 'grant'>;
        /** Names of clusters. */
        clusters?: string[];
        /** Labels of the cluster, such as `{environment: dev}`. */
        clusterLabels?: { [name: string]: string };
        /** Names from `berth.sizeClasses`; for namespaces and quotas. */
        sizeClasses?: string[];
        /** Entity refs of the groups that a namespace or role is for, or that own the namespace of a quota. */
        groups?: string[];
        /** How long what is asked for may last; then what does not end needs an approval. */
        maxDuration?: HumanDuration | string;
        /** For roles in namespaces. */
        roles?: Array<'admin' | 'edit' | 'view'>;
        /**
         * What all namespaces that the group owns may be promised together, by resource name, with what is
         * asked for. Then what is asked for must bound each of these.
         */
        groupQuota?: { [resource: string]: string | number };
        then: 'approve';
      }>;
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

    /**
     * What the namespaces that Berth makes hold: the homes of groups and what was asked for, not what was taken
     * over. The first profile that is for a cluster applies to it; read at start.
     */
    profiles?: Array<{
      /** At most 63 lowercase letters, digits and hyphens; unique. */
      name: string;
      /** Names of clusters; all by default. With `clusterLabels`, both must hold. */
      clusters?: string[];
      /** Labels of the cluster, such as `{environment: dev}`. */
      clusterLabels?: { [name: string]: string };
      /** Kept as they are here. Empty, these clusters get none, whatever later profiles say. */
      networkPolicies: Array<{
        /** Of the NetworkPolicy: at most 63 lowercase letters, digits and hyphens; unique in the profile. */
        name: string;
        /**
         * A NetworkPolicySpec of networking.k8s.io/v1.
         *
         * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
         */
        spec: {
          /** `{}` for all pods of the namespace. */
          podSelector: {
            matchLabels?: { [name: string]: string };
            matchExpressions?: Array<{
              key: string;
              operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
              values?: string[];
            }>;
          };
          /** By default `Ingress`, and `Egress` where there are egress rules. */
          policyTypes?: Array<'Ingress' | 'Egress'>;
          ingress?: Array<{
            /** Each an `ipBlock`, or a `podSelector`, a `namespaceSelector` or both; from everywhere by default. */
            from?: Array<{
              podSelector?: object;
              namespaceSelector?: object;
              ipBlock?: { cidr: string; except?: string[] };
            }>;
            /** All by default. */
            ports?: Array<{
              /** TCP by default. */
              protocol?: 'TCP' | 'UDP' | 'SCTP';
              /** A number, or the name of a container's port. */
              port?: number | string;
              /** Up to and with this one, on Kubernetes 1.22 and later. */
              endPort?: number;
            }>;
          }>;
          egress?: Array<{
            /** As `from` of `ingress`; to everywhere by default. */
            to?: Array<{
              podSelector?: object;
              namespaceSelector?: object;
              ipBlock?: { cidr: string; except?: string[] };
            }>;
            /** As those of `ingress`. */
            ports?: Array<{
              protocol?: 'TCP' | 'UDP' | 'SCTP';
              port?: number | string;
              endPort?: number;
            }>;
          }>;
        };
      }>;
    }>;

    reconciler?: {
      /**
       * How often every cluster is compared with what the portal says, although its watches told of nothing;
       * 10 hours by default.
       */
      resyncInterval?: HumanDuration | string;
    };
  };
}
