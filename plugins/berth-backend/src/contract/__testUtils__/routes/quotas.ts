import { badBodies, badClusters, badNamespaces } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

const params = { cluster: 'prod', namespace: 'shop' };
const PATH = '/clusters/{cluster}/namespaces/{namespace}/quota';
const STORED = '/clusters/prod/namespaces/shop/quota';

export async function quotas(recorder: Recorder, { portal }: Setting) {
  const classes = recorder.route('GET /size-classes');
  await byEveryone(classes)('all size classes');

  const read = recorder.route(`GET ${PATH}`);
  await read('a namespace without a quota', {
    as: ['member', 'admin'],
    params: { ...params, namespace: 'team-a' },
  });
  await byEveryone(read)('the quota of a namespace', { params });
  await badClusters(read, 'cluster', { params });
  await badNamespaces(read);

  const replace = recorder.route(`PUT ${PATH}`);
  const body = { hard: { 'requests.cpu': '3', pods: 20 } };
  const good = { hard: { 'requests.cpu': '3000m', pods: '20' } };
  await replace('another quota, without a tag', { params, body: good });
  await replace('another quota, if there is none', {
    params,
    headers: { 'if-none-match': '*' },
    body: good,
  });
  await replace('another quota, with a wrong tag', {
    params,
    headers: { 'if-match': '"wrong"' },
    body: good,
  });
  const { etag } = await portal.admin('GET', STORED);
  await byEveryone(replace)('another quota, with the tag of now', {
    params,
    headers: { 'if-match': etag },
    body: good,
  });
  const any = { params, headers: { 'if-match': '*' } };
  await replace('a number', { ...any, body });
  await replace('a size class', { ...any, body: { sizeClass: 'small' } });
  await replace('limits and priority classes', {
    ...any,
    body: {
      hard: { 'requests.cpu': '1', 'limits.memory': '1Gi' },
      limits: [
        { type: 'Container', default: { cpu: '500m' }, max: { cpu: '1' } },
      ],
      priorityClasses: ['high'],
    },
  });
  await replace('a size class with amounts', {
    ...any,
    body: { sizeClass: 'small', hard: { pods: '1' } },
  });
  await replace('an unknown size class', {
    ...any,
    body: { sizeClass: 'huge' },
  });
  await replace('no amounts', { ...any, body: { hard: {} } });
  await replace('bad amounts', {
    ...any,
    body: { hard: { pods: '1.5', 'requests.cpu': 'much', color: '1' } },
  });
  await replace('bad limits', {
    ...any,
    body: {
      hard: { pods: '1' },
      limits: [
        { type: 'Node', max: { cpu: '1' } },
        { type: 'Container', max: { cpu: '1' }, min: { cpu: '2' } },
        { type: 'Container', default: { cpu: '-1' } },
      ],
    },
  });
  await replace('limits that contradict each other', {
    ...any,
    body: {
      hard: { pods: '1' },
      limits: [
        { type: 'Container', max: { cpu: '1' }, min: { cpu: '2' } },
        { type: 'Container', default: { cpu: '-1' } },
      ],
    },
  });
  await replace('amounts that cannot be for some priority classes', {
    ...any,
    body: { hard: { services: '1' }, priorityClasses: ['high', '!'] },
  });
  await badClusters(replace, 'cluster', { ...any, body: good });
  await badNamespaces(replace, { body: good });
  await badBodies(replace, { ...any, body: good });

  const remove = recorder.route(`DELETE ${PATH}`);
  await remove('without a tag', { params });
  await remove('a wrong tag', { params, headers: { 'if-match': '"wrong"' } });
  const last = await portal.admin('GET', STORED);
  await byEveryone(remove)('the tag of now', {
    params,
    headers: { 'if-match': last.etag },
  });
  await remove('once more', { params, headers: { 'if-match': '*' } });
  await remove('once more, without a tag', { params });
  await replace('the first quota, without a tag', { params, body: good });
  await badClusters(remove, 'cluster', any);
  await badNamespaces(remove, { headers: any.headers });

  await portal.settled('prod');
  const totals = recorder.route('GET /quotas');
  await byEveryone(totals)('the quotas of a cluster', {
    query: 'cluster=prod',
  });
  await totals('a cluster that does not answer', { query: 'cluster=dark1' });
  await totals('an unknown cluster', { query: 'cluster=nowhere' });
  await totals('no cluster');
  await totals('two clusters', { query: 'cluster=prod&cluster=spare' });
  await totals('an unknown parameter', { query: 'cluster=prod&unknown=1' });
  await totals('a control character', { query: 'cluster=%07' });
}
