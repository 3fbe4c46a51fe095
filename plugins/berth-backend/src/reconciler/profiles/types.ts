/** The bundle of policies that namespaces made by Berth start with. */
export interface Profile extends ProfileClusters {
  name: string;
  networkPolicies: ProfileNetworkPolicy[];
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
