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
 * Settings for ingresses of workloads on a cluster. Exactly one of `tlsSecret` and `useDefaultCertificate: true` is
 * set.
 *
 * @public
 */
export interface IngressDefaults {
  /** Name of the IngressClass. */
  className?: string;
  annotations?: Record<string, string>;
  /** Name of the Secret with the TLS certificate, in the namespace of the ingress. */
  tlsSecret?: string;
  /** The ingress controller has a certificate for all hosts. */
  useDefaultCertificate?: boolean;
}

/**
 * A taint that workloads tolerate.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 * @public
 */
export interface Toleration {
  /** Omitted together with `operator: Exists` to tolerate every taint. */
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
 * The nodes for workloads without a node selector or tolerations of their own.
 *
 * @public
 */
export interface NodePlacement {
  nodeSelector?: Record<string, string>;
  tolerations?: Toleration[];
}

/**
 * A link to another page about a cluster, such as the provider's console.
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
 * The state of a stored credential of a cluster. The API never shows the credential.
 *
 * @public
 */
export interface CredentialStatus {
  /**
   * - `Valid`: it works, and Berth renews it in time
   * - `RenewalFailed`: it still works, but its renewal fails
   * - `Expired`: the cluster refuses it, and an admin must enter a new one
   */
  state: 'Valid' | 'RenewalFailed' | 'Expired';
  /** ISO 8601. */
  expiresAt?: string;
  /** ISO 8601 time of the next renewal. */
  renewAt?: string;
  /** The problem and how to fix it, for people. */
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
  /** The credential for the connection strategy, such as `{token}` for `serviceAccount`. It is never shown again. */
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
  /** The name of the kubeconfig's cluster by default. */
  name?: string;
  /**
   * The text of the file. Berth stores no credential of it, except the token of the context's user if `connection` is
   * `serviceAccount`.
   */
  kubeconfig: string;
  /** A context of the kubeconfig; required if it has several. */
  context?: string;
}

/**
 * The body of `PATCH /clusters/{name}`. Omitted settings stay; an empty text, object or list removes a setting. Objects
 * and lists are replaced as a whole.
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
 * The problem with one field of a request.
 *
 * @public
 */
export interface FieldProblem {
  /** The name of the field in the request. */
  field: string;
  /** Names the field, its value and the rule. */
  message: string;
}

/**
 * The answer to `POST /clusters?dryRun=true`: the cluster that would be registered.
 *
 * @public
 */
export interface ClusterPreview {
  /** The cleaned name; empty if the input has no usable character. */
  name: string;
  apiServer?: string;
  /** base64 of PEM. */
  caData?: string;
  connection: ConnectionStrategyName;
  /** The content of the kubeconfig, if there is one, without credentials. */
  kubeconfig?: KubeconfigContent;
  /** Empty if the same request without `dryRun` can succeed. */
  problems: FieldProblem[];
}

/**
 * An object that Berth created on a cluster.
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
   * - `Kept`: a clean-up keeps it, because people's work depends on it
   */
  fate: 'Removable' | 'Kept';
}

/**
 * The objects that stay on a cluster when it is deleted from the portal.
 *
 * @public
 */
export interface ClusterLeftovers {
  items: Leftover[];
  totalItems: number;
  /** Whether the cluster answers, so that a clean-up is possible. */
  reachable: boolean;
  /** Why a clean-up is not possible, for people. */
  message?: string;
}
