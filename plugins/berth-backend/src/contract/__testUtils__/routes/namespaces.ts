import { badBodies, badClusters, badNamespaces } from '../badBodies';
import { TEAM_A, TEAM_B } from '../people';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

const shop = { cluster: 'prod', namespace: 'shop' };

export async function namespaces(recorder: Recorder, setting: Setting) {
  await list(recorder);
  await create(recorder, setting);
  await availability(recorder);
  await read(recorder);
  await update(recorder, setting);
  await remove(recorder, setting);
}

async function list(recorder: Recorder) {
  const route = recorder.route('GET /namespaces');
  await byEveryone(route)('all namespaces', { query: 'cluster=prod' });
  const pick = ({ items, ...rest }: any) => ({
    ...rest,
    names: items.map(({ name }: { name: string }) => name),
  });
  for (const query of [
    'search=SHO',
    'group=group:default/team-a',
    'group=group:default/team-a&group=group:default/team-b&cluster=prod&cluster=spare',
    'phase=Active',
    'phase=Terminating',
    'mine=true',
    'unbounded=true',
    'orderBy=name&order=desc',
    'orderBy=owner&order=asc',
    'limit=1',
    'cluster=nowhere',
  ]) {
    await route(`the query ${query}`, { query, pick, as: ['member', 'admin'] });
  }
  const first = await route('the first page', { query: 'limit=1', pick });
  const next = `cursor=${encodeURIComponent(first.body.next)}`;
  const second = await route('the second page', {
    query: `limit=1&${next}`,
    pick,
    as: ['member', 'admin'],
  });
  const previous = encodeURIComponent(second.body.previous);
  await route('the first page again', {
    query: `limit=1&cursor=${previous}`,
    pick,
  });
  await route('a cursor of another order', { query: `order=desc&${next}` });
  await route('a cursor of another filter', { query: `search=a&${next}` });
  await route('bad parameters', {
    query:
      'phase=Gone&mine=perhaps&unbounded=&orderBy=age&order=up&limit=0&group=user:default/x',
  });
  await route('a limit that is too large', { query: 'limit=501' });
  await route('a limit that is not a number', { query: 'limit=1e2' });
  await route('a parameter twice', { query: 'limit=1&limit=2' });
  await route('a text that is too long', {
    query: `search=${'x'.repeat(254)}`,
  });
  await route('an unknown parameter', { query: 'unknown=1' });
  await route('a control character', { query: 'search=%07' });
  await route('a cursor that is not one', { query: 'cursor=nonsense' });
}

async function create(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route('POST /clusters/{cluster}/namespaces');
  const params = { cluster: 'prod' };
  const good = {
    name: 'web',
    owner: TEAM_A,
    system: 'sales',
    purpose: 'The web shop',
    grants: [{ group: TEAM_A, role: 'edit' }],
    quota: { sizeClass: 'small' },
  };
  await byEveryone(route)('a namespace with everything', {
    params,
    body: good,
  });
  await route('a name alone', { params, body: { name: 'bare' } });
  await route('a name that is taken', { params, body: good });
  await route('the name of a group', {
    params,
    body: { name: 'team-c', owner: TEAM_A },
  });
  await route('a reserved name', { params, body: { name: 'kube-system' } });
  await route('bad fields', {
    params,
    body: {
      name: 'A_B',
      owner: 'user:default/admin',
      system: 'component:default/x',
      purpose: 'two\nlines',
      grants: [
        { group: 'x:y:z', role: 'owner', expiresAt: 'soon', more: 1 },
        { group: TEAM_A, role: 'view', expiresAt: '2001-01-01T00:00:00Z' },
        { group: TEAM_A, role: 'view', expiresAt: '2999-01-01T00:00:00Z' },
      ],
      quota: { sizeClass: 5 },
      adopt: 'yes',
    },
  });
  await route('a group twice', {
    params,
    body: {
      name: 'twice',
      grants: [
        { group: TEAM_A, role: 'view' },
        { group: 'group:default/team-a', role: 'edit' },
      ],
    },
  });
  await route('an owner that the catalog does not have', {
    params,
    body: { name: 'other', owner: 'group:default/unknown' },
  });
  await route('a system that the catalog does not have', {
    params,
    body: { name: 'other', system: 'unknown' },
  });
  await route('a group of a grant that the catalog does not have', {
    params,
    body: {
      name: 'other',
      grants: [{ group: 'group:default/unknown', role: 'view' }],
    },
  });
  await route('a quota that cannot be', {
    params,
    body: { name: 'other', quota: { hard: { pods: '-1', color: '1' } } },
  });
  await route('an unknown size class', {
    params,
    body: { name: 'other', quota: { sizeClass: 'huge' } },
  });
  await route('a namespace of the cluster, not adopted', {
    params,
    body: { name: 'legacy' },
  });
  await route('a namespace to adopt that is not on the cluster', {
    params,
    body: { name: 'absent', adopt: true },
  });
  await route('adopts a namespace', {
    params,
    body: { name: 'legacy', adopt: true },
    // The reconciler may see the namespace before or after it is handed over.
    pick: ({ name, home, grants }) => ({ name, home, grants }),
  });
  await badClusters(route, 'cluster', { body: { name: 'other' } });
  await badBodies(route, { params, body: { name: 'other' } });
  await portal.settled('prod');
}

async function availability(recorder: Recorder) {
  const route = recorder.route(
    'GET /clusters/{cluster}/namespaces/{namespace}/availability',
  );
  const params = (namespace: string) => ({ cluster: 'prod', namespace });
  await byEveryone(route)('a name that is free', { params: params('free') });
  for (const name of ['shop', 'team-a', 'team-c', 'kube-system', 'A_B']) {
    await route(`the name ${name}`, {
      as: ['member', 'admin'],
      params: params(name),
      query: `group=${TEAM_A}`,
    });
  }
  await route('a namespace that is on the cluster', {
    as: ['member', 'admin'],
    params: params('default'),
  });
  await route('a cluster that does not answer', {
    params: { cluster: 'dark1', namespace: 'free' },
  });
  await route('something that is not a group', {
    params: params('free'),
    query: 'group=user:default/admin',
  });
  await route('an unknown parameter', {
    params: params('free'),
    query: 'unknown=1',
  });
  await badClusters(route, 'cluster', { params: { namespace: 'free' } });
}

async function read(recorder: Recorder) {
  const route = recorder.route(
    'GET /clusters/{cluster}/namespaces/{namespace}',
  );
  await byEveryone(route)('a namespace', { params: shop });
  await route('the home namespace of a group', {
    as: ['member', 'admin'],
    params: { ...shop, namespace: 'team-a' },
  });
  await badClusters(route, 'cluster', { params: shop });
  await badNamespaces(route);
}

async function update(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route(
    'PATCH /clusters/{cluster}/namespaces/{namespace}',
  );
  const params = shop;
  const body = { purpose: 'Sells things' };
  const { etag } = await portal.admin('GET', '/clusters/prod/namespaces/shop');
  await byEveryone(route)('a purpose', { params, body });
  await route('a tag that is out of date', {
    params,
    headers: { 'if-match': etag },
    body,
  });
  await route('a wrong tag', {
    params,
    headers: { 'if-match': 'tag' },
    body,
  });
  const now = await portal.admin('GET', '/clusters/prod/namespaces/shop');
  await route('the tag of now', {
    params,
    headers: { 'if-match': now.etag },
    body: { system: 'sales', purpose: '' },
  });
  await route('any tag', {
    params,
    headers: { 'if-match': '*' },
    body: { system: null, owner: null, purpose: null },
  });
  await route('only if there is none', {
    params,
    headers: { 'if-none-match': '*' },
    body,
  });
  await route('an owner', { params, body: { owner: TEAM_A } });
  await route('another owner of a home namespace', {
    params: { ...shop, namespace: 'team-a' },
    body: { owner: TEAM_B },
  });
  await route('an owner that the catalog does not have', {
    params,
    body: { owner: 'group:default/unknown' },
  });
  await route('a system that the catalog does not have', {
    params,
    body: { system: 'unknown' },
  });
  await route('nothing', { params, body: {} });
  await route('bad fields', {
    params,
    body: { owner: 5, system: 'a b', purpose: 'x'.repeat(1001) },
  });
  await badClusters(route, 'cluster', { params: shop, body });
  await badNamespaces(route, { body });
  await badBodies(route, { params, body });
}

async function remove(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route(
    'DELETE /clusters/{cluster}/namespaces/{namespace}',
  );
  const params = { cluster: 'prod', namespace: 'web' };
  const { uid } = await portal.admin('GET', '/clusters/prod/namespaces/web');
  const query = `confirm=web&uid=${uid}`;
  await route('without a confirmation', { params });
  await route('bad fields', { params, query: 'confirm=web&uid=1&uid=2&x=1' });
  await route('another name', { params, query: `confirm=shop&uid=${uid}` });
  await route('without the UID', { params, query: 'confirm=web' });
  await route('another UID', { params, query: 'confirm=web&uid=other' });
  const { uid: home } = await portal.admin(
    'GET',
    '/clusters/prod/namespaces/team-a',
  );
  await route('the home namespace of a group', {
    params: { ...params, namespace: 'team-a' },
    query: `confirm=team-a&uid=${home}`,
  });
  await byEveryone(route)('a namespace', { params, query });
  await badClusters(route, 'cluster', { params, query });
  await badNamespaces(route, { query: 'confirm=nowhere' });
  // The record does not contain the end of the deletion.
  await portal.until('/namespaces?cluster=prod', ({ items }) =>
    items.every(({ name }: { name: string }) => name !== 'web'),
  );
}
