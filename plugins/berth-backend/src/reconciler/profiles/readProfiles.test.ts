import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { readProfiles } from './readProfiles';

const read = (profiles: unknown) =>
  readProfiles(new ConfigReader({ berth: { profiles } } as never));

const withSpec = (spec: unknown, name: unknown = 'isolate') => [
  { name: 'one', networkPolicies: [{ name, spec }] },
];
const withIngress = (rule: unknown) =>
  withSpec({ podSelector: {}, ingress: [rule] });
const withPort = (port: unknown) => withIngress({ ports: [port] });
const withPeer = (peer: unknown) => withIngress({ from: [peer] });
const withBlock = (cidr: unknown, ...except: unknown[]) =>
  withPeer({ ipBlock: { cidr, except } });

const SPEC = 'berth.profiles[0].networkPolicies[0].spec';
const PORT = `${SPEC}.ingress[0].ports[0]`;
const PEER = `${SPEC}.ingress[0].from[0]`;
const NAME_RULE =
  'must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit';
const KEY_RULE =
  'must be a Kubernetes key: at most 63 letters, digits, "-", "_" and ".", with or without a domain and "/" before it';
const VALUE_RULE =
  'must be a label value: at most 63 letters, digits, "-", "_" and "."';
const CIDR_RULE = 'must be a CIDR range, such as 10.0.0.0/8 or fd00::/8';
const PORT_RULE =
  'must be a whole number from 1 to 65535, or the name of a port: at most 15 lowercase letters, digits and single hyphens, with a letter among them';
const PEER_RULE =
  'must contain either an ipBlock, or a podSelector, a namespaceSelector or both';

describe('readProfiles', () => {
  it('has none by default', () => {
    expect(readProfiles(new ConfigReader({}))).toEqual([]);
  });

  it('reads the clusters of a profile and its policies', () => {
    const written = [
      {
        name: 'strict',
        clusters: ['prod01'],
        clusterLabels: { 'example.com/zone': 'dmz' },
        networkPolicies: [],
      },
      ...withSpec({
        podSelector: { matchLabels: { app: 'web' } },
        policyTypes: ['Egress', 'Ingress'],
        ingress: [
          {
            from: [
              { podSelector: {} },
              {
                namespaceSelector: {
                  matchExpressions: [
                    { key: 'team', operator: 'In', values: ['a'] },
                    { key: 'old', operator: 'DoesNotExist' },
                  ],
                },
              },
            ],
            ports: [
              { protocol: 'UDP', port: 'dns' },
              { protocol: 'TCP', port: 8000, endPort: 9000 },
            ],
          },
        ],
        egress: [
          {
            to: [
              { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } },
              { ipBlock: { cidr: 'fd00:1::/32' } },
            ],
          },
          {},
        ],
      }),
    ];
    expect(read(written)).toEqual(written);
  });

  it('adds the defaults of the API server, and drops the empty fields that it drops', () => {
    const [{ networkPolicies }] = read(
      withSpec({
        podSelector: { matchLabels: {}, matchExpressions: [] },
        ingress: [
          { from: [], ports: [{ port: 80 }, {}] },
          {
            from: [
              { podSelector: { matchLabels: {} } },
              { ipBlock: { cidr: '10.0.0.0/8', except: [] } },
              {
                podSelector: {
                  matchExpressions: [
                    { key: 'a', operator: 'Exists', values: [] },
                  ],
                },
              },
            ],
            ports: [],
          },
        ],
      }),
    );
    expect(networkPolicies[0].spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        { ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP' }] },
        {
          from: [
            { podSelector: {} },
            { ipBlock: { cidr: '10.0.0.0/8' } },
            {
              podSelector: {
                matchExpressions: [{ key: 'a', operator: 'Exists' }],
              },
            },
          ],
        },
      ],
      egress: [],
    });
  });

  it.each([
    [{ podSelector: {} }, ['Ingress']],
    [{ podSelector: {}, egress: [] }, ['Ingress']],
    [{ podSelector: {}, egress: [{}] }, ['Ingress', 'Egress']],
    [{ podSelector: {}, egress: [{}], policyTypes: ['Egress'] }, ['Egress']],
  ])('reads %j as %j', (spec, types) => {
    const [{ networkPolicies }] = read(withSpec(spec));
    expect(networkPolicies[0].spec.policyTypes).toEqual(types);
  });

  it.each<[unknown, string]>([
    ['strict', 'berth.profiles "strict" must be a list'],
    [{}, 'berth.profiles must be a list'],
    [['strict'], 'berth.profiles[0] "strict" must be an object'],
    [[{ networkPolicies: [] }], 'berth.profiles[0].name is missing'],
    [
      [{ name: 'One', networkPolicies: [] }],
      `berth.profiles[0].name "One" ${NAME_RULE}`,
    ],
    [
      [{ name: 'one', networkPolicy: [], networkPolicies: [] }],
      'berth.profiles[0].networkPolicy is not a known field; the fields are name, for, clusters, clusterLabels, labels, annotations, podSecurity, networkPolicies, egress, identity, placement, storageClass, pullSecrets',
    ],
    [
      [{ name: 'one', clusters: [], networkPolicies: [] }],
      'berth.profiles[0].clusters must not be empty',
    ],
    [
      [{ name: 'one', clusters: ['Prod'], networkPolicies: [] }],
      'berth.profiles[0].clusters[0] "Prod" must be the name of a cluster',
    ],
    [
      [{ name: 'one', clusterLabels: {}, networkPolicies: [] }],
      'berth.profiles[0].clusterLabels must not be empty',
    ],
    [
      [{ name: 'one', clusterLabels: { 'a.b/c': true }, networkPolicies: [] }],
      'berth.profiles[0].clusterLabels["a.b/c"] true must be of type string',
    ],
    [
      [
        { name: 'one', networkPolicies: [] },
        { name: 'one', networkPolicies: [] },
      ],
      'berth.profiles[1].name "one" is used twice; names must be unique',
    ],
    [
      [
        {
          name: 'one',
          networkPolicies: [
            { name: 'a', spec: { podSelector: {} } },
            { name: 'a', spec: { podSelector: {} } },
          ],
        },
      ],
      'berth.profiles[0].networkPolicies[1].name "a" is used twice; names must be unique',
    ],
    [
      withSpec({ podSelector: {} }, 'a'.repeat(64)),
      `berth.profiles[0].networkPolicies[0].name "${'a'.repeat(
        64,
      )}" ${NAME_RULE}`,
    ],
    [withSpec(undefined), `${SPEC} is missing`],
    [withSpec({}), `${SPEC}.podSelector is missing`],
    [
      withSpec({ podSelector: {}, ingres: [] }),
      `${SPEC}.ingres is not a known field; the fields are podSelector, policyTypes, ingress, egress`,
    ],
    [
      withSpec({ podSelector: { app: 'web' } }),
      `${SPEC}.podSelector.app is not a known field; the fields are matchLabels, matchExpressions`,
    ],
    [
      withSpec({ podSelector: { matchLabels: { app: 5 } } }),
      `${SPEC}.podSelector.matchLabels.app 5 must be of type string`,
    ],
    [
      withSpec({ podSelector: { matchLabels: { app: 'a b' } } }),
      `${SPEC}.podSelector.matchLabels.app "a b" ${VALUE_RULE}`,
    ],
    [
      withSpec({ podSelector: { matchLabels: { 'a b': '' } } }),
      `${SPEC}.podSelector.matchLabels holds the key "a b", which ${KEY_RULE}`,
    ],
    [
      withSpec({
        podSelector: {
          matchExpressions: [{ key: 'a/b/c', operator: 'Exists' }],
        },
      }),
      `${SPEC}.podSelector.matchExpressions[0].key "a/b/c" ${KEY_RULE}`,
    ],
    [
      withSpec({
        podSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] },
      }),
      `${SPEC}.podSelector.matchExpressions[0].operator "Is" must be "In", "NotIn", "Exists" or "DoesNotExist"`,
    ],
    [
      withSpec({
        podSelector: {
          matchExpressions: [{ key: 'a', operator: 'In', values: [] }],
        },
      }),
      `${SPEC}.podSelector.matchExpressions[0].values must hold at least one with the operator "In"`,
    ],
    [
      withSpec({
        podSelector: {
          matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }],
        },
      }),
      `${SPEC}.podSelector.matchExpressions[0].values must hold none with the operator "Exists"`,
    ],
    [
      withSpec({ podSelector: {}, policyTypes: [] }),
      `${SPEC}.policyTypes must not be empty`,
    ],
    [
      withSpec({ podSelector: {}, policyTypes: ['ingress'] }),
      `${SPEC}.policyTypes[0] "ingress" must be "Ingress" or "Egress"`,
    ],
    [
      withSpec({ podSelector: {}, policyTypes: ['Egress', 'Egress'] }),
      `${SPEC}.policyTypes must contain each type at most once`,
    ],
    [
      withSpec({ podSelector: {}, policyTypes: ['Ingress'], egress: [{}] }),
      `${SPEC}.policyTypes must contain "Egress", as the egress rules would otherwise not apply`,
    ],
    [
      withIngress({ to: [] }),
      `${SPEC}.ingress[0].to is not a known field; the fields are from, ports`,
    ],
    [
      withSpec({ podSelector: {}, egress: [{ from: [] }] }),
      `${SPEC}.egress[0].from is not a known field; the fields are to, ports`,
    ],
    [
      withSpec({ podSelector: {}, ingress: {} }),
      `${SPEC}.ingress must be a list`,
    ],
    [withIngress(null), `${SPEC}.ingress[0] null must be an object`],
    [
      withPort({ protocol: 'ICMP' }),
      `${PORT}.protocol "ICMP" must be "TCP", "UDP" or "SCTP"`,
    ],
    [withPort({ port: 0 }), `${PORT}.port 0 ${PORT_RULE}`],
    [withPort({ port: 65_536 }), `${PORT}.port 65536 ${PORT_RULE}`],
    [withPort({ port: 1.5 }), `${PORT}.port 1.5 ${PORT_RULE}`],
    [withPort({ port: '80' }), `${PORT}.port "80" ${PORT_RULE}`],
    [withPort({ port: 'a--b' }), `${PORT}.port "a--b" ${PORT_RULE}`],
    [withPort({ port: 'HTTP' }), `${PORT}.port "HTTP" ${PORT_RULE}`],
    [withPort({ port: true }), `${PORT}.port true must be a number or text`],
    [
      withPort({ port: 80, endPort: '90' }),
      `${PORT}.endPort "90" must be a whole number from 1 to 65535`,
    ],
    ...[
      { port: 90, endPort: 80 },
      { port: 'http', endPort: 80 },
      { endPort: 80 },
    ].map((port): [unknown, string] => [
      withPort(port),
      `${PORT}.endPort 80 needs a port that is a number and not greater`,
    ]),
    [withPeer({}), `${PEER} ${PEER_RULE}`],
    [
      withPeer({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }),
      `${PEER} ${PEER_RULE}`,
    ],
    [withPeer({ ipBlock: {} }), `${PEER}.ipBlock.cidr is missing`],
    ...[
      '10.0.0.0',
      '10.0.0.0/33',
      '010.0.0.0/8',
      '10.0.0/8',
      '0x0a.0.0.0/8',
      '10.0.0.0/08',
      'fd00::/129',
      '::ffff:10.0.0.0/104',
      'fe80::%1/64',
      'everywhere',
    ].map((cidr): [unknown, string] => [
      withBlock(cidr),
      `${PEER}.ipBlock.cidr "${cidr}" ${CIDR_RULE}`,
    ]),
    [
      withBlock('10.1.2.3/8'),
      `${PEER}.ipBlock.cidr "10.1.2.3/8" must have no bits set beyond its prefix, as 10.0.0.0/8 has none`,
    ],
    [
      withBlock('fd00::1/64'),
      `${PEER}.ipBlock.cidr "fd00::1/64" must have no bits set beyond its prefix, as fd00::/64 has none`,
    ],
    [
      withBlock('10.0.0.0/8', '10.0.0.1'),
      `${PEER}.ipBlock.except[0] "10.0.0.1" ${CIDR_RULE}`,
    ],
    ...['10.0.0.0/8', '11.0.0.0/16', '0.0.0.0/0', 'fd00::/16'].map(
      (except): [unknown, string] => [
        withBlock('10.0.0.0/8', '10.1.0.0/16', except),
        `${PEER}.ipBlock.except[1] "${except}" must lie within 10.0.0.0/8 and be smaller`,
      ],
    ),
  ])('refuses %j', (profiles, message) => {
    expect(() => read(profiles)).toThrow(new Error(message));
  });

  it('accepts the example of the documentation', () => {
    const page = readFileSync(
      resolvePackagePath(
        '@berth/plugin-berth-backend',
        '../../docs/admin/profiles.md',
      ),
      'utf8',
    );
    const [example] = /^ {4}berth:\n(?: {5,}.*\n)+/m.exec(page) ?? [];
    const { berth } = parse(example ?? '');
    const [profile] = read(berth.profiles);
    const { labels, networkPolicies } = berth.profiles[0];
    expect(profile.labels).toMatchObject(labels);
    expect(profile.networkPolicies).toMatchObject(networkPolicies.concat({}));
    expect(profile.networkPolicies.at(-1)?.name).toBe('berth-egress');
  });

  it('accepts a policy of its own with the name of "egress" unless the profile has one', () => {
    const networkPolicies = [
      { name: 'berth-egress', spec: { podSelector: {} } },
    ];
    const written = { name: 'one', networkPolicies };
    expect(read([written])[0].networkPolicies).toHaveLength(1);
    expect(() => read([{ ...written, egress: {} }])).toThrow(
      'berth.profiles[0].networkPolicies[0].name "berth-egress" is the name of the policy of "egress"',
    );
  });

  it('names all problems at once', () => {
    expect(() =>
      read([{ name: 'One', networkPolicies: [{ name: 'a', spec: {} }], x: 1 }]),
    ).toThrow(
      /x is not a field.*|name "One" must be.*; .*spec\.podSelector is missing/,
    );
  });
});
