import { describeWithControlPlane } from '@berth/control-plane';
import { AccessRequest, RequestSpec } from '@berth/plugin-berth-common';
import { eventually } from './portal/eventually';
import { Portal } from './portal/Portal';
import { SharedCluster, TEAM_A, TEAM_B } from './portal/SharedCluster';

jest.setTimeout(300_000);

/** Requests through the API and their effect on kubectl, on real parts. */
describeWithControlPlane('requests on a shared cluster', () => {
  let portal: Portal;
  let shared: SharedCluster;

  beforeAll(async () => {
    shared = await SharedCluster.start();
    portal = shared.portal;
  });

  afterAll(async () => {
    await shared?.stop();
  });

  const kubectl: SharedCluster['kubectl'] = (...args) =>
    shared.kubectl(...args);
  const as: SharedCluster['as'] = (...args) => shared.as(...args);

  const namespaceSpec = (
    namespace: string,
    sizeClass: string,
  ): RequestSpec => ({
    kind: 'namespace',
    cluster: 'prod01',
    namespace,
    group: TEAM_A,
    quota: { sizeClass },
  });

  async function ends(person: string, id: string): Promise<AccessRequest> {
    const client = await portal.signIn(person);
    let request: AccessRequest | undefined;
    await eventually(`the request ${id} has ended`, async () => {
      request = await client.getRequest(id);
      return ['Ready', 'Failed'].includes(request.state);
    });
    return request as AccessRequest;
  }

  const path = ({ steps }: AccessRequest) =>
    steps.map(({ state }) => state).join(' ');

  it('creates a namespace at once if a rule approves the request', async () => {
    const alice = await portal.signIn('alice');
    const { id } = await alice.createRequest({
      ...namespaceSpec('billing', 'small'),
      purpose: 'Bills',
      idempotencyKey: 'billing-1',
    });
    const request = await ends('alice', id);
    expect(path(request)).toBe('Submitted AutoApproved Provisioning Ready');
    expect(await as('alice', 'create configmap hello -n billing')).toBe(
      'configmap/hello created',
    );
    expect(await as('bob', 'get configmaps -n billing')).toContain('Forbidden');
    expect(
      await kubectl(
        'get resourcequota berth -n billing -o jsonpath={.spec.hard.pods}',
      ),
    ).toBe('20');
  });

  it('asks a person to decide a larger request, and shows the reason of the denial', async () => {
    const alice = await portal.signIn('alice');
    const { id, state } = await alice.createRequest(
      namespaceSpec('training', 'gpu'),
    );
    expect(state).toBe('Submitted');
    const ada = await portal.signIn('ada');
    const { items } = await ada.listRequests({ scope: 'inbox' });
    expect(items.map(item => item.id)).toEqual([id]);
    await ada.decideRequest(id, { decision: 'deny', comment: 'Ask for less' });
    const denied = await alice.getRequest(id);
    expect(denied.steps[1]).toMatchObject({
      state: 'Denied',
      by: 'user:default/ada',
      reason: 'Ask for less',
    });
    expect(
      await kubectl('get namespace training -o name --ignore-not-found'),
    ).toBe('');
  });

  it('grants a role and another quota once they are approved', async () => {
    const [ada, alice, bob] = await Promise.all(
      ['ada', 'alice', 'bob'].map(person => portal.signIn(person)),
    );
    const address = { cluster: 'prod01', namespace: 'billing' };
    const role = await bob.createRequest({
      kind: 'grant',
      ...address,
      group: TEAM_B,
      role: 'view',
    });
    const quota = await alice.createRequest({
      kind: 'quota',
      ...address,
      quota: { sizeClass: 'medium' },
    });
    for (const { id, state } of [role, quota]) {
      expect(state).toBe('Submitted');
      await ada.decideRequest(id, { decision: 'approve' });
    }
    expect((await ends('bob', role.id)).state).toBe('Ready');
    expect(await as('bob', 'get configmap hello -n billing -o name')).toBe(
      'configmap/hello',
    );
    expect(await as('alice', 'get configmap hello -n billing -o name')).toBe(
      'configmap/hello',
    );
    expect((await ends('alice', quota.id)).state).toBe('Ready');
    expect(
      await kubectl(
        'get resourcequota berth -n billing -o jsonpath={.spec.hard.pods}',
      ),
    ).toBe('60');
  });

  it('S36 does not take over what is on the cluster already', async () => {
    await kubectl('create namespace legacy');
    const alice = await portal.signIn('alice');
    await expect(
      alice.createRequest(namespaceSpec('legacy', 'medium')),
    ).rejects.toMatchObject({ statusCode: 409 });
    expect(
      await kubectl('get rolebindings,resourcequotas -n legacy -o name'),
    ).toBe('');
    await kubectl('delete namespace legacy');
    const { id } = await alice.createRequest(namespaceSpec('legacy', 'medium'));
    const ada = await portal.signIn('ada');
    await ada.decideRequest(id, { decision: 'approve' });
    expect((await ends('alice', id)).state).toBe('Ready');
    expect(await as('alice', 'create configmap hello -n legacy')).toBe(
      'configmap/hello created',
    );
  });
});
