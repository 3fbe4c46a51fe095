import { aReleaseSecret } from '../../../helm/__testUtils__/aReleaseSecret';
import { CallerName } from '../people';
import { Recorder } from '../Recorder';
import { Setting } from '../setting';

/** Without those whose rights depend on what the reconciler has applied by now. */
const CALLERS: CallerName[] = [
  'none',
  'service',
  'stranger',
  'auditor',
  'restricted',
  'admin',
];

const RELEASE = '/clusters/{cluster}/namespaces/{namespace}/releases/{release}';

const MANIFEST = `apiVersion: v1
kind: Secret
metadata: { name: web-login }
stringData: { password: planted-in-a-manifest }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { color: blue }
`;

/** The order of lines of different clusters, and the time of an answer, differ. */
const lines = {
  pick: (text: any) =>
    typeof text === 'string'
      ? text.replaceAll(/"at":"[^"]+"/g, '"at":"<time>"')
      : text,
};

export async function helm(recorder: Recorder, { prod }: Setting) {
  const login = { database: { password: 'planted-in-values' } };
  prod.seed([
    aReleaseSecret({ status: 'superseded', config: login }),
    aReleaseSecret({
      revision: 2,
      config: { ...login, replicas: 2 },
      defaults: { color: 'blue' },
      manifest: MANIFEST,
      notes: 'Log in with planted-in-values',
    }),
    aReleaseSecret({ name: 'broken', content: 'no release' }),
  ] as never);

  const list = recorder.route('GET /helm/releases');
  await list('the releases of a cluster', {
    as: CALLERS,
    query: 'cluster=prod&namespace=shop',
    ...lines,
  });
  await list('an unknown cluster', { query: 'cluster=none', ...lines });
  await list('bad parameters', { query: 'cluster=NO&status=failed' });

  const params = { cluster: 'prod', namespace: 'shop', release: 'web' };
  const parts = ['', '/history', '/values', '/manifest', '/objects', '/drift'];
  for (const part of parts) {
    const route = recorder.route(`GET ${RELEASE}${part}`);
    await route('a release', { as: CALLERS, params });
    await route('an unknown release', {
      params: { ...params, release: 'none' },
    });
    await route('a broken release', {
      params: { ...params, release: 'broken' },
    });
    await route('bad parameters', {
      params: { ...params, release: 'No' },
      query: 'revision=0',
    });
  }
  await recorder.route(`GET ${RELEASE}`)('an unknown revision', {
    params,
    query: 'revision=9',
  });
  await recorder.route(`GET ${RELEASE}/values`)('all values', {
    params,
    query: 'revision=2&all=true',
  });
  const diff = recorder.route(`GET ${RELEASE}/diff`);
  await diff('two revisions', { as: CALLERS, params, query: 'from=1&to=2' });
  await diff('without revisions', { params });

  const reveal = recorder.route(`POST ${RELEASE}/reveal`);
  await reveal('a value', {
    as: CALLERS,
    params,
    body: { value: ['database', 'password'] },
  });
  await reveal('a key of a Secret', {
    params,
    body: { object: { kind: 'Secret', name: 'web-login' }, key: 'password' },
  });
  await reveal('a value that does not exist', {
    params,
    body: { value: ['database', 'port'] },
  });
  await reveal('a body with other fields', { params, body: { x: 1 } });
}
