import { badBodies, badClusters, badNamespaces } from '../badBodies';
import { TEAM_A } from '../people';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

const PROD = { name: 'prod' };

export async function personal(recorder: Recorder, setting: Setting) {
  const list = recorder.route('GET /personal-namespaces');
  await byEveryone(list)('before anybody has one');
  await create(recorder, setting);
  await list('after some have one', { as: ['member', 'admin'] });
  await transfer(recorder);
  await seeActivity(recorder);
  await removeAll(setting);
}

async function create(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route('POST /clusters/{name}/personal-namespace');
  const given = { user: 'user:default/neighbor', name: 'next-door' };
  await byEveryone(route)('the own one', { params: PROD, pick });
  await route('the own one again', { params: PROD, as: 'member', pick });
  await byEveryone(route)('that of another person, with a name', {
    params: PROD,
    body: given,
    pick,
  });
  await route('another name', {
    params: PROD,
    body: { ...given, name: 'elsewhere' },
  });
  await route('a reserved name', {
    params: PROD,
    body: { user: 'admin', name: 'kube-system' },
  });
  await route('a person who is not in the catalog', {
    params: PROD,
    body: { user: 'user:default/ghost' },
  });
  await route('a person who does not see the cluster', {
    params: PROD,
    body: { user: 'user:default/stranger' },
  });
  await route('bad fields', {
    params: PROD,
    body: { user: TEAM_A, name: 'x'.repeat(64) },
  });
  await route('a group', { params: PROD, body: { user: TEAM_A } });
  await badClusters(route, 'name', { params: PROD });
  await badBodies(route, { params: PROD, body: given, pick });
  await portal.settled('prod');
}

async function transfer(recorder: Recorder) {
  const route = recorder.route(
    'POST /clusters/{cluster}/namespaces/{namespace}/transfer',
  );
  const params = { cluster: 'prod', namespace: 'next-door' };
  const body = { owner: TEAM_A };
  await route('to a user who has one', {
    params,
    body: { owner: 'user:default/member' },
  });
  await route('to a user who does not see the cluster', {
    params,
    body: { owner: 'user:default/stranger' },
  });
  await byEveryone(route)('to a group', { params, body, pick });
  await route('to a user again', {
    params,
    body: { owner: 'user:default/neighbor' },
    pick,
  });
  await route('a home namespace', {
    params: { ...params, namespace: 'team-a' },
    body: { owner: 'user:default/owner' },
  });
  await route('to a group that the catalog does not have', {
    params,
    body: { owner: 'group:default/unknown' },
  });
  await route('to a system', {
    params,
    body: { owner: 'system:default/sales' },
  });
  await badClusters(route, 'cluster', { params, body });
  await badNamespaces(route, { body });
  await badBodies(route, { params, body });
}

async function seeActivity(recorder: Recorder) {
  const route = recorder.route('GET /activity');
  const query = 'cluster=prod&namespace=next-door&event=namespace-transfer';
  await route('what an admin did in the namespace of a person', {
    as: ['stranger', 'owner', 'member', 'neighbor', 'auditor', 'admin'],
    query: `${query}&outcome=Succeeded`,
    pick: ({ items }: any) =>
      items.map(({ actor, event, groups, meta }: any) => ({
        actor,
        event,
        groups,
        ...(meta && { meta: Object.keys(meta) }),
      })),
  });
}

/** Leaves out what depends on how far the reconciler is. */
function pick({ name, owner, grants, quota, error }: any) {
  return error
    ? { error }
    : {
        name,
        owner,
        grants: grants.map(({ group, role }: any) => `${group} ${role}`),
        sizeClass: quota?.sizeClass,
      };
}

async function removeAll({ portal }: Setting) {
  await portal.settled('prod');
  const names = ['member', 'admin', 'restricted', 'next-door'];
  const { items } = await portal.admin('GET', '/namespaces?cluster=prod');
  for (const { name, uid } of items) {
    if (names.includes(name)) {
      await portal.admin(
        'DELETE',
        `/clusters/prod/namespaces/${name}?confirm=${name}&uid=${uid}`,
      );
    }
  }
  await portal.until('/namespaces?cluster=prod', answer =>
    answer.items.every(({ name }: { name: string }) => !names.includes(name)),
  );
}
