import { badClusters } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';

const FORMATS = [
  'manifest',
  'authentication-config',
  'apiserver-flags',
  'kubeadm',
  'kind',
  'k3s',
  'rke2',
  'eks',
  'aks',
  'gke',
  'openshift',
];

const TYPES = [
  'application/json',
  'text/plain',
  'application/yaml',
  '*/*',
  'image/png',
];

const params = { name: 'prod' };

/** The files themselves have their own tests. */
const pick = (body: any) =>
  typeof body === 'string'
    ? `${body.split('\n').length} lines`
    : {
        ...body,
        steps: body.steps.map(({ text, ...step }: any) => ({
          ...step,
          lines: text.split('\n').length,
        })),
      };

export async function onboarding(recorder: Recorder) {
  const route = recorder.route('GET /clusters/{name}/onboarding');
  const json = { accept: 'application/json' };
  await byEveryone(route)('the manifest', {
    params,
    query: 'format=manifest',
    headers: json,
    pick,
  });
  for (const format of FORMATS) {
    await route(`the format ${format}`, {
      params,
      query: `format=${format}&version=1.33`,
      headers: json,
      pick,
    });
  }
  for (const accept of TYPES) {
    for (const format of ['manifest', 'authentication-config', 'kind']) {
      await route(`the format ${format} as ${accept}`, {
        params,
        query: `format=${format}`,
        headers: { accept },
        pick: body => (typeof body === 'string' ? pick(body) : body.format),
      });
    }
  }
  for (const query of [
    'format=manifest&admissionPolicy=true',
    'format=manifest&admissionPolicy=false',
    'format=manifest&version=1.28',
    'format=manifest&version=v1.33.1-eks',
    'format=manifest&version=1.36&features=pack',
  ]) {
    await route(`the query ${query}`, { params, query, pick });
  }
  await route('a cluster that does not answer', {
    params: { name: 'dark1' },
    query: 'format=manifest',
    pick,
  });
  for (const query of [
    '',
    'format=unknown',
    'format=kind&format=k3s',
    'format=manifest&admissionPolicy=perhaps',
    'format=manifest&version=new',
    'format=manifest&features=pack,unknown',
    'format=manifest&features=',
    'format=manifest&version=1.33&version=1.34',
    'format=%07',
  ]) {
    await route(`the query ${query}`, { params, query });
  }
  await route('an unknown parameter', {
    params,
    query: 'format=manifest&unknown=1',
    pick,
  });
  await badClusters(route, 'name', { query: 'format=manifest' });
}
