import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Berth: Kubernetes clusters in the portal. */
  berth?: {
    /**
     * Entity refs of the groups whose members are platform admins, such as `group:default/platform`.
     * There are no admins while this is empty.
     */
    admins?: string[];

    /**
     * Entity refs of the groups whose members read everything in Berth and change nothing. Auditing gives
     * no token for any cluster.
     */
    auditors?: string[];

    /**
     * The `iss` of all tokens, by default `<backend.baseUrl>/api/oidc`. API servers compare it byte by
     * byte and read the discovery document below it, so it must be the address at which they reach
     * this backend's `/api/oidc`. https in production.
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
       * The algorithm of new keys, RS256 by default. API servers that are set up by `--oidc-*` flags accept
       * only RS256 unless `--oidc-signing-algs` lists more.
       */
      algorithm?: 'RS256' | 'ES256';

      /** How long a key signs before its successor takes over; 30 days by default, an hour at least. */
      rotationInterval?: HumanDuration | string;
    };

    activity?: {
      /** How long the activity log keeps entries; 90 days by default, a day at least. */
      retention?: HumanDuration | string;
    };

    tokens?: {
      /** How many tokens a person may request in a minute, on each replica; 120 by default. */
      requestsPerMinute?: number;
    };

    writes?: {
      /**
       * How many changes a person may send in a minute, on each replica, including refused ones; 120 by
       * default. More are answered with 429.
       */
      requestsPerMinute?: number;
    };

    /** How the portal passes requests of people on to the API servers of clusters. */
    proxy?: {
      /** True by default. Clusters with `kubectlVia: portal` need it. */
      enabled?: boolean;
      /**
       * Resources and subresources for which no request is passed on, such as `secrets`, `deployments.apps` or
       * `nodes/stats`; none by default.
       */
      deny?: string[];
      /** How many requests a person may send in a minute, on each replica; 600 by default. */
      requestsPerMinute?: number;
      /** How many watches, lists and followed logs a person may have open, on each replica; 20 by default. */
      streamsPerPerson?: number;
    };

    /**
     * Clusters that this configuration manages. Berth registers and changes them by this list, also while the
     * backend runs, and the portal does not change them. A cluster that is removed from the list stays
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
       * What the connection needs, such as `{token: …}` for `serviceAccount`: used once, to get the credential
       * that Berth stores.
       *
       * @deepVisibility secret
       */
      credential?: { [name: string]: string };
      /**
       * The address in kubeconfigs: `direct`, the default, for that of the API server, or `portal` for that of the
       * portal, which passes requests on to the API server.
       */
      kubectlVia?: 'direct' | 'portal';
      /** The prefix that the API server adds to user names. */
      usernamePrefix?: string;
      /** The prefix that the API server adds to group names. */
      groupsPrefix?: string;
      /** The prefix of namespaces that Berth creates on the cluster. */
      namespacePrefix?: string;
      defaultStorageClass?: string;
      /** With exactly one of `tlsSecret` and `useDefaultCertificate: true`. */
      ingress?: {
        className?: string;
        annotations?: { [name: string]: string };
        tlsSecret?: string;
        useDefaultCertificate?: boolean;
      };
      /** The default node placement of workloads. */
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

    /** Settings of the ways in which Berth connects to clusters. */
    connectionStrategies?: {
      serviceAccount?: {
        /**
         * The requested lifetime of tokens of the connection `serviceAccount`; 24 hours by default, 10 minutes at
         * least. Berth renews them after half of it, so a cluster may be unreachable for the other half.
         */
        tokenLifetime?: HumanDuration | string;
      };
    };

    /**
     * CIDR ranges that clusters may be in although Berth refuses them, such as loopback and link-local
     * addresses: `127.0.0.0/8`.
     */
    allowedAddresses?: string[];

    onboarding?: {
      /**
       * The CA that signed the certificate of the issuer, PEM, if it is not a public one. It becomes part of the
       * onboarding files. `$file:` reads it from a file.
       */
      issuerCertificateAuthority?: string;
    };

    clusterProbe?: {
      /** How often Berth probes the status of each cluster; 30 seconds by default. */
      interval?: HumanDuration | string;
    };

    /** Requests for namespaces, quotas and roles. Without rules, every request needs an approval. */
    requests?: {
      /**
       * Who decides requests that no rule approves; both by default. `owners`: the owners of the group of a
       * request, which the group's entity names in the annotation `berth.dev/approvers`; `admins`: platform
       * admins, who also decide requests for groups without owners.
       */
      approvers?: Array<'owners' | 'admins'>;
      /** How long a request may stay `Provisioning` before it fails; 30 minutes by default. */
      provisioningTimeout?: HumanDuration | string;
      /** How many open requests, including drafts, a person may have; 50 by default. */
      openPerPerson?: number;
      /** The first rule that matches decides. A rule matches if all of its conditions do. */
      rules?: Array<{
        /** At most 63 lowercase letters, digits and hyphens; unique. */
        name: string;
        /** All by default. No rule approves a role in a namespace that the requester cannot see. */
        kinds?: Array<'namespace' | 'quota' | 'grant'>;
        /** Names of clusters. */
        clusters?: string[];
        /** Labels of the cluster, such as `{environment: dev}`. */
        clusterLabels?: { [name: string]: string };
        /** Names from `berth.sizeClasses`; for namespaces and quotas. */
        sizeClasses?: string[];
        /** Entity refs of the groups that a namespace or role is for, or that own the namespace of a quota. */
        groups?: string[];
        /** The longest duration of the request. A request without an end then needs an approval. */
        maxDuration?: HumanDuration | string;
        /** For roles in namespaces. */
        roles?: Array<'admin' | 'edit' | 'view'>;
        /**
         * The largest sum of the quotas of all namespaces that the group owns, the request included, by resource
         * name. The request must then limit each of these resources.
         */
        groupQuota?: { [resource: string]: string | number };
        then: 'approve';
      }>;
    };

    /** Presets for the quotas of namespaces. */
    sizeClasses?: Array<{
      /** At most 63 lowercase letters, digits and hyphens; requests use this name. */
      name: string;
      title?: string;
      description?: string;
      /** Of the ResourceQuota: quantities by resource name, such as `requests.cpu: "4"`. */
      hard: { [resource: string]: string };
      /** Of the LimitRange: defaults and limits of containers, pods and volume claims. */
      limits?: Array<{
        type: 'Container' | 'Pod' | 'PersistentVolumeClaim';
        max?: { [resource: string]: string };
        min?: { [resource: string]: string };
        default?: { [resource: string]: string };
        defaultRequest?: { [resource: string]: string };
      }>;
      /** The size of the largest volume claim; in place of `max` of the type `PersistentVolumeClaim` in `limits`. */
      maxStorage?: string;
      /** The size of a volume claim that forms suggest. Kubernetes has no default for it. */
      defaultStorage?: string;
      /** Whether forms choose this size class first, in place of the first of the list. At most one class. */
      default?: boolean;
      /** Labels of the nodes for the pods of the namespaces; needs the policy pack on the cluster. */
      nodeSelector?: { [label: string]: string };
      /** Taints that the pods of the namespaces tolerate; needs the policy pack on the cluster. */
      tolerations?: Array<{
        key: string;
        operator?: 'Equal' | 'Exists';
        value?: string;
        effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
      }>;
    }>;

    /**
     * The people who can create a namespace of their own on a cluster, in the portal. The first item that matches the
     * cluster and the person applies. The person must see the cluster: one of the person's groups has a share. Read at
     * start.
     */
    personalNamespaces?: Array<{
      /** Names of clusters; all by default. */
      clusters?: string[];
      /** Entity refs of groups; all people who see the cluster by default. */
      groups?: string[];
      /** The role of the person: `edit`, the default, or `admin`. */
      role?: 'admin' | 'edit';
      /** A name from `berth.sizeClasses`, for the quota; no quota by default. */
      sizeClass?: string;
      /**
       * The name of the namespace: `{prefix}`, the namespace prefix of the cluster, any lowercase letters, digits and
       * hyphens, and `{user}`, the name of the user's entity. `{prefix}{user}` by default. If the result is no name of a
       * namespace, a platform admin chooses one.
       */
      name?: string;
    }>;

    /**
     * Objects in the namespaces that Berth creates: the default namespaces of groups, requested and personal ones, not
     * adopted ones. The first profile that matches a cluster and the kind of a namespace applies. Read at start.
     */
    profiles?: Array<{
      /** At most 63 lowercase letters, digits and hyphens; unique. */
      name: string;
      /** The namespaces that it is for: `all`, the default, `personal` ones, or `group` for all others. */
      for?: 'all' | 'personal' | 'group';
      /** Names of clusters; all by default. With `clusterLabels`, both must match. */
      clusters?: string[];
      /** Labels of the cluster, such as `{environment: dev}`. */
      clusterLabels?: { [name: string]: string };
      /** Labels of the namespaces. Those of Berth itself (`berth.dev/…`) are refused. */
      labels?: { [name: string]: string };
      /** Annotations of the namespaces. Those of Berth itself (`berth.dev/…`) are refused. */
      annotations?: { [name: string]: string };
      /**
       * Levels of the Pod Security Standards: `privileged`, `baseline` or `restricted`. A higher `enforce` waits in
       * namespaces with pods that do not meet it.
       *
       * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
       */
      podSecurity?: {
        enforce?: 'privileged' | 'baseline' | 'restricted';
        warn?: 'privileged' | 'baseline' | 'restricted';
        audit?: 'privileged' | 'baseline' | 'restricted';
        /** Of the standards: `latest`, the default, or a version of Kubernetes such as `v1.36`. */
        version?: string;
      };
      /** Berth keeps them as they are here; none by default. */
      networkPolicies?: Array<{
        /** Of the NetworkPolicy: at most 63 lowercase letters, digits and hyphens; unique in the profile. */
        name: string;
        /**
         * A NetworkPolicySpec of networking.k8s.io/v1. Berth validates it at the start.
         *
         * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
         */
        spec: object;
      }>;
      /**
       * What pods may reach: their own namespace, the DNS of the cluster, and what is named here. Everything by default.
       * The clouds' metadata services are never reached by it.
       */
      egress?: {
        /** How pods reach the DNS of the cluster. `auto`, the default, lets each known way through. */
        dns?: 'auto' | 'kube-dns' | 'node-local' | 'openshift';
        /** False by default. If true, pods reach all public addresses. */
        internet?: boolean;
        /** CIDR ranges. */
        allow?: string[];
      };
      /**
       * The IDs with which the processes of pods may run: those of the owner of the namespace in the catalog. It needs
       * the policy pack on the cluster.
       */
      identity?: {
        /** Annotation of users with their ID; not needed in a profile for groups. */
        uid?: string;
        /** Annotation of users and groups with the ID of their group. */
        gid: string;
        /** Annotation with the IDs of more groups, separated by commas. */
        groups?: string;
        /** The lowest ID of a user, 1000 by default. */
        minimum?: number;
      };
      /** The nodes for pods that name none. It needs the policy pack on the cluster. */
      placement?: {
        /** `cluster` for the node placement in the settings of the cluster. Without it, `nodeSelector` and `tolerations`. */
        from?: 'cluster';
        nodeSelector?: { [name: string]: string };
        tolerations?: Array<{
          key: string;
          operator?: 'Equal' | 'Exists';
          value?: string;
          effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
        }>;
        /** False by default. If true, pods on other nodes and with other tolerations are refused. */
        enforce?: boolean;
      };
      /** Another storage class than the default of the cluster. It needs the policy pack on the cluster. */
      storageClass?: {
        /** The default class of the cluster. */
        replace: string;
        /** The default storage class in the settings of the cluster by default. */
        by?: string;
      };
      /**
       * Names of `pullSecrets` that the namespaces get as Secrets `berth-pull-<name>`; none by default. The cluster
       * needs the feature `pullSecrets` of the onboarding manifest.
       */
      pullSecrets?: string[];
    }>;

    /**
     * Credentials for image registries, for the namespaces of profiles. Berth writes them as Secrets and never reads
     * Secrets. Changed values reach the clusters within a minute; new names need a restart.
     */
    pullSecrets?: Array<{
      /** At most 52 lowercase letters, digits and hyphens; unique. */
      name: string;
      /** The host of the registry, such as `harbor.example.com`; of Docker Hub `https://index.docker.io/v1/`. */
      registry: string;
      /** @deepVisibility secret */
      username: string;
      /** @deepVisibility secret */
      password: string;
    }>;

    /** Terminals in containers, and `kubectl exec` through the portal. */
    terminal?: {
      /** False by default. If true, people can open a terminal where their role on the cluster allows it. */
      enabled?: boolean;
    };

    /** Helm releases, with the person's own rights on the cluster. */
    helm?: {
      /** True by default. If false, the portal shows no Helm releases. */
      enabled?: boolean;
      /** False by default. If true, releases that Helm stores in ConfigMaps are shown, too. */
      configMapStorage?: boolean;
      /**
       * The repositories whose charts the portal shows, in addition to those that platform admins add in the portal; none
       * by default.
       */
      repositories?: Array<{
        /** Lowercase letters, digits and hyphens. */
        name: string;
        /**
         * An https:// address, to which `index.yaml` is added, or an oci:// address, to which the names of charts are
         * added.
         */
        url: string;
        /**
         * `username` and `password`, or `token`. The portal sends it to the origin of `url` only, and to the address at
         * which a registry gives its tokens.
         *
         * @deepVisibility secret
         */
        credential?: {
          username?: string;
          password?: string;
          token?: string;
        };
        /** The CA that signed the certificate of the repository, as PEM or base64 of PEM; the public ones by default. */
        caData?: string;
        /**
         * Public keys, as `gpg --armor --export` writes them, or base64 of those that `gpg --export` writes. Charts then
         * need a signature of one of them, which helm verifies. Signatures are not checked by default.
         */
        keyringData?: string;
        /**
         * The names of the charts to show, with `*` for any characters; all by default. An oci:// address needs whole
         * names.
         */
        charts?: string[];
      }>;
      /**
       * Values that people can choose for charts, at most 100; none by default. Everyone who may read charts sees them, so
       * they must hold no secrets; the portal refuses those that it knows.
       *
       * @visibility backend
       */
      valuePresets?: Array<{
        /** Lowercase letters, digits and hyphens. */
        name: string;
        /** The name by default. */
        title?: string;
        description?: string;
        /** Charts as `repository/chart`, with `*` for any characters. */
        charts: string[];
        /** A range of versions, such as `>=1.2.0 <2`; all by default. */
        versions?: string;
        /** The names of clusters; all by default. */
        clusters?: string[];
        /** Labels of clusters in the portal, all of which a cluster must have. */
        clusterLabels?: { [label: string]: string };
        /** As in `values.yaml`. */
        values: { [key: string]: unknown };
      }>;
      /** How often the portal asks repositories for changes: 15 minutes by default, from a minute to a day. */
      refreshInterval?: HumanDuration | string;
      /** The largest `index.yaml` that the portal reads; 64 MiB by default. */
      maxIndexBytes?: number;
      /** False by default. If true, repositories on this machine may have http:// addresses. Refused in production. */
      httpOnLoopback?: boolean;
      /**
       * The absolute path of Helm 4.1.4 or later, in folders that other users cannot write to. Without it, releases
       * can only be read.
       */
      binary?: string;
      /**
       * `preferred` by default: helm runs with bounds of memory, processor time, files and rights, if the computer has
       * `setpriv` and `prlimit` of util-linux. `required` refuses to start without them.
       */
      sandbox?: 'preferred' | 'required';
      /**
       * How many operations run at the same time on each replica; 4 by default, 16 at most. Each helm takes about
       * 100 MB of memory. A person runs two at a time.
       */
      concurrency?: number;
      /**
       * How many revisions of a release helm keeps, 10 by default, from 1 to 250. An upgrade or a rollback deletes the
       * oldest.
       */
      historyMax?: number;
      /** After this time, helm is ended: 15 minutes by default, from a minute to an hour. */
      operationTimeout?: HumanDuration | string;
      /**
       * How long an operation waits until the objects of its release are ready: 5 minutes by default, an hour at most, 0
       * for not at all. helm does not run meanwhile, and a person can end the wait.
       */
      readyTimeout?: HumanDuration | string;
      /**
       * Where a version of a chart must be deployed before other clusters take it; no rules by default. All rules that
       * match a cluster and a chart must be met.
       */
      promotion?: Array<{
        /** Where the same archive of the chart must be deployed. */
        from: {
          /** Names of clusters. */
          clusters?: string[];
          /** All must match. */
          clusterLabels?: { [label: string]: string };
        };
        /** The clusters for which the rule is. */
        to: {
          /** Names of clusters. */
          clusters?: string[];
          /** All must match. */
          clusterLabels?: { [label: string]: string };
        };
        /** Names of charts, with `*` for any characters; all by default. */
        charts?: string[];
        requires?: {
          /** How long the release must be deployed; any time by default. */
          deployedFor?: HumanDuration | string;
          /** False by default. If true, all objects of the release must be healthy. */
          healthy?: boolean;
        };
      }>;
    };

    /** Signing in with kubectl. */
    kubectl?: {
      /** True by default. If false, no computer can sign in, and those that did get no more tokens. */
      enabled?: boolean;
      /** How long a computer stays signed in: 12 hours by default, from an hour to 7 days. */
      signInLifetime?: HumanDuration | string;
      /** How many computers a person may have signed in; 10 by default, 100 at most. One more ends the longest unused. */
      devicesPerPerson?: number;
      /**
       * From where the installers get Node.js on computers that have none; https://nodejs.org/dist by default. A
       * mirror has the same paths.
       */
      nodeMirror?: string;
    };

    reconciler?: {
      /**
       * How often Berth compares each cluster with the portal's state even if its watches report no change; 10
       * hours by default.
       */
      resyncInterval?: HumanDuration | string;
    };
  };
}
