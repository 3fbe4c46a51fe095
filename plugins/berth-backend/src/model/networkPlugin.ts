/** A network plugin of a cluster. */
export interface NetworkPlugin {
  name: string;
  /** Whether network policies have an effect; absent if the nodes do not show it. */
  enforces?: boolean;
}

/**
 * The keys of labels or annotations that plugins set on nodes. Calico is before flannel: Canal is both, and enforces
 * policies. K3s is before it, too: next to flannel, K3s has a controller that enforces policies unless it is switched
 * off.
 */
const PLUGINS: (NetworkPlugin & { marks: RegExp })[] = [
  { name: 'Calico', enforces: true, marks: /^projectcalico\.org\// },
  {
    name: 'Cilium',
    enforces: true,
    marks: /^(network\.cilium\.io|io\.cilium)[./]/,
  },
  { name: 'OVN-Kubernetes', enforces: true, marks: /^k8s\.ovn\.org\// },
  { name: 'Antrea', enforces: true, marks: /^node\.antrea\.io\// },
  { name: 'kube-router', enforces: true, marks: /^kube-router\.io\// },
  { name: 'K3s', marks: /^k3s\.io\// },
  { name: 'flannel', enforces: false, marks: /^flannel\.alpha\.coreos\.com\// },
];

/**
 * Returns the network plugin of a cluster; undefined if the nodes do not show it.
 *
 * @param keys - the keys of the labels and annotations of nodes
 */
export function networkPluginOf(keys: string[]): NetworkPlugin | undefined {
  const found = PLUGINS.find(({ marks }) => keys.some(key => marks.test(key)));
  return (
    found && {
      name: found.name,
      ...(found.enforces !== undefined && { enforces: found.enforces }),
    }
  );
}
