import { KubeObject, NODES } from '../../../kube';
import { skipped } from '../runChecks';
import { Check, Finding } from '../types';

/** Enough to find the plugin, because each node has its marks. */
const MAX_NODES = 50;

/** A network plugin, and the keys of labels or annotations that it sets on nodes. */
interface Plugin {
  name: string;
  /** Absent if the nodes do not show it. */
  enforces?: boolean;
  marks: RegExp;
}

/**
 * Calico is before flannel: Canal is both, and enforces policies. K3s is before it, too: next to flannel, K3s has a
 * controller that enforces policies unless it is switched off.
 */
const PLUGINS: Plugin[] = [
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

/** The ways to DNS that nodes show. */
const DNS = [
  {
    marks: /^addon\.gke\.io\/node-local-dns-ds-ready$/,
    text: 'Pods ask NodeLocal DNSCache (dns: node-local)',
  },
  {
    marks: /^node\.openshift\.io\//,
    text: 'Pods ask the DNS of OpenShift (dns: openshift)',
  },
];

const UNKNOWN_DNS =
  'The nodes do not show how pods reach DNS, and the portal may read neither pods nor services of kube-system: a profile with "dns: auto" lets each known way through';

/**
 * Finds out whether the network plugin is known to enforce network policies, and how pods reach DNS, by the labels and
 * annotations of the nodes.
 */
export const networkCheck: Check = {
  id: 'network',
  title: 'Network policies',
  needs: ['rights'],
  async run({ client, signal }) {
    const keys = new Set<string>();
    let nodes = 0;
    for await (const node of client.list<KubeObject>(NODES, {}, { signal })) {
      const { labels, annotations } = node.metadata;
      Object.keys({ ...labels, ...annotations }).forEach(key => keys.add(key));
      nodes += 1;
      if (nodes === MAX_NODES) {
        break;
      }
    }
    return networkFinding([...keys]);
  },
};

/** @param keys - the keys of the labels and annotations of nodes */
export function networkFinding(keys: string[]): Finding {
  const has = ({ marks }: { marks: RegExp }) =>
    keys.some(key => marks.test(key));
  const dns = DNS.find(has)?.text ?? UNKNOWN_DNS;
  const plugin = PLUGINS.find(has);
  if (plugin?.enforces === undefined) {
    return skipped(
      `The nodes do not show which network plugin the cluster has, so it is not known whether network policies have an effect. ${dns}`,
    );
  }
  return plugin.enforces
    ? {
        status: 'Passed',
        message: `${plugin.name} enforces network policies. ${dns}`,
      }
    : {
        status: 'Warning',
        cause: 'NotEnforced',
        message: `${plugin.name} does not enforce network policies: the policies of profiles and of people have no effect. ${dns}`,
        hint: 'Add a network plugin that enforces network policies, such as Calico',
      };
}
