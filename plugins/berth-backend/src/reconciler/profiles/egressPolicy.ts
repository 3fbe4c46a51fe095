import ipaddr from 'ipaddr.js';
import {
  EgressPreset,
  NetworkPolicyEgressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  ProfileNetworkPolicy,
} from './types';

/** The name of the NetworkPolicy of `egress`. */
export const EGRESS_POLICY = 'berth-egress';

/** Of AWS, Azure, Google Cloud and others, and the public address of Azure's WireServer. */
const METADATA_SERVICES_4 = ['169.254.169.254/32', '168.63.129.16/32'];

/**
 * The addresses at which clouds give credentials of a node to everything that runs on it. Those of AWS and of Google Cloud
 * have IPv6 addresses, too.
 */
export const METADATA_SERVICES: readonly string[] = [
  ...METADATA_SERVICES_4,
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  ...METADATA_SERVICES_4.map(throughNat64),
];

/**
 * Private, shared, link-local, loopback, multicast and reserved ranges, and the one public address of a metadata service;
 * the other services are in the ranges. Some clusters have their pods in 198.18.0.0/15 or 240.0.0.0/4.
 */
const NOT_INTERNET_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The last range is for NAT64 within a private network (RFC 8215). */
const NOT_INTERNET: Record<string, string[]> = {
  '0.0.0.0/0': NOT_INTERNET_4,
  '::/0': [
    '::1/128',
    'fc00::/7',
    'fe80::/10',
    'ff00::/8',
    ...NOT_INTERNET_4.map(throughNat64),
    '64:ff9b:1::/48',
  ],
};

/**
 * Returns the range by which a NAT64 gateway reaches an IPv4 range. The internet in IPv4 stays reachable this way.
 *
 * @see RFC 6052, section 2.1
 */
function throughNat64(range: string): string {
  const [address, bits] = ipaddr.IPv4.parseCIDR(range);
  const [a, b, c, d] = address.octets;
  const words = [0x64, 0xff9b, 0, 0, 0, 0, a * 256 + b, c * 256 + d];
  return `${new ipaddr.IPv6(words)}/${96 + bits}`;
}

const inNamespace = (
  namespace: string,
  pods: Record<string, string>,
): NetworkPolicyPeer => ({
  namespaceSelector: {
    matchLabels: { 'kubernetes.io/metadata.name': namespace },
  },
  podSelector: { matchLabels: pods },
});

/**
 * The ways in which pods reach DNS. With NodeLocal DNSCache, they ask an address of the node, and the cache there is in
 * the network of the node. The pods of OpenShift listen on port 5353, and policies apply to the port of the pod.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
const DNS: Record<
  Exclude<EgressPreset['dns'], 'auto'>,
  { to: NetworkPolicyPeer[]; port: number }[]
> = {
  'kube-dns': [
    { to: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })], port: 53 },
  ],
  'node-local': [
    {
      to: [
        inNamespace('kube-system', { 'k8s-app': 'kube-dns' }),
        inNamespace('kube-system', { 'k8s-app': 'node-local-dns' }),
        { ipBlock: { cidr: '169.254.20.10/32' } },
      ],
      port: 53,
    },
  ],
  openshift: [
    {
      to: [
        inNamespace('openshift-dns', {
          'dns.operator.openshift.io/daemonset-dns': 'default',
        }),
      ],
      port: 5353,
    },
  ],
};

/** Creates the policy of a preset: to the same namespace, to DNS, and to what the preset names. */
export function egressPolicy({
  dns,
  internet,
  allow,
}: EgressPreset): ProfileNetworkPolicy {
  const ways =
    dns === 'auto' ? [...DNS['node-local'], ...DNS.openshift] : DNS[dns];
  const egress: NetworkPolicyEgressRule[] = [
    { to: [{ podSelector: {} }] },
    ...ways.map(({ to, port }) => ({ to, ports: portsOf(port) })),
    ...(internet
      ? [
          {
            to: Object.entries(NOT_INTERNET).map(([cidr, except]) => ({
              ipBlock: { cidr, except },
            })),
          },
        ]
      : []),
    ...(allow.length > 0 ? [{ to: allow.map(ipBlock => ({ ipBlock })) }] : []),
  ];
  return {
    name: EGRESS_POLICY,
    spec: { podSelector: {}, policyTypes: ['Egress'], ingress: [], egress },
  };
}

function portsOf(port: number): NetworkPolicyPort[] {
  return [
    { protocol: 'UDP', port },
    { protocol: 'TCP', port },
  ];
}
