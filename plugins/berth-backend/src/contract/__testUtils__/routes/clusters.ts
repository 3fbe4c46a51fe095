import { badBodies, badClusters } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

export async function clusters(recorder: Recorder, setting: Setting) {
  await create(recorder, setting);
  await read(recorder);
  await update(recorder, setting);
}

function address({ unreachable }: Setting['portal']) {
  return { apiServer: unreachable.apiServer, caData: unreachable.caPem };
}

function kubeconfig({ apiServer, caPem }: Setting['portal']['unreachable']) {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'one',
    clusters: [
      {
        name: 'one',
        cluster: {
          server: apiServer,
          'certificate-authority-data': Buffer.from(caPem).toString('base64'),
        },
      },
    ],
    contexts: [{ name: 'one', context: { cluster: 'one', user: 'someone' } }],
    users: [{ name: 'someone', user: { token: 'secret' } }],
  });
}

async function create(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route('POST /clusters');
  const good = { name: 'Dark 1', ...address(portal), title: 'Dark' };
  const preview = { query: 'dryRun=true' };
  await byEveryone(route)('a preview', { ...preview, body: good });
  await byEveryone(route)('registers a cluster', { body: good });
  await route('a name that is taken', { body: good });
  await route('a preview with a name that is taken', {
    ...preview,
    body: good,
  });
  await route('a preview of nothing', { ...preview, body: {} });
  await route('a switch that is neither on nor off', {
    query: 'dryRun=maybe',
    body: good,
  });
  const bad = {
    name: '!!',
    title: 5,
    apiServer: 'http://user@example.com?x',
    caData: 'no certificate',
    connection: 'pigeon',
    kubectlVia: 'pigeon',
    usernamePrefix: 'a b',
    namespacePrefix: 'A',
    labels: { '': 'x', a: '!' },
    links: [{ title: '', url: 'ftp://example.com' }],
    ingress: { tlsSecret: 'x', useDefaultCertificate: true },
    nodePlacement: { tolerations: [{ operator: 'Perhaps' }] },
  };
  await route('bad fields', { body: bad });
  await route('a preview of bad fields', { ...preview, body: bad });
  await route('an address that is not allowed', {
    body: { ...good, name: 'dark2', apiServer: 'https://169.254.169.254' },
  });
  await route('a connection without its credential', {
    body: { ...good, name: 'dark2', connection: 'token' },
  });
  await route('a preview of a kubeconfig', {
    ...preview,
    body: { kubeconfig: kubeconfig(portal.unreachable) },
  });
  await route('a kubeconfig with an address', {
    body: { ...good, kubeconfig: kubeconfig(portal.unreachable) },
  });
  await route('a context that the kubeconfig does not have', {
    body: { kubeconfig: kubeconfig(portal.unreachable), context: 'two' },
  });
  await route('a kubeconfig that is not one', { body: { kubeconfig: '- x' } });
  await route('registers the cluster of a kubeconfig', {
    body: { name: 'dark2', kubeconfig: kubeconfig(portal.unreachable) },
  });
  await route('all settings', {
    body: {
      name: 'dark3',
      ...address(portal),
      kubectlVia: 'portal',
      usernamePrefix: 'oidc:',
      groupsPrefix: 'oidc:',
      namespacePrefix: 'p-',
      defaultStorageClass: 'fast',
      ingress: { className: 'nginx', tlsSecret: 'tls-secret' },
      nodePlacement: {
        nodeSelector: { pool: 'apps' },
        tolerations: [{ key: 'a', operator: 'Exists' }],
      },
      labels: { environment: 'test' },
      links: [{ title: 'Console', url: 'https://console.example.com' }],
    },
  });
  await badBodies(route, { body: { ...good, name: 'dark4' } });
}

async function read(recorder: Recorder) {
  await byEveryone(recorder.route('GET /clusters'))('all clusters', {
    pick: ({ items, ...rest }) => ({
      ...rest,
      // A cluster that does not answer is still being probed.
      items: items.map((item: any) =>
        item.name === 'prod' ? item : { name: item.name },
      ),
    }),
  });
  const route = recorder.route('GET /clusters/{name}');
  await byEveryone(route)('a cluster', { params: { name: 'prod' } });
  await route('a parameter in the query', {
    params: { name: 'prod' },
    query: 'unknown=1',
    pick: ({ name }) => ({ name }),
  });
  await badClusters(route, 'name');
}

async function update(recorder: Recorder, { portal, spare }: Setting) {
  const route = recorder.route('PATCH /clusters/{name}');
  const params = { name: 'spare' };
  const { etag } = await portal.admin('GET', '/clusters/spare');
  const title = { title: 'Spare' };
  await byEveryone(route)('a title', { params, body: title });
  await route('the wrong type of one field', { params, body: { title: 5 } });
  await route('bad fields', {
    params,
    body: { apiServer: 'x', links: 'none', labels: { a: '!' } },
  });
  await route('nothing', { params, body: {} });
  await route('the name', { params, body: { name: 'other' } });
  await route('a tag that is out of date', {
    params,
    headers: { 'if-match': etag },
    body: title,
  });
  const now = await portal.admin('GET', '/clusters/spare');
  await route('the tag of now', {
    params,
    headers: { 'if-match': now.etag },
    body: title,
  });
  await route('any tag', { params, headers: { 'if-match': '*' }, body: title });
  await route('a tag that no cluster has', {
    params,
    headers: { 'if-match': 'tag' },
    body: title,
  });
  await route('the address of another cluster', {
    params,
    body: {
      apiServer: portal.unreachable.apiServer,
      caData: portal.unreachable.caPem,
    },
  });
  await route('a credential', {
    params,
    body: { credential: { token: spare.adminToken } },
  });
  await route('a connection without its credential', {
    params: { name: 'dark1' },
    body: { connection: 'token' },
  });
  await route('removes a setting', {
    params: { name: 'dark3' },
    body: { defaultStorageClass: '', labels: {} },
    pick: ({ status: _, ...rest }) => rest,
  });
  await route('a cluster of the configuration', {
    params: { name: 'listed' },
    body: title,
  });
  await badClusters(route, 'name', { body: title });
  await badBodies(route, { params, body: title });
}
