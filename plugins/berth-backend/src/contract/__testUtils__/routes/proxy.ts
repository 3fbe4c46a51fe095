import { byEveryone, Recorder } from '../Recorder';

const OBJECTS = '/clusters/{name}/proxy/api/v1/namespaces/shop/configmaps';

export async function proxy(recorder: Recorder) {
  const params = { name: 'prod' };
  const read = recorder.route(`GET ${OBJECTS}`);
  const kind = { pick: (body: any) => ({ kind: body.kind }) };
  await byEveryone(read)('a list', { params, ...kind });
  await read('a cluster that does not exist', { params: { name: 'none' } });
  await read('a parameter that is not passed on', {
    params,
    query: 'watch=maybe',
  });

  const write = recorder.route(`POST ${OBJECTS}`);
  const body = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'made-through-the-portal' },
  };
  await byEveryone(write)('an object', {
    params,
    query: 'dryRun=All',
    body,
    ...kind,
  });
  await write('a body of another type', {
    params,
    headers: { 'content-type': 'text/plain' },
    text: '{}',
  });

  const object = recorder.route(`DELETE ${OBJECTS}/{object}`);
  await object('an object that does not exist', {
    params: { ...params, object: 'none' },
    ...kind,
  });
  const pod = '/clusters/{name}/proxy/api/v1/namespaces/shop/pods/web';
  await recorder.route(`POST ${pod}/exec`)('a command', {
    params,
    query: 'command=sh',
  });
  for (const path of ['', '/metrics', '/api//v1', '/api/v1/%2e%2e']) {
    await recorder.route(`GET /clusters/{name}/proxy${path}`)(
      'a path that is not passed on',
      { params, as: ['none', 'admin'] },
    );
  }
  await recorder.route('OPTIONS /clusters/{name}/proxy/api')('options', {
    params,
    as: ['none', 'admin'],
  });
}
