import { createKubeconfig } from '@berth/plugin-berth-common';
import { stringify } from 'yaml';
import { CA_PEM } from '../../__testUtils__/fixtures';
import { parseKubeconfig } from './parseKubeconfig';

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
    expect(result).toEqual({
      cluster: { name: 'one', apiServer: 'https://one:6443', caData: CA_PEM },
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
      cluster: { name: 'two', apiServer: 'https://two' },
    });
  });

  it('reads JSON too', () => {
    const text = JSON.stringify({
      clusters: [{ name: 'x', cluster: CLUSTER }],
    });
    expect(parseKubeconfig(text)).toMatchObject({ cluster: { name: 'x' } });
  });

  it.each([
    ['just words', 'notYaml'],
    ['a: [', 'notYaml'],
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
  ])('says of %j: %s', (text, problem) => {
    expect(parseKubeconfig(text)).toEqual({ problem });
  });
});
