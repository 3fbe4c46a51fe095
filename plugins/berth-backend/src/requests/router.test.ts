import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  grantAsk,
  namespaceAsk,
  quotaAsk,
  startPortal,
  TEAM_A,
  TEAM_B,
  TestPortal,
} from './__testUtils__/portal';

jest.setTimeout(60_000);

describe('the path of a request', () => {
  let sandbox: SandboxCluster;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'requests' });
  });

  afterAll(() => sandbox.stop());

  afterEach(() => portal?.stop());

  it('goes from being asked for over an approval to a namespace', async () => {
    portal = await startPortal(sandbox);
    const { ask, call, sent } = portal;
    const asked = await ask('alice', namespaceAsk({ purpose: 'Bills' }));
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      ask: namespaceAsk({ purpose: 'Bills' }),
      state: 'Submitted',
      requester: 'user:default/alice',
      steps: [{ state: 'Submitted', by: 'user:default/alice' }],
      verdict: {
        outcome: 'NeedsApproval',
        approvers: ['user:default/olga', 'group:default/platform'],
      },
      may: { decide: false, withdraw: true, submit: false, retry: false },
    });
    expect(asked.body).not.toHaveProperty('observed');
    expect(sent).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['user:default/olga', 'group:default/platform'],
        excludeEntityRef: 'user:default/alice',
      },
      payload: expect.objectContaining({
        title: 'alice asks for the namespace billing on prod',
        description: 'Bills',
        link: `/berth/requests/${asked.body.id}`,
      }),
    });

    const path = `/requests/${asked.body.id}`;
    const inbox = await call('olga', 'get', '/requests?scope=inbox');
    expect(inbox.body).toMatchObject({
      totalItems: 1,
      items: [
        {
          id: asked.body.id,
          may: { decide: true, withdraw: false },
          observed: {
            asked: { 'requests.cpu': '2', 'requests.memory': '4Gi' },
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
      createdBy: 'user:default/alice',
      grants: [{ group: TEAM_A, role: 'admin', source: 'grant' }],
      quota: { sizeClass: 'small' },
    });
  });
});
