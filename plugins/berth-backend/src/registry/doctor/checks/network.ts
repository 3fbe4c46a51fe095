import { readNodeKeys } from '../../../kube';
import { networkPluginOf } from '../../../model/networkPlugin';
import { skipped } from '../runChecks';
import { Check, Finding } from '../types';

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
    return networkFinding(await readNodeKeys(client, signal));
  },
};

/** @param keys - the keys of the labels and annotations of nodes */
export function networkFinding(keys: string[]): Finding {
  const dns =
    DNS.find(({ marks }) => keys.some(key => marks.test(key)))?.text ??
    UNKNOWN_DNS;
  const plugin = networkPluginOf(keys);
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
