import { createKubeconfig } from './kubeconfig';
import { stringify } from 'yaml';

import { parseKubeconfig } from './parseKubeconfig';

const CA_PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const CLUSTER = {
  server: 'https://one:6443',
  'certificate-authority-data': btoa(CA_PEM),
};

describe('parseKubeconfig', () => {
  it('takes server and CA, and nothing else', () => {
    const text = createKubeconfig([
      {
        cluster: 'one',
        apiServer: 'https://one:6443',
        caData: btoa(CA_PEM),
        username: 'user:alice',
        token: 'very-secret',
      },
    ]);
    const result = parseKubeconfig(text);
    expect(result).toMatchObject({
      current: {
        name: 'one',
        cluster: { name: 'one', apiServer: 'https://one:6443', caData: CA_PEM },
        notTaken: {
          user: 'user:alice@one',
          credentials: ['token'],
          settings: [],
        },
      },
    });
    expect(JSON.stringify(result)).not.toContain('very-secret');
  });

  it('prefers the cluster of the current context', () => {
    const text = stringify({
      'current-context': 'second',
      contexts: [
        { name: 'first', context: { cluster: 'one' } },
        { name: 'second', context: { cluster: 'two' } },
      ],
      clusters: [
        { name: 'one', cluster: CLUSTER },
        { name: 'two', cluster: { ...CLUSTER, server: 'https://two' } },
      ],
    });
    expect(parseKubeconfig(text)).toMatchObject({
      current: { cluster: { name: 'two', apiServer: 'https://two' } },
      contexts: [{ name: 'first' }, { name: 'second' }],
    });
  });

  it('uses another context if the current one is unusable', () => {
    const text = stringify({
      'current-context': 'broken',
      contexts: [
        { name: 'broken', context: { cluster: 'files' } },
        { name: 'good', context: { cluster: 'one' } },
        { name: 'dangling', context: { cluster: 'nowhere' } },
      ],
      clusters: [
        {
          name: 'files',
          cluster: { server: 'https://x', 'certificate-authority': '/ca' },
        },
        { name: 'one', cluster: CLUSTER },
      ],
    });
    expect(parseKubeconfig(text)).toMatchObject({
      current: { name: 'good' },
      contexts: [{ name: 'broken', problem: 'caFile' }, { name: 'good' }],
    });
  });

  it('names the kinds of unused parts, and contains none of their values', () => {
    const text = stringify({
      contexts: [{ name: 'c', context: { cluster: 'one', user: 'root' } }],
      clusters: [
        {
          name: 'one',
          cluster: {
            ...CLUSTER,
            'insecure-skip-tls-verify': true,
            'tls-server-name': 'hidden-name',
            'proxy-url': 'http://hidden-proxy',
          },
        },
      ],
      users: [
        {
          name: 'root',
          user: {
            'client-certificate-data': 'hidden-certificate',
            'client-key-data': 'hidden-key',
            password: 'hidden-password',
            exec: { command: 'hidden-command' },
            'auth-provider': { name: 'hidden-provider' },
          },
        },
      ],
    });
    const result = parseKubeconfig(text);
    expect(result).toMatchObject({
      current: {
        notTaken: {
          user: 'root',
          credentials: [
            'clientCertificate',
            'password',
            'exec',
            'authProvider',
          ],
          settings: [
            'insecure-skip-tls-verify',
            'tls-server-name',
            'proxy-url',
          ],
        },
      },
    });
    expect(JSON.stringify(result)).not.toContain('hidden');
  });

  it('does not expand a YAML bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) {
      const alias = `*a${level - 1}`;
      lines.push(`a${level}: &a${level} [${Array(9).fill(alias).join(', ')}]`);
    }
    expect(parseKubeconfig(lines.join('\n'))).toEqual({
      problem: 'tooComplex',
    });
  });

  it('does not read a file that is far too large', () => {
    expect(parseKubeconfig(' '.repeat(64 * 1024 + 1))).toEqual({
      problem: 'tooLarge',
    });
  });

  const many = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');

  it.each([
    ['keys', many(4_000, index => `k${index}:`)],
    ['number keys', many(4_000, index => `${index}:`)],
    ['items', many(4_000, () => '-')],
    ['aliases', `a: &a 1\n${many(51, index => `k${index}: *a`)}`],
    ['anchors', many(2_000, index => `k${index}: &a${index} 1`)],
    ['merges', `a: &a {b: 1}\n${many(51, index => `k${index}: {<<: *a}`)}`],
    [
      'merges of merges',
      'a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}',
    ],
  ])('limits its input before expensive steps: %s', (_, text) => {
    expect(text.length).toBeLessThan(64 * 1024);
    expect(parseKubeconfig(text)).toEqual({ problem: 'tooComplex' });
  });

  it('keeps the notation of names that are numbers', () => {
    const names = ['111', '716064e0', '0x1F', '010', '1.50', 'true'];
    const text = [
      'clusters:',
      ...names.map(
        name =>
          `- {name: ${name}, cluster: {server: "https://x", certificate-authority-data: ${btoa(
            CA_PEM,
          )}}}`,
      ),
      'contexts:',
      ...names.map(name => `- {name: ${name}, context: {cluster: ${name}}}`),
      'current-context: 716064e0',
    ].join('\n');
    expect(parseKubeconfig(text)).toMatchObject({
      current: { name: '716064e0', cluster: { name: '716064e0' } },
      contexts: names.map(name => ({ name, cluster: { name } })),
    });
  });

  it('reads the first of several documents, and reports that', () => {
    const text = stringify({ clusters: [{ name: 'x', cluster: CLUSTER }] });
    expect(parseKubeconfig(`${text}---\nclusters: []\n`)).toMatchObject({
      current: { cluster: { name: 'x' } },
      moreDocuments: true,
    });
    expect(parseKubeconfig(text)).not.toHaveProperty('moreDocuments');
  });

  it('follows merge keys', () => {
    const text = [
      `x: &base {certificate-authority-data: ${btoa(CA_PEM)}}`,
      'clusters:',
      '- name: x',
      '  cluster: {<<: *base, server: "https://x"}',
    ].join('\n');
    expect(parseKubeconfig(text)).toMatchObject({
      current: { cluster: { apiServer: 'https://x', caData: CA_PEM } },
    });
  });

  it.each(['clusters', 'contexts', 'users'])(
    'refuses two %s of one name, like kubectl',
    list => {
      const text = stringify({
        clusters: [{ name: 'x', cluster: CLUSTER }],
        [list]: [
          { name: 'c', cluster: CLUSTER, context: { cluster: 'x' } },
          { name: 'c', cluster: CLUSTER, context: { cluster: 'x' } },
        ],
      });
      expect(parseKubeconfig(text)).toEqual({ problem: 'sameName' });
    },
  );

  it('reads JSON too', () => {
    const text = JSON.stringify({
      clusters: [{ name: 'x', cluster: CLUSTER }],
    });
    expect(parseKubeconfig(text)).toMatchObject({
      current: { cluster: { name: 'x' } },
    });
  });

  it.each([
    ['just words', 'notYaml'],
    ['a: [', 'notYaml'],
    ['clusters: []\nclusters: []', 'notYaml'],
    ['kind: Config', 'noCluster'],
    ['clusters: yes', 'noCluster'],
    ['clusters: [1, null]', 'noCluster'],
    ['clusters: [{name: a, cluster: {}}]', 'noServer'],
    ['clusters: [{name: a, cluster: {server: "https://a"}}]', 'noCa'],
    [
      'clusters: [{cluster: {server: "https://a", certificate-authority: /ca}}]',
      'caFile',
    ],
    [
      'clusters: [{cluster: {server: "https://a", certificate-authority-data: "%%%"}}]',
      'noCa',
    ],
  ])('reports for %j: %s', (text, problem) => {
    expect(parseKubeconfig(text)).toEqual({ problem });
  });
});
