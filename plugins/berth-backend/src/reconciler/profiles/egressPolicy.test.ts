import { ConfigReader } from '@backstage/config';
import ipaddr from 'ipaddr.js';
import { METADATA_SERVICES } from './egressPolicy';
import { readProfiles } from './readProfiles';
import { NetworkPolicyPeer } from './types';

function policyOf(egress: object) {
  const [{ networkPolicies }] = readProfiles(
    new ConfigReader({ berth: { profiles: [{ name: 'p', egress }] } }),
  );
  expect(networkPolicies).toHaveLength(1);
  return networkPolicies[0];
}

function blocksOf(egress: object) {
  return policyOf(egress).spec.egress.flatMap(({ to = [] }) =>
    to.flatMap(({ ipBlock }) => ipBlock ?? []),
  );
}

/** Returns whether a policy lets traffic through to an address. */
function reaches(
  blocks: NonNullable<NetworkPolicyPeer['ipBlock']>[],
  address: string,
): boolean {
  const ip = ipaddr.parse(address);
  const isIn = (cidr: string) => {
    const range = ipaddr.parseCIDR(cidr);
    return ip.kind() === range[0].kind() && ip.match(range);
  };
  return blocks.some(
    ({ cidr, except = [] }) => isIn(cidr) && !except.some(isIn),
  );
}

describe('P18 egress presets', () => {
  const services = METADATA_SERVICES.map(range => range.split('/')[0]);

  it('let pods reach their own namespace, and DNS in each known way', () => {
    expect(policyOf({})).toEqual({
      name: 'berth-egress',
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        ingress: [],
        egress: [
          { to: [{ podSelector: {} }] },
          {
            to: [
              expect.objectContaining({
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              }),
              expect.objectContaining({
                podSelector: { matchLabels: { 'k8s-app': 'node-local-dns' } },
              }),
              { ipBlock: { cidr: '169.254.20.10/32' } },
            ],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
          {
            to: [
              {
                namespaceSelector: {
                  matchLabels: {
                    'kubernetes.io/metadata.name': 'openshift-dns',
                  },
                },
                podSelector: {
                  matchLabels: {
                    'dns.operator.openshift.io/daemonset-dns': 'default',
                  },
                },
              },
            ],
            ports: [
              { protocol: 'UDP', port: 5353 },
              { protocol: 'TCP', port: 5353 },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['kube-dns', [53, 53]],
    ['node-local', [53, 53]],
    ['openshift', [5353, 5353]],
  ])('let DNS through as with %s', (dns, ports) => {
    const { egress } = policyOf({ dns }).spec;
    expect(
      egress.flatMap(rule => rule.ports?.map(({ port }) => port) ?? []),
    ).toEqual(ports);
  });

  it('reach the internet, and neither private addresses nor metadata services', () => {
    const blocks = blocksOf({ internet: true, dns: 'kube-dns' });
    const reached = ['8.8.8.8', '2606:4700::1111', '64:ff9b::808:808'];
    const denied = [
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '100.100.100.200',
      '127.0.0.1',
      '169.254.20.10',
      '168.63.129.16',
      '192.0.0.192',
      '198.18.0.1',
      '240.0.0.1',
      '0.0.0.1',
      // 10.1.2.3 through NAT64, and through NAT64 of a private network.
      '64:ff9b::a01:203',
      '64:ff9b:1::a01:203',
      '::1',
      'fd00::1',
      'fe80::1',
      ...services,
    ];
    expect(reached.filter(one => !reaches(blocks, one))).toEqual([]);
    expect(denied.filter(one => reaches(blocks, one))).toEqual([]);
  });

  it('reach the ranges that are allowed, without the metadata services in them', () => {
    const allow = [
      ...['10.20.0.0/16', '169.254.0.0/16', '0.0.0.0/0'],
      ...['fd00::/8', '64:ff9b::/96'],
    ];
    const blocks = blocksOf({ allow, dns: 'kube-dns' });
    expect(reaches(blocks, '10.20.1.1')).toBe(true);
    expect(reaches(blocks, '169.254.1.1')).toBe(true);
    expect(reaches(blocks, 'fd12::1')).toBe(true);
    expect(reaches(blocks, '64:ff9b::a14:101')).toBe(true);
    expect(services.filter(one => reaches(blocks, one))).toEqual([]);
  });

  it.each([
    '169.254.169.254/32',
    '168.63.129.16/32',
    'fd00:0ec2:0::254/128',
    '64:ff9b::a9fe:a9fe/128',
  ])('never allow the metadata service %s', range => {
    expect(() => policyOf({ allow: [range] })).toThrow(
      `berth.profiles[0].egress.allow[0] "${range}" is the metadata service of a cloud`,
    );
  });
});
