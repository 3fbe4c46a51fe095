import { SandboxCluster } from '@berth/cluster-sandbox';
import { badBodies, badClusters } from '../badBodies';
import { CROWD, TEAM_A } from '../people';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

const params = { name: 'again' };

/** Removes objects that are gone from the cluster: the next pass forgets them, whenever that is. */
const withoutForgotten = ({ items, totalItems: _, ...rest }: any) => ({
  ...rest,
  items: items.filter(({ action }: any) => action !== 'forget'),
});

export async function plan(recorder: Recorder, setting: Setting) {
  const { portal } = setting;
  const sandbox = await portal.startCluster('again');
  await read(recorder);
  await takeOver(recorder, setting, sandbox);
  await confirm(recorder, setting);
  await removeLeftovers(recorder, setting, sandbox);
  await podSecurity(recorder);
  await identity(recorder);
  await rebuilt(recorder, setting, sandbox);
}

async function read(recorder: Recorder) {
  const route = recorder.route('GET /clusters/{name}/plan');
  await byEveryone(route)('a cluster without pending changes', {
    params: { name: 'prod' },
    pick: withoutForgotten,
  });
  await route('a cluster that does not answer', { params: { name: 'dark1' } });
  await badClusters(route, 'name');
}

/** Registers a cluster, deletes it, and registers it again. */
async function takeOver(
  recorder: Recorder,
  { portal }: Setting,
  sandbox: SandboxCluster,
) {
  await portal.register('former', sandbox, [TEAM_A]);
  await portal.settled('former');
  // Records the identity of the cluster.
  await portal.runScheduledTasks();
  await portal.admin('DELETE', '/clusters/former');
  await portal.register('again', sandbox, []);
  await portal.runScheduledTasks();
  await portal.admin('PUT', '/clusters/again/shares', { groups: [TEAM_A] });
  await portal.until('/clusters/again/shares', ({ items }) =>
    items.every(
      ({ cause }: { cause?: string }) =>
        cause === 'ManagedByFormerRegistration',
    ),
  );
  const preview = recorder.route('GET /clusters/{name}/plan');
  const { body: before } = await preview(
    'a cluster that was registered before',
    {
      params,
    },
  );
  const formerId = before.formerRegistrations[0]?.id ?? 'none';

  const route = recorder.route('POST /clusters/{name}/plan/take-over');
  await route('another registration', { params, body: { formerId: 'other' } });
  await route('the wrong type', { params, body: { formerId: 5 } });
  await route('a cluster that does not answer', {
    params: { name: 'dark1' },
    body: { formerId },
  });
  await badClusters(route, 'name', { body: { formerId } });
  await badBodies(route, { params, body: { formerId } });
  await byEveryone(route)('takes over', { params, body: { formerId } });
  await portal.settled('again');
}

async function confirm(recorder: Recorder, { portal }: Setting) {
  const route = recorder.route('POST /clusters/{name}/plan/confirm');
  await route('nothing is held', { params, body: { held: 'nothing' } });
  await portal.admin('PUT', '/clusters/again/shares', {
    groups: [TEAM_A, ...CROWD],
  });
  await portal.settled('again');
  await portal.admin('PUT', '/clusters/again/shares', { groups: [TEAM_A] });
  await portal.until('/clusters/again/plan', body => body.held !== undefined);
  const preview = recorder.route('GET /clusters/{name}/plan');
  const { body } = await preview('a cluster with deletions that are held', {
    params,
    pick: ({ items, ...rest }) => ({ ...rest, items: items.slice(0, 1) }),
  });
  const held = body.held?.id ?? 'none';

  await route('other deletions', { params, body: { held: 'other' } });
  await route('the wrong type', { params, body: { held: 5 } });
  await route('a cluster that does not answer', {
    params: { name: 'dark1' },
    body: { held },
  });
  await badClusters(route, 'name', { body: { held } });
  await badBodies(route, { params, body: { held } });
  await byEveryone(route)('confirms the deletions', { params, body: { held } });
  await portal.settled('again');
  await route('once more', { params, body: { held } });
}

/**
 * Deletes a binding that grants another role than its name says. Berth does not delete it automatically,
 * because it is in doubt.
 */
async function removeLeftovers(
  recorder: Recorder,
  { portal }: Setting,
  sandbox: SandboxCluster,
) {
  const { id } = await portal.admin('GET', '/clusters/again');
  sandbox.seed([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: {
        name: 'berth:view:team-b',
        namespace: 'team-a',
        labels: {
          'app.kubernetes.io/managed-by': 'berth',
          'berth.dev/cluster-id': id,
        },
      },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'admin',
      },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Group',
          name: 'team-b',
        },
      ],
    },
  ]);
  const preview = recorder.route('GET /clusters/{name}/plan');
  const { body } = await preview('a cluster with leftovers', {
    params,
    pick: withoutForgotten,
  });
  const uids = [body.leftovers[0]?.uid ?? 'none'];

  const route = recorder.route('POST /clusters/{name}/plan/leftovers/remove');
  await route('something else', { params, body: { uids: ['other'] } });
  await route('nothing', { params, body: { uids: [] } });
  await route('the wrong type', { params, body: { uids: [5] } });
  await route('too many', {
    params,
    body: { uids: Array.from({ length: 101 }, (_, index) => `${index}`) },
  });
  await route('a cluster that does not answer', {
    params: { name: 'dark1' },
    body: { uids },
  });
  await badClusters(route, 'name', { body: { uids } });
  await badBodies(route, { params, body: { uids } });
  await byEveryone(route)('removes leftovers', { params, body: { uids } });
}

async function podSecurity(recorder: Recorder) {
  const route = recorder.route('POST /clusters/{name}/plan/pod-security');
  const body = { level: 'restricted:latest', namespaces: ['team-a'] };
  await byEveryone(route)('a namespace in which nothing waits', {
    params,
    body,
  });
  await route('no namespace', { params, body: { ...body, namespaces: [] } });
  await route('the wrong type', { params, body: { ...body, level: 5 } });
  await badClusters(route, 'name', { body });
  await badBodies(route, { params, body });
}

async function identity(recorder: Recorder) {
  const route = recorder.route('POST /clusters/{name}/plan/identity');
  const found = { runAsUser: 1000, runAsGroup: 100, supplementalGroups: [] };
  const body = {
    owner: 'user:default/alice',
    entityUid: 'uid-of-alice',
    found,
  };
  await byEveryone(route)('an owner whose IDs do not wait', { params, body });
  await route('root', {
    params,
    body: { ...body, found: { ...found, runAsUser: 0 } },
  });
  await route('the wrong type', { params, body: { ...body, owner: 5 } });
  await badClusters(route, 'name', { body });
  await badBodies(route, { params, body });
}

async function rebuilt(
  recorder: Recorder,
  { portal }: Setting,
  sandbox: SandboxCluster,
) {
  const route = recorder.route('POST /clusters/{name}/rebuilt');
  await route('the cluster that is registered', {
    params,
    body: { kubeSystemUid: 'other' },
  });
  const uid = '11111111-2222-4333-8444-555555555555';
  sandbox.seed([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system', uid },
    },
  ]);
  await portal.admin('POST', '/clusters/again/checks');
  const cluster = recorder.route('GET /clusters/{name}');
  await cluster('a cluster that is another one now', { params });
  await recorder.route('GET /clusters/{name}/plan')(
    'a cluster that is another one now',
    { params, pick: withoutForgotten },
  );
  const body = { kubeSystemUid: uid };
  await route('a third cluster', { params, body: { kubeSystemUid: 'other' } });
  await route('the wrong type', { params, body: { kubeSystemUid: 5 } });
  await route('a cluster that does not answer', {
    params: { name: 'dark1' },
    body,
  });
  await badClusters(route, 'name', { body });
  await badBodies(route, { params, body });
  await byEveryone(route)('accepts the cluster', { params, body });
  await cluster('the cluster afterwards', {
    params,
    pick: ({ status }) => status.state,
  });
}
