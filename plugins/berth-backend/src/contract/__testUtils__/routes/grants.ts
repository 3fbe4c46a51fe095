import { badBodies, badClusters, badNamespaces } from '../badBodies';
import { TEAM_A, TEAM_B } from '../people';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

const params = { cluster: 'prod', namespace: 'shop' };
const PATH = '/clusters/{cluster}/namespaces/{namespace}/grants';
/** Within the ten years that the API accepts, whenever the test runs. */
const END = new Date(Date.now() + 365 * 24 * 60 * 60_000).toISOString();

export async function grants(recorder: Recorder, { portal }: Setting) {
  const read = recorder.route(`GET ${PATH}`);
  await byEveryone(read)('the grants of a namespace', { params });
  await read('the home namespace of a group', {
    as: ['member', 'admin'],
    params: { ...params, namespace: 'team-a' },
  });
  await badClusters(read, 'cluster', { params });
  await badNamespaces(read);

  const replace = recorder.route(`PUT ${PATH}`);
  const body = {
    grants: [
      { group: TEAM_A, role: 'edit' },
      { group: TEAM_B, role: 'view', expiresAt: END },
    ],
  };
  const less = { grants: body.grants.slice(0, 1) };
  await byEveryone(replace)('one grant more, without a tag', { params, body });
  await replace('one grant less, without a tag', { params, body: less });
  await replace('one grant less, with a wrong tag', {
    params,
    headers: { 'if-match': '"wrong"' },
    body: less,
  });
  const { etag } = await portal.admin(
    'GET',
    '/clusters/prod/namespaces/shop/grants',
  );
  await replace('one grant less, with the tag of now', {
    params,
    headers: { 'if-match': etag },
    body: less,
  });
  await replace('a tag that is out of date', {
    params,
    headers: { 'if-match': etag },
    body: less,
  });
  await replace('any tag', {
    params,
    headers: { 'if-match': '*' },
    body: { grants: [{ group: 'group:default/team-a', role: 'admin' }] },
  });
  await replace('another role, without a tag', { params, body: less });
  await replace('only if there are none', {
    params,
    headers: { 'if-none-match': '*' },
    body,
  });
  await replace('a group twice', {
    params,
    body: {
      grants: [...body.grants, { group: 'group:default/TEAM-A', role: 'view' }],
    },
  });
  await replace('bad fields', {
    params,
    body: {
      grants: [
        { group: 5, role: 'owner' },
        { group: 'user:default/x', role: 'view', expiresAt: 'soon' },
        { role: 'view', more: true },
      ],
    },
  });
  await replace('the past', {
    params,
    body: {
      grants: [
        { group: TEAM_A, role: 'view', expiresAt: '2001-01-01T00:00:00Z' },
      ],
    },
  });
  await replace('a group that the catalog does not have', {
    params,
    body: { grants: [{ group: 'group:default/unknown', role: 'view' }] },
  });
  await replace('too many grants', {
    params,
    body: {
      grants: Array.from({ length: 201 }, (_, index) => ({
        group: `g${index}`,
        role: 'view',
      })),
    },
  });
  await badClusters(replace, 'cluster', { params, body });
  await badNamespaces(replace, { body });
  await badBodies(replace, {
    params,
    headers: { 'if-match': '*' },
    body: less,
  });
  await portal.settled('prod');
}
