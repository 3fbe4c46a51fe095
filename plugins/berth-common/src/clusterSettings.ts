import { KubeconfigContent } from './parseKubeconfig';

/**
 * How the portal itself authenticates to a cluster: `oidc` (no stored credential, the default),
 * `serviceAccount`, or one that a module of the portal brought.
 *
 * @public
 */
export type ConnectionStrategyName = string;

/**
 * What manages the settings of a cluster: people through the API, or the portal's configuration. The API
 * refuses to change settings that the configuration manages.
 *
 * @public
 */
export type ClusterOwner = 'api' | 'config';

/**
 * What ingresses of user work on a cluster are to look like. Exactly one of `tlsSecret` and
 * `useDefaultCertificate: true` is given.
 *
 * @public
 */
export interface IngressDefaults {
  /** Name of the IngressClass. */
  className?: string;
  annotations?: Record<string, string>;
  /** Name of the Secret with the TLS certificate, in the namespace of the ingress. */
  tlsSecret?: string;
  /** The ingress controller has a certificate for all its hosts. */
  useDefaultCertificate?: boolean;
}

/**
 * Which tainted nodes user work may run on.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 * @public
 */
export interface Toleration {
  /** Left out, with `operator: Exists`, for every taint. */
  key?: string;
  /** `Equal` by default. */
  operator?: 'Equal' | 'Exists';
  /** Only with `Equal`. */
  value?: string;
  /** All effects by default. */
  effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /** Only with the effect `NoExecute`. */
  tolerationSeconds?: number;
}

/**
 * On which nodes user work runs unless it says otherwise.
 *
 * @public
 */
export interface NodePlacement {
  nodeSelector?: Record<string, string>;
  tolerations?: Toleration[];
}

/**
 * Where else to look at a cluster, such as the provider's console.
 *
 * @public
 */
export interface ClusterLink {
  title: string;
  /** https. */
  url: string;
}

/**
 * What an admin can set for a cluster in addition to its connection. Everything is optional.
 *
 * @public
 */
export interface ClusterDefaults {
  /** What namespaces that Berth makes on the cluster begin with. */
  namespacePrefix?: string;
  /** Name of the StorageClass for volumes that name none. */
  defaultStorageClass?: string;
  ingress?: IngressDefaults;
  nodePlacement?: NodePlacement;
  /** With Kubernetes' rules for labels; they describe the cluster in the portal. */
  labels?: Record<string, string>;
  links?: ClusterLink[];
}

/**
 * How a stored credential of a cluster is. The credential itself is never shown.
 *
 * @public
 */
export interface CredentialStatus {
  /**
   * - `Valid`: it serves, and is renewed in time
   * - `RenewalFailed`: it still serves, but its renewal fails
   * - `Expired`: the cluster refuses it; a new one must be given
   */
  state: 'Valid' | 'RenewalFailed' | 'Expired';
  /** ISO 8601. */
  expiresAt?: string;
  /** ISO 8601 time of the next renewal. */
  renewAt?: string;
  /** What is wrong and what to do about it, for people. */
  message?: string;
}

/**
 * The body of `POST /clusters`.
 *
 * @public
 */
export interface CreateClusterRequest extends ClusterDefaults {
  /** Cleaned by `cleanClusterName`; the response carries the cleaned name. */
  name: string;
  title?: string;
  apiServer: string;
  /** PEM, or base64 of PEM. */
  caData: string;
  connection?: ConnectionStrategyName;
  /** What the connection strategy needs, such as `{token}` for `serviceAccount`. It is never shown again. */
  credential?: Record<string, string>;
  usernamePrefix?: string;
  groupsPrefix?: string;
}

/**
 * The body of `POST /clusters` for a cluster whose address and CA are in a kubeconfig.
 *
 * @public
 */
export interface RegisterKubeconfigRequest
  extends Omit<CreateClusterRequest, 'name' | 'apiServer' | 'caData'> {
  /** That of the kubeconfig's cluster by default. */
  name?: string;
  /**
   * The text of the file. Its credentials are not kept, but for the token of the context's user where
   * `connection` is `serviceAccount`.
   */
  kubeconfig: string;
  /** Which context of the kubeconfig; needed where it has several. */
  context?: string;
}

/**
 * The body of `PATCH /clusters/{name}`. What is left out stays; an empty text, object or list removes what
 * was there. Objects and lists are replaced as a whole.
 *
 * @public
 */
export interface UpdateClusterRequest extends ClusterDefaults {
  title?: string;
  apiServer?: string;
  /** PEM, or base64 of PEM. */
  caData?: string;
  connection?: ConnectionStrategyName;
  credential?: Record<string, string>;
  usernamePrefix?: string;
  groupsPrefix?: string;
}

/**
 * What is wrong with one field of a request.
 *
 * @public
 */
export interface FieldProblem {
  /** Name of the field, as in the request. */
  field: string;
  /** Names the field, its value and the rule. */
  message: string;
}

/**
 * The answer to `POST /clusters?dryRun=true`: what would be registered.
 *
 * @public
 */
export interface ClusterPreview {
  /** As cleaned; empty if nothing usable was given. */
  name: string;
  apiServer?: string;
  /** base64 of PEM. */
  caData?: string;
  connection: ConnectionStrategyName;
  /** What was found in the kubeconfig, if one was given. Never a credential. */
  kubeconfig?: KubeconfigContent;
  /** Empty if the same request without `dryRun` can succeed. */
  problems: FieldProblem[];
}

/**
 * An object that Berth made on a cluster.
 *
 * @public
 */
export interface Leftover {
  kind: string;
  /** Empty where the kind has none. */
  namespace: string;
  name: string;
  /**
   * - `Removable`: a clean-up deletes it
   * - `Kept`: a clean-up leaves it, because people's work depends on it
   */
  fate: 'Removable' | 'Kept';
}

/**
 * What stays on a cluster when it is deleted from the portal.
 *
 * @public
 */
export interface ClusterLeftovers {
  items: Leftover[];
  totalItems: number;
  /** Whether the cluster answers, so that a clean-up can be tried. */
  reachable: boolean;
  /** Why it cannot, for people. */
  message?: string;
}
