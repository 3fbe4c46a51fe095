import { badBodies } from '../badBodies';
import { CallerName } from '../people';
import { Recorder } from '../Recorder';

/** Without those whose rights depend on what the reconciler has applied by now. */
const CALLERS: CallerName[] = [
  'none',
  'service',
  'stranger',
  'auditor',
  'restricted',
  'admin',
];

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** This portal has no helm; the tests of the room `helm` run operations. */
export async function helmOperations(recorder: Recorder) {
  await recorder.route('GET /helm/status')('a portal without helm', {
    as: CALLERS,
  });

  const request = {
    kind: 'uninstall',
    cluster: 'prod',
    namespace: 'shop',
    release: 'web',
    baseRevision: 2,
    keepHistory: false,
  };
  const preview = recorder.route('POST /helm/previews');
  await preview('of a release', { as: CALLERS, body: request });
  await preview('of an unknown cluster', {
    body: { ...request, cluster: 'nowhere' },
  });
  await preview('without a kind', { body: { ...request, kind: undefined } });
  await preview('of a kind that does not exist', {
    body: { ...request, kind: 'sync' },
  });
  const { cluster, namespace, release } = request;
  const install = {
    ...{ kind: 'install', cluster, namespace, release, values: '' },
    chart: { repository: 'shop', name: 'web', version: '1.0.0' },
  };
  await preview('of an installation', { as: CALLERS, body: install });
  await preview('of an installation without a version', {
    body: { ...install, chart: { ...install.chart, version: '../x' } },
  });
  const copyOf = {
    ...{ cluster: 'prod', namespace: 'shop', release: 'web', revision: 2 },
    hiddenValues: true,
  };
  await preview('of a copy of a release', {
    as: CALLERS,
    body: { ...install, copyOf },
  });
  await preview('of a copy of a release without a revision', {
    body: { ...install, copyOf: { ...copyOf, revision: undefined } },
  });
  await preview('of a copy with unknown fields', {
    body: { ...install, copyOf: { ...copyOf, token: 'planted' } },
  });
  await preview('of a copy for a rollback, which has no chart of its own', {
    body: {
      ...{ ...request, kind: 'rollback', revision: 1, copyOf },
      keepHistory: undefined,
    },
  });
  await badBodies(preview, { body: request });

  const start = recorder.route('PUT /helm/operations/{id}');
  const body = { ...request, previewDigest: 'a digest' };
  await start('an operation', { as: CALLERS, params: { id: ID }, body });
  await start('with an id that is no ULID', { params: { id: 'x' }, body });
  await start('without a digest', { params: { id: ID }, body: request });
  await start('a copy of a release', {
    as: CALLERS,
    params: { id: ID },
    body: { ...install, copyOf, previewDigest: 'a digest' },
  });

  const list = recorder.route('GET /helm/operations');
  await list('all', { as: CALLERS });
  await list('bad parameters', { query: 'cluster=NO&state=Pending&limit=0' });

  for (const route of [
    recorder.route('GET /helm/operations/{id}'),
    recorder.route('GET /helm/operations/{id}/lines'),
    recorder.route('DELETE /helm/operations/{id}'),
  ]) {
    await route('an unknown operation', { as: CALLERS, params: { id: ID } });
    await route('an id that is no ULID', { params: { id: 'x' } });
  }

  const unlock = recorder.route(
    'POST /clusters/{cluster}/namespaces/{namespace}/releases/{release}/unlock',
  );
  const params = { cluster: 'prod', namespace: 'shop', release: 'web' };
  await unlock('a revision that is not pending', {
    as: CALLERS,
    params,
    body: { revision: 2 },
  });
  await unlock('a revision that is not the latest', {
    params,
    body: { revision: 1 },
  });
  await unlock('an unknown release', {
    params: { ...params, release: 'none' },
    body: { revision: 1 },
  });
  await unlock('a bad revision', { params, body: { revision: 0 } });
}
