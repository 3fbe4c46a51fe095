import { NodePlacement } from '@berth/plugin-berth-common';

/** The rules of the namespaces that Berth makes. */
export interface Profile extends ProfileClusters, NamespaceFields {
  name: string;
  /** The kind of namespaces that it is for; all kinds by default. */
  for?: 'all' | NamespaceKind;
  /** With the policy of `egress`. */
  networkPolicies: ProfileNetworkPolicy[];
  identity?: IdentityAnnotations & {
    /** The lowest ID of a user. */
    minimum: number;
  };
  placement?: ({ from: 'cluster' } | NodePlacement) & {
    /** Whether pods on other nodes and with other tolerations are refused. */
    enforce: boolean;
  };
  storageClass?: {
    /** The default class of the cluster. */
    replace: string;
    /** The default class in the settings of the cluster by default. */
    by?: string;
  };
  /** Names of pull secrets of the configuration. */
  pullSecrets?: string[];
}

/** `personal`: the namespace of one person. `group`: all others that Berth makes. */
export type NamespaceKind = 'personal' | 'group';

/** The profiles of a cluster, by the kind of namespaces. A kind without a profile is left out. */
export type KindProfiles = Partial<Record<NamespaceKind, Profile>>;

/** Labels and annotations of namespaces. */
export interface NamespaceFields {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** The annotations of users and groups in the catalog that hold IDs of processes. */
export interface IdentityAnnotations {
  uid?: string;
  gid: string;
  /** Of the IDs of more groups, separated by commas. */
  groups?: string;
}

/** The IDs with which the processes of a namespace may run. */
export interface IdentityValues {
  /** Of a person only. */
  runAsUser?: number;
  runAsGroup: number;
  /** Sorted. */
  supplementalGroups: number[];
}

/** The destinations that pods may reach outside of their namespace. */
export interface EgressPreset {
  /** The way in which pods reach the DNS of the cluster; each known way with `auto`. */
  dns: 'auto' | 'kube-dns' | 'node-local' | 'openshift';
  /** All public addresses. */
  internet: boolean;
  allow: NonNullable<NetworkPolicyPeer['ipBlock']>[];
}

/** The clusters that a profile matches. All conditions must be met. */
export interface ProfileClusters {
  /** Cluster names. */
  clusters?: string[];
  clusterLabels?: Record<string, string>;
}

/** A NetworkPolicy of a profile, complete. */
export interface ProfileNetworkPolicy {
  name: string;
  spec: NetworkPolicySpec;
}

/* The fields as they are sent: the types of `@kubernetes/client-node` have `_from` for `from`. */

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */
export interface NetworkPolicySpec {
  podSelector: LabelSelector;
  policyTypes: PolicyType[];
  ingress: NetworkPolicyIngressRule[];
  egress: NetworkPolicyEgressRule[];
}

export type PolicyType = 'Ingress' | 'Egress';

/** Without `from`, from everywhere; without `ports`, to all of them. */
export interface NetworkPolicyIngressRule {
  from?: NetworkPolicyPeer[];
  ports?: NetworkPolicyPort[];
}

/** Without `to`, to everywhere; without `ports`, to all of them. */
export interface NetworkPolicyEgressRule {
  to?: NetworkPolicyPeer[];
  ports?: NetworkPolicyPort[];
}

/** Either an `ipBlock` or selectors. */
export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface NetworkPolicyPort {
  protocol: 'TCP' | 'UDP' | 'SCTP';
  /** A number, or the name of a container's port. */
  port?: number | string;
  endPort?: number;
}

/** An empty selector selects all. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: {
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }[];
}
