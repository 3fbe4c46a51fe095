import { KubeObject } from '../../kube';
import { NetworkPolicySpec, ProfileNetworkPolicy } from './types';

/** A NetworkPolicy, as far as we write it. */
export interface NetworkPolicyObject extends KubeObject {
  spec: NetworkPolicySpec;
}

/** Creates a policy of a profile in a namespace. */
export function networkPolicy(
  { name, spec }: ProfileNetworkPolicy,
  namespace: string,
  labels: Record<string, string>,
): NetworkPolicyObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels },
    spec,
  };
}
