import { badBodies, badClusters } from '../badBodies';
import { TEAM_A, TEAM_B, TEAM_C } from '../people';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

const params = { name: 'dark3' };

export async function shares(recorder: Recorder, { portal }: Setting) {
  const read = recorder.route('GET /clusters/{name}/shares');
  await byEveryone(read)('the shares of a cluster', {
    params: { name: 'prod' },
  });
  await read('the shares of a cluster that has none', { params });
  await badClusters(read, 'name');

  const replace = recorder.route('PUT /clusters/{name}/shares');
  await byEveryone(replace)('the first shares', {
    params,
    body: { groups: [TEAM_B] },
  });
  await byEveryone(replace)('one group more, without a tag', {
    params: { name: 'prod' },
    body: { groups: [TEAM_A, TEAM_B] },
  });
  await replace('one group less, without a tag', {
    params,
    body: { groups: [] },
  });
  await replace('one group less, with a wrong tag', {
    params,
    headers: { 'if-match': '"wrong"' },
    body: { groups: [] },
  });
  await replace('one group less, if there is none', {
    params,
    headers: { 'if-none-match': '*' },
    body: { groups: [] },
  });
  const { etag } = await portal.admin('GET', '/clusters/dark3/shares');
  await replace('one group less, with the tag of now', {
    params,
    headers: { 'if-match': etag },
    body: { groups: [] },
  });
  await replace('a name', {
    params,
    body: { groups: [TEAM_C], names: { [TEAM_C]: 'team-sea' } },
  });
  await replace('any tag', {
    params,
    headers: { 'if-match': '*' },
    body: { groups: [TEAM_B, 'group:default/TEAM-B', TEAM_C] },
  });
  await replace('a group that the catalog does not have', {
    params,
    headers: { 'if-match': '*' },
    body: { groups: ['group:default/unknown'] },
  });
  await replace('bad groups', {
    params,
    body: { groups: ['', 'user:default/admin', 'a b', 'x:y:z'] },
  });
  await replace('the wrong types', {
    params,
    body: { groups: [5], names: { a: 5 }, takeOver: 'all' },
  });
  await replace('names and take-overs of other groups', {
    params,
    body: {
      groups: [TEAM_B],
      names: {
        [TEAM_A]: 'a',
        'group:default/team-b': 'x',
        'group:default/TEAM-B': 'y',
      },
      takeOver: [TEAM_A],
    },
  });
  await replace('a name that is reserved', {
    params,
    headers: { 'if-match': '*' },
    body: { groups: [TEAM_B], names: { [TEAM_B]: 'system:masters' } },
  });
  await replace('a name that another group has', {
    params,
    headers: { 'if-match': '*' },
    body: { groups: [TEAM_B, TEAM_A], names: { [TEAM_B]: 'team-a' } },
  });
  await replace('too many groups', {
    params,
    body: { groups: Array.from({ length: 501 }, (_, index) => `g${index}`) },
  });
  await badClusters(replace, 'name', { body: { groups: [] } });
  await badBodies(replace, { params, body: { groups: [TEAM_B, TEAM_C] } });

  const add = recorder.route('POST /clusters/{name}/shares');
  await byEveryone(add)('a group', { params, body: { group: TEAM_A } });
  await add('a group that has a share', { params, body: { group: TEAM_A } });
  await add('a group that the catalog does not have', {
    params,
    body: { group: 'group:default/unknown' },
  });
  await add('bad fields', {
    params,
    body: { group: 5, name: 'x'.repeat(64), takeOver: 'yes' },
  });
  await badClusters(add, 'name', { body: { group: TEAM_A } });
  await badBodies(add, { params, body: { group: TEAM_A } });

  const remove = recorder.route('DELETE /clusters/{name}/shares');
  await byEveryone(remove)('a group', { params, query: `group=${TEAM_C}` });
  await remove('a group without a share', {
    params,
    query: 'group=group:default/team-c',
  });
  await remove('no group', { params });
  await remove('two groups', {
    params,
    query: 'group=group:default/team-a&group=group:default/team-b',
  });
  await remove('something that is not a group', {
    params,
    query: 'group=user:default/admin',
  });
  await remove('an unknown parameter', {
    params,
    query: 'group=group:default/team-a&unknown=1',
  });
  await remove('a control character', { params, query: 'group=%07' });
  await badClusters(remove, 'name', { query: 'group=group:default/team-a' });
}
