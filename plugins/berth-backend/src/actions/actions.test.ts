import { mockCredentials } from '@backstage/backend-test-utils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import request from 'supertest';
import {
  startPortal,
  TEAM_A,
  TEAM_B,
  TestPortal,
} from '../requests/__testUtils__/portal';

jest.setTimeout(120_000);

const ACTIONS = '/api/berth/.backstage/actions/v1/actions';

describe('the actions', () => {
  let sandbox: SandboxCluster;
  let portal: TestPortal;
  let denied: string[] = [];

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'actions' });
    portal = await startPortal(sandbox, {
      denied: () => denied,
      personalNamespaces: [{ sizeClass: 'small' }],
      requests: {
        rules: [{ name: 'small', sizeClasses: ['small'], then: 'approve' }],
      },
    });
  });

  afterAll(async () => {
    await portal.stop();
    await sandbox.stop();
  });

  afterEach(() => {
    denied = [];
  });

  const user = (name: string) =>
    mockCredentials.user.header(`user:default/${name}`);

  const invoke = async (authorization: string, name: string, input: object) => {
    const { body, status } = await request(portal.backend.server)
      .post(`${ACTIONS}/berth:${name}/invoke`)
      .set('Authorization', authorization)
      .send(input);
    return { status, output: body.output, message: body.error?.message };
  };

  it('are listed with their descriptions', async () => {
    const { body } = await request(portal.backend.server)
      .get(ACTIONS)
      .set('Authorization', user('alice'));
    expect(
      body.actions.map((action: any) => [
        action.id,
        action.attributes.readOnly,
        action.attributes.destructive,
      ]),
    ).toEqual([
      ['berth:list-my-namespaces', true, false],
      ['berth:explain-access', true, false],
      ['berth:request-namespace', false, false],
      ['berth:create-personal-namespace', false, false],
      ['berth:list-helm-releases', true, false],
      ['berth:list-charts', true, false],
      ['berth:list-chart-versions', true, false],
      ['berth:preview-helm-change', true, false],
    ]);
    expect(body.actions[2].schema.input.required).toEqual([
      'cluster',
      'namespace',
      'group',
      'sizeClass',
    ]);
  });

  describe('list-my-namespaces', () => {
    it("lists the namespaces of the caller's groups, and no more for an admin", async () => {
      const { output } = await invoke(user('alice'), 'list-my-namespaces', {});
      expect(output.namespaces).toContainEqual(
        expect.objectContaining({
          cluster: 'prod',
          name: 'shop',
          owner: TEAM_A,
          roles: [{ group: TEAM_A, role: 'edit' }],
          quota: { hard: { 'requests.cpu': '1' } },
        }),
      );
      for (const other of ['ada', 'nobody']) {
        const seen = await invoke(user(other), 'list-my-namespaces', {});
        expect(seen.output).toEqual({ namespaces: [], totalItems: 0 });
      }
      const bobs = await invoke(user('bob'), 'list-my-namespaces', {
        search: 'shop',
      });
      expect(bobs.output.namespaces).toEqual([]);
    });
  });

  describe('explain-access', () => {
    it('explains to people their own access', async () => {
      const { output } = await invoke(user('alice'), 'explain-access', {
        cluster: 'prod',
        namespace: 'shop',
      });
      expect(output).toMatchObject({
        user: 'user:default/alice',
        roles: [{ namespace: 'shop', role: 'edit', group: TEAM_A }],
      });
      expect(JSON.stringify(output)).not.toMatch(/eyJ/);
    });

    it('explains the access of others only to admins', async () => {
      const about = { cluster: 'prod', user: 'user:default/bob' };
      const refused = await invoke(user('alice'), 'explain-access', about);
      expect(refused.status).toBe(403);
      const { status, output } = await invoke(
        user('ada'),
        'explain-access',
        about,
      );
      expect([status, output.user]).toEqual([200, 'user:default/bob']);
      denied = ['berth.access.explain'];
      const byPolicy = await invoke(user('ada'), 'explain-access', about);
      expect(byPolicy.status).toBe(403);
    });

    it('gives the same answer for an unknown cluster and for one that is not shared', async () => {
      const carls = await invoke(user('carl'), 'explain-access', {
        cluster: 'prod',
      });
      const unknown = await invoke(user('carl'), 'explain-access', {
        cluster: 'nowhere',
      });
      expect(carls.status).toBe(unknown.status);
      expect(carls.message?.replace('prod', 'nowhere')).toBe(unknown.message);
    });
  });

  describe('request-namespace', () => {
    const billing = {
      cluster: 'prod',
      namespace: 'billing',
      group: TEAM_A,
      sizeClass: 'small',
    };

    it('sends one request per key, as the caller', async () => {
      const input = { ...billing, system: 'sales', idempotencyKey: 'one' };
      const first = await invoke(user('alice'), 'request-namespace', input);
      const again = await invoke(user('alice'), 'request-namespace', input);
      expect(first.status).toBe(200);
      expect(first.output.requestUrl).toBe(
        `/berth/requests/${first.output.requestId}`,
      );
      expect(again.output.requestId).toBe(first.output.requestId);
      const { body } = await portal.call(
        'alice',
        'get',
        `/requests/${first.output.requestId}`,
      );
      expect(body.requester).toBe('user:default/alice');
      expect(body.spec.system).toBe('system:default/sales');
      const listed = await invoke(user('alice'), 'list-my-namespaces', {
        search: 'billing',
      });
      expect(listed.output.namespaces).toMatchObject([
        { name: 'billing', system: 'system:default/sales' },
      ]);
    });

    it('throws the errors of the API with their messages', async () => {
      const others = await invoke(user('alice'), 'request-namespace', {
        ...billing,
        namespace: 'other',
        group: TEAM_B,
      });
      expect(others.status).toBeGreaterThanOrEqual(400);
      expect(others.message).toMatch(/team-b/);
      const bad = await invoke(user('alice'), 'request-namespace', {
        ...billing,
        namespace: 'Not A Name',
      });
      expect(bad).toMatchObject({
        status: 400,
        message: expect.stringMatching(/namespace "Not A Name" .*lowercase/),
      });
    });
  });

  describe('create-personal-namespace', () => {
    const make = (name: string, cluster = 'prod') =>
      invoke(user(name), 'create-personal-namespace', { cluster });

    it('creates the namespace of the caller once', async () => {
      const { status, output } = await make('amy');
      expect([status, output]).toEqual([
        200,
        {
          cluster: 'prod',
          namespace: 'amy',
          namespaceUrl: '/berth/clusters/prod/namespaces/amy',
          state: expect.stringMatching(/^(Pending|Ready)$/),
        },
      ]);
      expect((await make('amy')).output.namespace).toBe('amy');
      const about = { cluster: 'prod', namespace: 'amy' };
      const explained = await invoke(user('amy'), 'explain-access', about);
      expect(explained.output.roles).toMatchObject([
        { namespace: 'amy', role: 'edit', group: 'user:default/amy' },
      ]);
      const others = await invoke(user('alice'), 'explain-access', about);
      expect(others.output).toMatchObject({ allowed: false, roles: [] });
    });

    it('gives the same answer for an unknown cluster and for one that is not shared', async () => {
      const carls = await make('carl');
      const unknown = await make('carl', 'nowhere');
      expect([carls.status, unknown.status]).toEqual([404, 404]);
      expect(carls.message?.replace('prod', 'nowhere')).toBe(unknown.message);
    });
  });

  const place = { cluster: 'prod', namespace: 'shop' };
  const preview = { ...place, kind: 'test', release: 'web' };

  it.each([
    ['list-my-namespaces', place],
    ['explain-access', place],
    ['request-namespace', { ...place, group: TEAM_A, sizeClass: 'small' }],
    ['create-personal-namespace', { cluster: 'prod' }],
    ['list-helm-releases', place],
    ['list-charts', {}],
    ['list-chart-versions', { repository: 'platform', chart: 'web' }],
    ['preview-helm-change', preview],
  ])('%s does nothing for services and the anonymous', async (name, input) => {
    const service = await invoke(mockCredentials.service.header(), name, input);
    expect(service.status).toBe(403);
    const nobody = await invoke(mockCredentials.none.header(), name, input);
    expect(nobody.status).toBeGreaterThanOrEqual(401);
  });

  it('H15 starts no operation on a release for the credentials of a service', async () => {
    const { status } = await request(portal.backend.server)
      .put('/api/berth/helm/operations/01ARZ3NDEKTSV4RRFFQ69G5FAV')
      .set('Authorization', mockCredentials.service.header())
      .send({ ...preview, baseRevision: 1, previewDigest: 'seen' });
    expect(status).toBe(403);
  });
});
