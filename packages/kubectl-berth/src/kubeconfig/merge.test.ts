import { parse } from 'yaml';
import { ulid } from '../__testUtils__/FakePortal';
import { Kubeconfig } from './Kubeconfig';
import { mergeKubeconfig, MergeOptions } from './merge';

const PORTAL = 'https://portal.example.com';

function cluster(name: string, namespaces: string[] = []) {
  return {
    name,
    id: ulid(),
    server: `https://${name}.example.com`,
    caData: 'Q0E=',
    via: 'direct' as const,
    username: 'ada',
    namespace: namespaces[0],
    namespaces,
  };
}

function merge(text: string, options: Partial<MergeOptions> = {}) {
  const config = Kubeconfig.parse(text, 'config');
  const merged = mergeKubeconfig(config, {
    portal: PORTAL,
    app: PORTAL,
    clusters: [],
    program: { command: '/home/ada/.local/bin/kubectl-berth', args: [] },
    env: {},
    ...options,
  });
  return { ...merged, text: `${config}`, value: parse(`${config}`) };
}

it('does the same again without a change', () => {
  const clusters = [cluster('prod01', ['a', 'b']), cluster('no', ['a'])];
  const first = merge('', { clusters });
  const second = merge(first.text, { clusters });
  expect(second.text).toBe(first.text);
  expect(second.contexts).toEqual(['prod01', 'prod01/a', 'prod01/b', 'no']);
  expect(first.text).toContain('name: "no"');
});

it('keeps comments, the namespace that a person chose, and variables that a person added', () => {
  const clusters = [cluster('prod01', ['a', 'b'])];
  const text = merge('', { clusters })
    .text.replace('namespace: a\n', 'namespace: mine # chosen\n')
    .replace(
      'interactiveMode: Never',
      'env: [{name: HTTPS_PROXY, value: http://proxy}]\n        interactiveMode: Never',
    )
    .replace('kind: Config', 'kind: Config # my file');
  const env = { KUBECTL_BERTH_CA_DATA: 'Q0E=' };
  const again = merge(text, { clusters, env });
  expect(again.text).toContain('# my file');
  expect(again.text).toContain('namespace: mine # chosen');
  expect(again.value.users[0].user.exec.env).toEqual([
    { name: 'HTTPS_PROXY', value: 'http://proxy' },
    { name: 'KUBECTL_BERTH_CA_DATA', value: 'Q0E=' },
  ]);
  const without = merge(again.text, { clusters });
  expect(without.value.users[0].user.exec.env).toEqual([
    { name: 'HTTPS_PROXY', value: 'http://proxy' },
  ]);
});

it('leaves the context of a person that uses the portal, with its user and cluster', () => {
  const { text } = merge('', { clusters: [cluster('prod01')] });
  const mine = text.replace(
    'contexts:\n',
    'contexts:\n  - name: mine\n    context: {cluster: prod01, user: ada@prod01}\n',
  );
  const { value, removed } = merge(mine);
  expect(removed).toEqual(['prod01']);
  expect(value.contexts.map((it: { name: string }) => it.name)).toEqual([
    'mine',
  ]);
  expect(value.clusters).toHaveLength(1);
  expect(value.users).toHaveLength(1);
});

it('leaves the entries of another portal', () => {
  const other = 'https://other.example.com';
  const both = merge(
    merge('', { clusters: [cluster('prod01')], portal: other }).text,
    { clusters: [cluster('prod01')] },
  );
  expect(both.contexts).toEqual(['prod01@portal.example.com']);
  const { value } = merge(both.text);
  expect(value.contexts.map((it: { name: string }) => it.name)).toEqual([
    'prod01',
  ]);
  expect(value['current-context']).toBe('prod01');
});

it('avoids a name that another file of KUBECONFIG has', () => {
  const others = [
    Kubeconfig.parse(
      'contexts: [{name: prod01, context: {cluster: c, user: u}}]',
      'other',
    ),
  ];
  const { contexts } = merge('', { clusters: [cluster('prod01')], others });
  expect(contexts).toEqual(['prod01@portal.example.com']);
});

it('removes what makes TLS unsafe from its own cluster', () => {
  const clusters = [cluster('prod01')];
  const unsafe = merge('', { clusters }).text.replace(
    'certificate-authority-data: Q0E=',
    'insecure-skip-tls-verify: true',
  );
  expect(merge(unsafe, { clusters }).value.clusters[0].cluster).toEqual({
    server: 'https://prod01.example.com',
    'certificate-authority-data': 'Q0E=',
  });
});

it.each(['[]', 'a: [', 'a: 1\n---\nb: 2', 'text', 'clusters: {}'])(
  'refuses %j, which is no kubeconfig',
  text => {
    expect(() => merge(text, { clusters: [cluster('prod01')] })).toThrow(
      /kubeconfig/,
    );
  },
);

it('reads a kubeconfig in JSON', () => {
  const { value } = merge('{"clusters": [], "users": null}', {
    clusters: [cluster('prod01')],
  });
  expect(value.contexts).toHaveLength(1);
  expect(value.users).toHaveLength(1);
});
