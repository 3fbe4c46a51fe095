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

const OBJECT = '/clusters/{cluster}/objects/{group}/{plural}/{name}';

/** Only the frame of lines, because rows have ages and arrive in any order. */
const frame = {
  pick: (text: any) =>
    typeof text === 'string'
      ? text
          .split('\n')
          .filter(line => /"type":"(start|failed|end)"/.test(line))
          .join('\n')
      : text,
};

export async function resources(recorder: Recorder) {
  const kinds = recorder.route('GET /resources/kinds');
  await kinds('the kinds', {
    as: CALLERS,
    query: 'cluster=prod',
    pick: ({ failures, items }: any) => ({
      failures,
      pods: items.find(({ plural }: any) => plural === 'pods'),
    }),
  });
  await kinds('an unknown cluster', { query: 'cluster=none' });

  const list = recorder.route('GET /resources/{group}/{plural}');
  const pods = { group: 'core', plural: 'pods' };
  await list('pods', {
    as: CALLERS,
    params: pods,
    query: 'cluster=prod',
    ...frame,
  });
  await list('an unknown cluster', {
    params: pods,
    query: 'cluster=none',
    ...frame,
  });
  await list('bad parameters', {
    params: { group: 'Core', plural: 'pods' },
  });
  await list('a cursor of nothing', {
    params: pods,
    query: 'cursor=x&limit=0',
  });
  await list('a cursor that no list gave', { params: pods, query: 'cursor=x' });

  await recorder.route('GET /resources/nodes')('nodes', {
    as: CALLERS,
    query: 'cluster=prod',
    ...frame,
  });

  await recorder.route('GET /clusters/{cluster}/nodes/{node}/mig')(
    'an unknown node',
    { as: CALLERS, params: { cluster: 'prod', node: 'none' } },
  );

  const abilities = recorder.route('GET /clusters/{cluster}/abilities');
  await abilities('the whole cluster', {
    as: CALLERS,
    params: { cluster: 'prod' },
    pick: ({ canWrite, incomplete }: any) => ({ canWrite, incomplete }),
  });
  await abilities('an unknown cluster', { params: { cluster: 'none' } });

  const params = {
    cluster: 'prod',
    group: 'core',
    plural: 'configmaps',
    name: 'none',
  };
  const query = 'namespace=shop';
  for (const part of ['', '/events', '/related', '/revisions', '/logs']) {
    await recorder.route(`GET ${OBJECT}${part}`)('what does not exist', {
      as: CALLERS,
      params,
      query,
      ...frame,
    });
  }
  const writes: [string, object][] = [
    [`POST ${OBJECT}/reveal`, { keys: ['key'] }],
    [`POST ${OBJECT}/actions`, { action: 'restart', uid: 'uid' }],
    [`PATCH ${OBJECT}`, { uid: 'uid', base: 'a: 1', yaml: 'a: 2' }],
  ];
  for (const [name, body] of writes) {
    const route = recorder.route(name);
    await route('what does not exist', { as: CALLERS, params, query, body });
    await route('a body with other fields', { params, query, body: { x: 1 } });
  }
  await recorder.route(`DELETE ${OBJECT}`)('what does not exist', {
    as: CALLERS,
    params,
    query: `${query}&uid=uid`,
  });
  const apply = recorder.route('POST /clusters/{cluster}/apply');
  await apply('nothing', {
    as: CALLERS,
    params: { cluster: 'prod' },
    body: { yaml: '', dryRun: true },
  });
  await apply('a body with other fields', {
    params: { cluster: 'prod' },
    body: { x: 1 },
  });

  // Terminals are off.
  await recorder.route(
    'POST /clusters/{cluster}/namespaces/{namespace}/pods/{pod}/terminal',
  )('a pod', {
    as: CALLERS,
    params: { cluster: 'prod', namespace: 'shop', pod: 'web' },
    body: {},
  });
  await recorder.route('GET /terminal')('without an upgrade', { as: CALLERS });
}
