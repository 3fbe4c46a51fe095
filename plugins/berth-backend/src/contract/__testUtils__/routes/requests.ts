import { badBodies } from '../badBodies';
import { TEAM_A, TEAM_B } from '../people';
import { byEveryone, Recorder, Route } from '../Recorder';
import { Setting } from '../setting';

const END = new Date(Date.now() + 365 * 24 * 60 * 60_000).toISOString();

const namespaceOf = (namespace: string, more: object = {}) => ({
  kind: 'namespace',
  cluster: 'prod',
  namespace,
  group: TEAM_A,
  quota: { sizeClass: 'large' },
  ...more,
});
const quota = {
  kind: 'quota',
  cluster: 'prod',
  namespace: 'shop',
  quota: { hard: { 'requests.cpu': '5' } },
};
const grant = {
  kind: 'grant',
  cluster: 'prod',
  namespace: 'shop',
  group: TEAM_A,
  role: 'admin',
  expiresAt: END,
};

export async function requests(recorder: Recorder, setting: Setting) {
  await preview(recorder);
  await create(recorder);
  await update(recorder, setting);
  const ids = await submit(recorder, setting);
  await decide(recorder, setting);
  await retry(recorder, setting);
  await read(recorder, ids);
  await list(recorder);
}

async function preview(recorder: Recorder) {
  const route = recorder.route('POST /requests');
  for (const [what, body] of [
    ['a preview of a namespace', namespaceOf('billing')],
    [
      'a preview of a small namespace',
      namespaceOf('billing', { quota: { sizeClass: 'small' } }),
    ],
    ['a preview of a quota', quota],
    ['a preview of a role', grant],
  ] as const) {
    await byEveryone(route)(what, { query: 'dryRun=true', body });
  }
  await route('a switch that is neither on nor off', {
    query: 'dryRun=maybe',
    body: quota,
  });
}

async function create(recorder: Recorder) {
  const route = recorder.route('POST /requests');
  await badFields(route);
  await route('a namespace of another group', {
    as: 'member',
    body: namespaceOf('other', { group: TEAM_B }),
  });
  await route('a name that is taken', {
    as: 'member',
    body: namespaceOf('shop'),
  });
  await route('the quota of a namespace that the caller cannot see', {
    as: 'member',
    body: { ...quota, namespace: 'team-b' },
  });
  await route('a quota that is there already', {
    as: 'member',
    body: { ...quota, quota: { hard: { 'requests.cpu': '3', pods: '20' } } },
  });
  await route('a role that is there already', {
    as: 'member',
    body: { ...grant, role: 'edit', expiresAt: undefined },
  });
  await route('a cluster that is not shared with the caller', {
    as: ['stranger', 'member'],
    body: namespaceOf('other', { cluster: 'spare' }),
  });
  const keyed = { ...quota, idempotencyKey: 'key-1' };
  await route('a request of a person who may not make one', {
    as: ['none', 'service', 'stranger', 'auditor', 'restricted'],
    body: keyed,
  });
  await route('a request', { as: 'member', body: keyed });
  await route('the same key again', { as: 'member', body: keyed });
  await route('the same key for something else', {
    as: 'member',
    body: { ...keyed, purpose: 'Other' },
  });
  await route('another request for the same', { as: 'member', body: quota });
  await badBodies((what, input) => route(what, { as: 'member', ...input }), {
    body: { ...namespaceOf('drafted'), draft: true },
  });
}

async function badFields(route: Route) {
  await route('no kind', { body: {} });
  await route('an unknown kind', { body: { kind: 'cluster' } });
  await route('bad fields of a namespace', {
    body: {
      kind: 'namespace',
      cluster: 'A',
      namespace: 'kube-system',
      group: 'user:default/x',
      system: 'a b',
      quota: 5,
      expiresAt: 'soon',
      purpose: 'two\nlines',
      draft: 'yes',
      idempotencyKey: 'a b',
    },
  });
  await route('bad fields of a quota', {
    body: { kind: 'quota', namespace: 'A_B', role: 'view' },
  });
  await route('bad fields of a role', {
    body: {
      ...grant,
      group: 5,
      role: 'owner',
      expiresAt: '2001-01-01T00:00:00Z',
    },
  });
  await route('bad amounts', {
    as: 'member',
    body: { ...quota, quota: { hard: { pods: '-1', color: '2' } } },
  });
  await route('an unknown size class', {
    as: 'member',
    body: { ...quota, quota: { sizeClass: 'huge' } },
  });
}

async function badIds(route: Route, input: object = {}) {
  for (const [what, id] of [
    ['an unknown request', '01JZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['something that is not an id', 'nonsense'],
    ['a control character', 'a%00'],
  ]) {
    await route(what, { as: ['member', 'admin'], ...input, params: { id } });
  }
}

async function draft(setting: Setting, body: object): Promise<string> {
  return make(setting, { ...body, draft: true });
}

async function make({ portal }: Setting, body: object): Promise<string> {
  const answer = await portal.call('member', 'POST', '/api/berth/requests', {
    body,
  });
  if (answer.status !== 201) {
    throw new Error(`The request was refused: ${answer.text}`);
  }
  return answer.body.id;
}

async function update(recorder: Recorder, setting: Setting) {
  const route = recorder.route('PUT /requests/{id}');
  const params = { id: await draft(setting, namespaceOf('drafted')) };
  const body = namespaceOf('drafted', { purpose: 'Other' });
  await byEveryone(route)('a draft of another person', { params, body });
  await route('a draft', { as: 'member', params, body });
  await route('a field that only a new request has', {
    as: 'member',
    params,
    body: { ...body, draft: true },
  });
  await route('another kind', { as: 'member', params, body: quota });
  await badIds(route, { body });
  await badBodies((what, input) => route(what, { as: 'member', ...input }), {
    params,
    body,
  });
}

async function submit(recorder: Recorder, setting: Setting) {
  const route = recorder.route('POST /requests/{id}/submit');
  const id = await draft(setting, namespaceOf('submitted'));
  const params = { id };
  await byEveryone(route)('a draft of another person', { params });
  await route('a draft', { as: 'member', params });
  await route('once more', { as: ['owner', 'member'], params });
  await badIds(route);

  const withdraw = recorder.route('POST /requests/{id}/withdraw');
  const other = { id: await make(setting, namespaceOf('withdrawn')) };
  await byEveryone(withdraw)('a request of another person', { params: other });
  await withdraw('a request', { as: 'member', params: other });
  await withdraw('once more', { as: 'member', params: other });
  await badIds(withdraw);

  const change = recorder.route('PUT /requests/{id}');
  await change('a request that is submitted', {
    as: ['owner', 'member'],
    params,
    body: namespaceOf('submitted'),
  });
  return { submitted: id, drafted: await draft(setting, namespaceOf('mine')) };
}

async function decide(recorder: Recorder, setting: Setting) {
  const route = recorder.route('POST /requests/{id}/decision');
  const params = { id: await make(setting, namespaceOf('denied')) };
  const body = { decision: 'deny', comment: 'Too large' };
  await badBodies(route, { params, body });
  await route('a denial without a comment', {
    params,
    body: { decision: 'deny' },
  });
  await route('bad fields', {
    params,
    body: { decision: 'perhaps', comment: 'x'.repeat(501) },
  });
  await route('a person who may not decide', {
    as: [
      'none',
      'service',
      'stranger',
      'neighbor',
      'member',
      'auditor',
      'restricted',
    ],
    params,
    body,
  });
  await route('a denial', { as: 'owner', params, body });
  await route('once more', { as: ['owner', 'admin'], params, body });
  const approved = { id: await make(setting, namespaceOf('approved')) };
  await route('an approval', {
    params: approved,
    body: { decision: 'approve' },
  });
  await badIds(route, { body });
  await setting.portal.until(
    `/requests/${approved.id}`,
    ({ state }) => state === 'Ready',
  );
}

async function retry(recorder: Recorder, setting: Setting) {
  const route = recorder.route('POST /requests/{id}/retry');
  const params = { id: await make(setting, namespaceOf('retried')) };
  await byEveryone(route)('a request that has not failed', { params });
  await route('a request that has not failed, of the caller', {
    as: 'member',
    params,
  });
  await badIds(route);
}

async function read(
  recorder: Recorder,
  { submitted, drafted }: Record<'submitted' | 'drafted', string>,
) {
  const route = recorder.route('GET /requests/{id}');
  await byEveryone(route)('a request', { params: { id: submitted } });
  await byEveryone(route)('a draft', { params: { id: drafted } });
  await badIds(route);
}

async function list(recorder: Recorder) {
  const route = recorder.route('GET /requests');
  await byEveryone(route)('the requests of the caller', {
    pick: ({ items, ...rest }) => ({ ...rest, items: items.slice(0, 1) }),
  });
  const pick = ({ items, ...rest }: any) => ({
    ...rest,
    items: items.map(({ kind, cluster, namespace, state }: any) =>
      [kind, cluster, namespace, state].join(' '),
    ),
  });
  for (const query of [
    'scope=inbox',
    'scope=all',
    'state=Draft',
    'state=Denied&state=Withdrawn&scope=all',
    'kind=quota&scope=all',
    'cluster=prod&namespace=shop&scope=all',
    'limit=2',
  ]) {
    await route(`the query ${query}`, {
      as: ['stranger', 'neighbor', 'member', 'owner', 'auditor', 'admin'],
      query,
      pick,
    });
  }
  const all = 'scope=all&limit=2';
  const first = await route('the first page', { query: all, pick });
  const next = `cursor=${encodeURIComponent(first.body.next)}`;
  const second = await route('the second page', {
    query: `${all}&${next}`,
    pick,
  });
  const previous = encodeURIComponent(second.body.previous);
  await route('the first page again', {
    query: `${all}&cursor=${previous}`,
    pick,
  });
  await route('a cursor of another filter', { query: next });
  await route('bad parameters', {
    query:
      'scope=theirs&state=Lost&kind=cluster&cluster=A&namespace=&limit=201',
  });
  await route('a limit of nothing', { query: 'limit=0' });
  await route('an unknown parameter', { query: 'unknown=1' });
  await route('a control character', { query: 'cluster=%07' });
  await route('a cursor that is not one', { query: 'cursor=nonsense' });
}
