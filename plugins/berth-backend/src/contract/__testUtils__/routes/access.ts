import { badBodies, badClusters } from '../badBodies';
import { CallerName, EVERYONE } from '../people';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';
import { decodeJwt, decodeProtectedHeader } from 'jose';

export async function access(recorder: Recorder, setting: Setting) {
  const me = recorder.route('GET /access/me');
  await me('about the caller', { as: [...EVERYONE, 'neighbor', 'ghost'] });
  await me('an unknown parameter', { query: 'unknown=1' });
  await explain(recorder);
  await token(recorder, setting);
}

async function explain(recorder: Recorder) {
  const route = recorder.route('GET /access/explain');
  await byEveryone(route)('a namespace', {
    query: 'cluster=prod&namespace=shop',
  });
  await byEveryone(route)('the namespace and another person', {
    query: 'cluster=prod&namespace=shop&user=member',
  });
  await route('the caller by name', {
    as: 'member',
    query: 'cluster=prod&namespace=shop&user=user:default/member',
  });
  await route('a cluster alone', { as: 'member', query: 'cluster=prod' });
  for (const query of [
    'cluster=nowhere',
    'cluster=spare',
    'cluster=prod&namespace=nowhere',
    'cluster=dark1',
    'cluster=prod&user=unknown',
    'cluster=prod&user=group:default/team-a',
    'cluster=prod&user=a%20b',
    '',
    'cluster=&namespace=A_B&user=&unknown=1',
    'cluster=prod&cluster=spare',
    'cluster=%07',
  ]) {
    await route(`the query ${query}`, { as: ['member', 'admin'], query });
  }
}

async function token(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route('POST /clusters/{name}/token');
  const params = { name: 'prod' };
  await byEveryone(route)('a token', { params });
  const callers: CallerName[] = ['member', 'neighbor', 'auditor', 'admin'];
  for (const caller of callers) {
    const { body } = await portal.call(
      caller,
      'POST',
      '/api/berth/clusters/prod/token',
    );
    const minted = body.token;
    if (minted) {
      const claims = decodeJwt(minted);
      const lifetime = (claims.exp ?? 0) - (claims.iat ?? 0);
      recorder.note(
        `  ${caller}'s claims: ${Object.keys(claims).sort().join(' ')}; sub ${
          claims.sub
        }; groups ${claims.groups}; ${lifetime} seconds; header ${Object.keys(
          decodeProtectedHeader(minted),
        )
          .sort()
          .join(' ')}`,
      );
    }
  }
  await route('an empty object', { params, as: 'member', body: {} });
  await route('an empty list', { params, as: 'member', body: [] });
  await route('groups in the body', {
    params,
    as: ['member', 'admin'],
    body: { groups: ['system:masters'] },
  });
  await route('groups in the query', {
    params,
    as: ['member', 'admin'],
    query: 'groups=system:masters',
  });
  await route('a form', {
    params,
    as: 'member',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    text: 'groups=system:masters',
  });
  await route('a cluster that does not answer', { params: { name: 'dark1' } });
  await badClusters(route, 'name');
  await badBodies((what, input) => route(what, { as: 'member', ...input }), {
    params,
    body: { ttl: 3600 },
  });
}
