import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  grantSpec,
  namespaceSpec,
  quotaSpec,
  startPortal,
  TEAM_A,
  TestPortal,
} from './__testUtils__/portal';
import { reconciled } from './__testUtils__/replica';

jest.setTimeout(60_000);

describe('the steps of a request', () => {
  let sandbox: SandboxCluster;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'requests' });
  });

  afterAll(() => sandbox.stop());

  afterEach(() => portal?.stop());

  it('leads from the request through an approval to a namespace', async () => {
    portal = await startPortal(sandbox);
    const { spec, call, sent } = portal;
    const requested = await spec(
      'alice',
      namespaceSpec({ purpose: 'Bills', system: 'Sales' }),
    );
    expect(requested.status).toBe(201);
    expect(requested.body).toMatchObject({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      spec: namespaceSpec({ purpose: 'Bills', system: 'system:default/sales' }),
      state: 'Submitted',
      requester: 'user:default/alice',
      steps: [{ state: 'Submitted', by: 'user:default/alice' }],
      verdict: {
        outcome: 'NeedsApproval',
        approvers: ['user:default/olga', 'group:default/platform'],
      },
      may: { decide: false, withdraw: true, submit: false, retry: false },
    });
    expect(requested.body).not.toHaveProperty('observed');
    expect(sent).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['user:default/olga', 'group:default/platform'],
        excludeEntityRef: 'user:default/alice',
      },
      payload: expect.objectContaining({
        title: 'alice requests the namespace billing on prod',
        description: 'Bills',
        link: `/berth/requests/${requested.body.id}`,
      }),
    });

    const path = `/requests/${requested.body.id}`;
    const inbox = await call('olga', 'get', '/requests?scope=inbox');
    expect(inbox.body).toMatchObject({
      totalItems: 1,
      items: [
        {
          id: requested.body.id,
          may: { decide: true, withdraw: false },
          observed: {
            requested: { 'requests.cpu': '2', 'requests.memory': '4Gi' },
          },
        },
      ],
    });
    const decided = await call('olga', 'post', `${path}/decision`, {
      decision: 'approve',
      comment: 'Go on',
    });
    expect(decided.status).toBe(200);
    expect(decided.body.state).toBe('Provisioning');

    const made = await call(
      'alice',
      'get',
      '/clusters/prod/namespaces/billing',
    );
    expect(made.body).toMatchObject({
      name: 'billing',
      owner: TEAM_A,
      purpose: 'Bills',
      system: 'system:default/sales',
      createdBy: 'user:default/alice',
      grants: [{ group: TEAM_A, role: 'admin', source: 'grant' }],
      quota: { sizeClass: 'small' },
    });
  });

  it('refuses a system that is not in the catalog, and creates nothing', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    const body = namespaceSpec({ system: 'nosuch' });
    const refused = [
      await spec('alice', body),
      await spec('alice', { ...body, draft: true }),
      await call('alice', 'post', '/requests?dryRun=true', body),
    ];
    for (const { status, body: answer } of refused) {
      expect([status, answer.error.message]).toEqual([
        400,
        'system "system:default/nosuch" is not a System that you can see in the catalog. Correct the spelling or leave it out',
      ]);
    }
    const { body: left } = await call('alice', 'get', '/requests');
    expect(left.totalItems).toBe(0);
  });

  it('P9 asks for a name with the prefix of the cluster, and takes a repeated call for the same', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    await call('ada', 'patch', '/clusters/prod', { namespacePrefix: 'p-' });
    const prefixed = namespaceSpec({ namespace: 'till', idempotencyKey: 'k2' });
    for (const status of [201, 200]) {
      const made = await spec('alice', prefixed);
      expect([made.status, made.body.spec.namespace]).toEqual([
        status,
        'p-till',
      ]);
    }
  });

  it('approves by a rule, and is ready once the cluster has it', async () => {
    portal = await startPortal(sandbox, {
      requests: {
        rules: [
          {
            name: 'small-dev',
            kinds: ['namespace'],
            clusterLabels: { environment: 'dev' },
            sizeClasses: ['small'],
            groupQuota: { cpu: '5' },
            then: 'approve',
          },
        ],
      },
    });
    const { spec, call, sent } = portal;
    const body = namespaceSpec({ namespace: 'auto', idempotencyKey: 'k1' });
    const preview = await call('alice', 'post', '/requests?dryRun=true', body);
    expect(preview.body).toEqual({
      outcome: 'AutoApprove',
      rule: 'small-dev',
      reasons: ['The rule "small-dev" applies'],
      approvers: ['user:default/olga', 'group:default/platform'],
      // The portal has no credential for this cluster.
      warning:
        'prod does not answer whether it has a namespace "auto". If it has one, the namespace cannot be created',
    });
    expect((await call('ada', 'get', '/requests?scope=all')).body).toEqual({
      items: [],
      totalItems: 0,
      offset: 0,
    });

    const requested = await spec('alice', body);
    expect([requested.status, requested.body.state]).toEqual([
      201,
      'Provisioning',
    ]);
    const again = await spec('alice', body);
    expect([again.status, again.body.id]).toEqual([200, requested.body.id]);
    for (const [field, value] of Object.entries({
      namespace: 'other',
      purpose: 'Something else',
      quota: { sizeClass: 'large' },
      expiresAt: '2030-01-01T00:00:00Z',
    })) {
      const changed = await call('alice', 'post', '/requests', {
        ...body,
        [field]: value,
      });
      expect([changed.status, changed.body.error.problems]).toEqual([
        409,
        [
          {
            path: [field],
            message: expect.stringContaining(
              'of the request that has this idempotencyKey',
            ),
          },
        ],
      ]);
    }
    expect(requested.body.steps.map((step: { by: string }) => step.by)).toEqual(
      ['user:default/alice', 'system:requests', 'system:requests'],
    );
    expect(sent).not.toHaveBeenCalled();

    const path = `/requests/${requested.body.id}`;
    const database = portal.database();
    await reconciled(database);
    expect((await call('alice', 'get', path)).body.state).toBe('Ready');
    expect(sent).toHaveBeenCalledTimes(1);
    expect(sent).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: ['user:default/alice'] },
      payload: expect.objectContaining({
        title: 'Ready: the namespace auto on prod',
      }),
    });

    // shop uses 1 and auto uses 2, so 2 are left.
    const second = await spec('alice', namespaceSpec({ namespace: 'auto2' }));
    expect(second.body.state).toBe('Provisioning');
    const third = await spec('alice', namespaceSpec({ namespace: 'auto3' }));
    expect(third.body).toMatchObject({
      state: 'Submitted',
      verdict: {
        outcome: 'NeedsApproval',
        reasons: [
          'The rule "small-dev" does not apply: team-a has less cpu left',
        ],
      },
    });
    const seen = await call('olga', 'get', `/requests/${third.body.id}`);
    expect(seen.body.observed).toEqual({
      requested: { 'requests.cpu': '2', 'requests.memory': '4Gi' },
      left: { cpu: '0' },
      leftRule: 'small-dev',
      namespaceExists: false,
    });
  });

  it('shows deciders the usage next to the requested quota', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    const requested = await spec('alice', quotaSpec());
    await portal
      .database()('quotas')
      .update({
        used: JSON.stringify({ 'requests.cpu': '900m' }),
        observed_at: '2026-01-01T00:00:00.000Z',
      });
    const { body } = await call('ada', 'get', `/requests/${requested.body.id}`);
    expect(body.observed).toEqual({
      requested: { 'requests.cpu': '3' },
      hard: { 'requests.cpu': '1' },
      used: { 'requests.cpu': '900m' },
      observedAt: '2026-01-01T00:00:00.000Z',
      namespaceExists: true,
      namespaceOwner: TEAM_A,
    });
  });

  it('reports that the namespace is gone, and that no one can decide', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    const requested = await spec('alice', namespaceSpec());
    const path = `/requests/${requested.body.id}`;
    await call('olga', 'post', `${path}/decision`, { decision: 'approve' });
    await portal.database()('requests').update({ state: 'Ready' });
    const ready = await call('alice', 'get', path);
    expect(ready.body.state).toBe('Ready');
    expect(ready.body).not.toHaveProperty('gone');
    await portal.database()('namespaces').where({ name: 'billing' }).delete();
    expect((await call('alice', 'get', path)).body.gone).toBe(true);

    // Ada is the only admin, and admins decide about a namespace without an owner.
    await call('ada', 'patch', '/clusters/prod/namespaces/shop', {
      owner: null,
    });
    const own = await spec('ada', quotaSpec());
    expect(own.body.verdict.undecidable).toBe(true);
    const hers = await spec('alice', namespaceSpec({ namespace: 'other' }));
    expect(hers.body.verdict).not.toHaveProperty('undecidable');
  });

  it('reports to a decider that the namespace does not exist, and refuses to approve', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    const requested = await spec('bob', grantSpec({ namespace: 'nosuch' }));
    const path = `/requests/${requested.body.id}`;
    expect(requested.body).not.toHaveProperty('observed');
    const seen = await call('ada', 'get', path);
    expect(seen.body.observed).toEqual({ namespaceExists: false });
    const decided = await call('ada', 'post', `${path}/decision`, {
      decision: 'approve',
    });
    expect([decided.status, decided.body.error.message]).toEqual([
      409,
      'Berth manages no namespace nosuch on prod, so this request cannot be approved: deny it and give the reason, or create the namespace first',
    ]);
  });

  it('accepts quota requests only from people who may use the namespace', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    await call('ada', 'put', '/clusters/prod/namespaces/shop/grants', {
      grants: [{ group: TEAM_A, role: 'view' }],
    })
      .set('If-Match', '*')
      .expect(200);
    const refused = await spec('alice', quotaSpec());
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      'Your groups hold only view in shop; a request for a quota needs admin or edit there',
    ]);
  });

  it('accepts the quota request of a person for the own personal namespace, about which admins decide', async () => {
    portal = await startPortal(sandbox, {
      personalNamespaces: [{ clusters: ['prod'] }],
    });
    const { spec, call } = portal;
    await call('alice', 'post', '/clusters/prod/personal-namespace').expect(
      201,
    );
    const wanted = quotaSpec({ namespace: 'alice' });
    const requested = await spec('alice', wanted);
    expect([requested.status, requested.body.state]).toEqual([
      201,
      'Submitted',
    ]);
    const path = `/requests/${requested.body.id}`;
    expect((await call('ada', 'get', path)).body.may.decide).toBe(true);
    expect((await call('olga', 'get', path)).status).toBe(404);

    const table = () => portal.database()('personal_namespaces');
    await table().update({ user_uid: 'uid-of-a-former-alice' });
    await call('ada', 'put', '/clusters/prod/namespaces/alice/grants', {
      grants: [{ group: TEAM_A, role: 'view' }],
    })
      .set('If-Match', '*')
      .expect(200);
    expect((await spec('alice', wanted)).status).toBe(403);
  });

  it('shows a draft with its current verdict', async () => {
    portal = await startPortal(sandbox);
    const { spec, call, sent } = portal;
    const draft = await spec('alice', namespaceSpec({ draft: true }));
    expect(draft.body).toMatchObject({
      state: 'Draft',
      verdict: { outcome: 'NeedsApproval' },
      may: { submit: true, withdraw: true },
    });
    expect(sent).not.toHaveBeenCalled();
    const path = `/requests/${draft.body.id}`;
    const changed = await call(
      'alice',
      'put',
      path,
      namespaceSpec({ namespace: 'other', purpose: 'More' }),
    );
    expect(changed.body).toMatchObject({
      spec: { namespace: 'other', purpose: 'More' },
      state: 'Draft',
    });
    await call('alice', 'post', `${path}/submit`);
    const late = await call('alice', 'put', path, namespaceSpec());
    expect([late.status, late.body.error.message]).toEqual([
      409,
      'The request is Submitted; only while it is Draft it may be changed',
    ]);
    const again = await call('alice', 'post', `${path}/submit`);
    expect([again.status, again.body.error.message]).toEqual([
      409,
      'The request is Submitted, so it cannot become Submitted',
    ]);
  });

  it('filters and pages a list', async () => {
    portal = await startPortal(sandbox);
    const { spec, call } = portal;
    const ids: string[] = [];
    for (const body of [
      namespaceSpec({ namespace: 'one' }),
      namespaceSpec({ namespace: 'two' }),
      quotaSpec(),
    ]) {
      ids.push((await spec('alice', body)).body.id);
    }
    await call('alice', 'post', `/requests/${ids[0]}/withdraw`);
    let next: string | undefined;
    const listed = async (query: string) => {
      const { body } = await call('alice', 'get', `/requests?${query}`);
      next = body.next;
      return [
        body.totalItems,
        ...body.items.map((item: { id: string }) => ids.indexOf(item.id)),
      ];
    };
    expect(await listed('')).toEqual([3, 2, 1, 0]);
    expect(await listed('limit=2')).toEqual([3, 2, 1]);
    expect(await listed(`limit=1&cursor=${next}`)).toEqual([3, 0]);
    expect(next).toBeUndefined();
    expect(await listed('state=Withdrawn&state=Draft')).toEqual([1, 0]);
    expect(await listed('state=Submitted')).toEqual([2, 2, 1]);
    expect(await listed('kind=quota')).toEqual([1, 2]);
    expect(await listed('cluster=prod&namespace=two')).toEqual([1, 1]);
    expect(await listed('cluster=none')).toEqual([0]);
  });

  it('continues when notifications fail, and logs that once', async () => {
    const send = jest.fn(async () => {
      throw new Error('No notifications here');
    });
    portal = await startPortal(sandbox, { send });
    const { spec, call } = portal;
    const requested = await spec('bob', grantSpec());
    const decided = await call(
      'ada',
      'post',
      `/requests/${requested.body.id}/decision`,
      { decision: 'deny', comment: 'Ask your lead' },
    );
    expect(decided.body).toMatchObject({
      state: 'Denied',
      steps: [{}, { by: 'user:default/ada', reason: 'Ask your lead' }],
    });
    expect(send).toHaveBeenCalledTimes(2);
  });
});
