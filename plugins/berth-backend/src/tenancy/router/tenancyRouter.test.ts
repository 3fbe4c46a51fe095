import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { berthNamespaceReadPermission } from '@berth/plugin-berth-common';
import { createNamespaceConditionalDecision, namespaceConditions } from '../..';
import {
  recreateTeamC,
  startPortal,
  TEAM_A,
  TEAM_B,
  TEAM_C,
} from './__testUtils__/startPortal';

jest.setTimeout(60_000);

describe('namespaces, grants and quotas', () => {
  let sandbox: SandboxCluster;
  const decide = jest.fn<PolicyDecision, [string]>();

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'tenancy' });
  });

  afterAll(() => sandbox.stop());

  beforeEach(() => {
    decide.mockReturnValue({ result: AuthorizeResult.ALLOW });
  });

  const setUp = () => startPortal(sandbox, decide);

  it('creates a namespace with grants and a quota at once', async () => {
    const { ada, alice, create, names } = await setUp();
    const made = await create({
      name: 'shop',
      owner: TEAM_A,
      system: 'Sales',
      purpose: 'The shop',
      grants: [
        { group: TEAM_A, role: 'edit' },
        { group: TEAM_B, role: 'view', expiresAt: '2035-01-31T18:00:00+02:00' },
      ],
      quota: { sizeClass: 'small' },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      cluster: 'prod',
      name: 'shop',
      owner: TEAM_A,
      system: 'system:default/sales',
      purpose: 'The shop',
      home: false,
      phase: 'Pending',
      createdBy: 'user:default/ada',
      grants: [
        { group: TEAM_A, role: 'edit', source: 'grant' },
        {
          group: TEAM_B,
          role: 'view',
          expiresAt: '2035-01-31T16:00:00.000Z',
          warning: expect.stringContaining(
            'not shared with group:default/team-b',
          ),
        },
      ],
      quota: {
        sizeClass: 'small',
        hard: { 'requests.cpu': '2', 'requests.memory': '4Gi' },
        limits: [{ type: 'Container', default: { cpu: '1' } }],
      },
    });
    expect(made.body.grants[0]).not.toHaveProperty('warning');
    const listed = await ada('get', '/namespaces');
    expect(
      listed.body.items.map((item: { system?: string }) => item.system),
    ).toEqual(['system:default/sales', undefined]);
    expect(await names('ada')).toEqual(['shop', 'team-a']);
    const seen = await alice('get', '/clusters/prod/namespaces/shop');
    expect(seen.body.system).toBe('system:default/sales');
    expect(
      seen.body.grants.map((grant: { group: string }) => grant.group),
    ).toEqual([TEAM_A]);
    const home = await ada('get', '/clusters/prod/namespaces/team-a');
    expect(home.body).toMatchObject({
      home: true,
      owner: TEAM_A,
      grants: [{ role: 'admin', source: 'share' }],
    });
  });

  it('P9 creates a namespace under its name with the prefix of the cluster', async () => {
    const { ada, alice, create, names } = await setUp();
    await ada('patch', '/clusters/prod').send({ namespacePrefix: 'p-' });
    const { status, body } = await create({ name: 'shop' });
    expect([status, body.name]).toEqual([201, 'p-shop']);
    const again = await create({ name: 'p-shop' });
    expect([again.status, again.body.error.problems]).toEqual([
      409,
      [
        {
          path: ['name'],
          message: expect.stringContaining('"p-shop" is taken'),
        },
      ],
    ]);
    const long = await create({ name: 'x'.repeat(62) });
    expect([long.status, long.body.error.problems]).toEqual([
      400,
      [{ path: ['name'], message: expect.stringContaining('with "p-"') }],
    ]);
    expect(await names('ada')).toEqual(['p-shop', 'team-a']);
    const path = '/clusters/prod/namespaces/till/availability';
    expect((await ada('get', path)).body.name).toBe('p-till');
    expect((await ada('get', `${path}?adopt=true`)).body.name).toBe('till');
    expect((await alice('get', `${path}?adopt=true`)).status).toBe(403);
  });

  it('shows people only the namespaces of their groups', async () => {
    const { as, create, names } = await setUp();
    await create({ name: 'shop' });
    await create({ name: 'till', grants: [{ group: TEAM_A, role: 'view' }] });
    expect(await names('alice')).toEqual(['team-a', 'till']);
    expect(await names('nobody')).toEqual([]);
    expect(await names('ada', '?mine=true')).toEqual([]);
    const answers = await Promise.all(
      ['shop', 'nosuch'].map(name =>
        as('alice')('get', `/clusters/prod/namespaces/${name}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0].body.error.message.replace('shop', 'nosuch')).toBe(
      answers[1].body.error.message,
    );
  });

  it('applies the conditions of the policy in the query', async () => {
    const { create, names } = await setUp();
    await create({ name: 'shop', owner: TEAM_B });
    decide.mockImplementation(name =>
      name === berthNamespaceReadPermission.name
        ? createNamespaceConditionalDecision(
            berthNamespaceReadPermission,
            namespaceConditions.isOwnedBy({ groups: ['team-b'] }),
          )
        : { result: AuthorizeResult.ALLOW },
    );
    expect(await names('ada')).toEqual(['shop']);
    expect(await names('alice')).toEqual([]);
    decide.mockReturnValue({ result: AuthorizeResult.DENY });
    expect(await names('ada')).toEqual([]);
  });

  it.each([
    ['post', '/clusters/prod/namespaces'],
    ['patch', '/clusters/prod/namespaces/team-a'],
    ['put', '/clusters/prod/namespaces/team-a/grants'],
    ['put', '/clusters/prod/namespaces/team-a/quota'],
    ['delete', '/clusters/prod/namespaces/team-a/quota'],
    ['delete', '/clusters/prod/namespaces/team-a?confirm=team-a'],
  ] as const)('lets only admins %s %s', async (method, path) => {
    const { as } = await setUp();
    expect((await as('alice')(method, path).send({})).status).toBe(403);
    expect((await as('nobody')(method, path).send({})).status).toBe(404);
  });

  const badRequests: [object, RegExp][] = [
    [{}, /name is missing/],
    [{ name: 'Shop' }, /name "Shop" must be at most 63 lowercase/],
    [{ name: 'a'.repeat(64) }, /must be at most 63/],
    [{ name: 'kube-system' }, /system namespace/],
    [{ name: 'berth-system' }, /system namespace/],
    [{ name: 'berth-system', adopt: true }, /system namespace/],
    [{ name: 'sh\u043ep' }, /must be at most 63 lowercase/],
    [
      { name: 'shop', owner: 'user:default/ada' },
      /owner "user:default\/ada" is not a group/,
    ],
    [
      { name: 'shop', owner: 'group:default/none' },
      /owner "group:default\/none" is not a Group that you can see/,
    ],
    [{ name: 'shop', system: '' }, /system "" is not a system's entity ref/],
    [{ name: 'shop', system: 5 }, /system 5 must be of type string/],
    [{ name: 'shop', system: TEAM_A }, /system "group:default\/team-a" is not/],
    [{ name: 'shop', system: 'sa\u200bles' }, /system "sa\\u\{200b\}les" is/],
    [
      { name: 'shop', system: 'sales\u0000' },
      /system must be without control characters/,
    ],
    [{ name: 'shop', system: 's'.repeat(64) }, /each part at most 63/],
    [
      { name: 'shop', system: 'none' },
      /system "system:default\/none" is not a System that you can see/,
    ],
    [{ name: 'shop', purpose: 'a\nb' }, /purpose .*must be one line/],
    [{ name: 'shop', purpose: 'x'.repeat(1001) }, /purpose .*at most 1000/],
    [{ name: 'shop', color: 'red' }, /"color" is not a field here/],
    [
      { name: 'shop', grants: [{ group: TEAM_A, role: 'owner' }] },
      /grants\[0\].*role.* must be "admin", "edit" or "view"/,
    ],
    [
      {
        name: 'shop',
        grants: [{ group: TEAM_A, role: 'edit', expiresAt: 'soon' }],
      },
      /must be an ISO 8601 time/,
    ],
    [
      {
        name: 'shop',
        grants: [
          { group: TEAM_A, role: 'edit', expiresAt: '2020-01-01T00:00:00Z' },
        ],
      },
      /grants\[0\]\["expiresAt"\] "2020-01-01T00:00:00Z" must be in the future/,
    ],
    [
      {
        name: 'shop',
        grants: [
          {
            group: TEAM_A,
            role: 'edit',
            // In UTC, this is in the year 10000.
            expiresAt: '9999-12-31T23:59:59-23:59',
          },
        ],
      },
      /grants\[0\]\["expiresAt"\] "9999-12-31T23:59:59-23:59" must be within 10 years; leave it out for no end/,
    ],
    [
      { name: 'shop', purpose: 'approve\u202eevorppa' },
      /purpose "approve\\u\{202e\}evorppa" must be without invisible characters/,
    ],
    [
      {
        name: 'shop',
        grants: [
          { group: TEAM_A, role: 'edit' },
          { group: 'group:TEAM-A', role: 'view' },
        ],
      },
      /grants\[1\]\.group group:default\/team-a is in the list twice/,
    ],
    [
      { name: 'shop', quota: { sizeClass: 'huge' } },
      /sizeClass "huge" is not one of small/,
    ],
    [
      { name: 'shop', quota: { sizeClass: 'small', hard: { pods: '1' } } },
      /either the one or the others/,
    ],
    [
      { name: 'shop', quota: { hard: {} } },
      /quota\.hard must bound at least one/,
    ],
    [
      { name: 'shop', quota: { hard: { pods: '1.5' } } },
      /quota\.hard\["pods"\] "1\.5" must be a whole number/,
    ],
  ];

  it.each(
    badRequests.map(
      ([body, message]) => [message.source, body, message] as const,
    ),
  )(
    'saves nothing of a request that it refuses with: %s',
    async (_, body, message) => {
      const { create, names } = await setUp();
      const { status, body: answer } = await create(body);
      expect([status, answer.error.message]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
      expect(await names('ada')).toEqual(['team-a']);
    },
  );

  it('saves nothing of a namespace whose grants are refused', async () => {
    const { create, names } = await setUp();
    const grants = [{ group: TEAM_B, role: 'view' }];
    const missing = { group: 'group:default/nosuch', role: 'view' };
    const refused = await create({
      name: 'shop',
      grants: [...grants, missing],
    });
    expect(refused.status).toBe(400);
    expect(await names('ada')).toEqual(['team-a']);
  });

  it('S18 reserves the name of a group for its home', async () => {
    const { as, create, names } = await setUp();
    for (const owner of [undefined, TEAM_A]) {
      const { status, body } = await create({ name: 'team-b', owner });
      expect([status, body.error.message]).toEqual([
        409,
        'name "team-b" is kept for the home namespace of the group that has this name; choose another name, or make that group the owner',
      ]);
    }
    expect((await create({ name: 'team-b', owner: TEAM_B })).status).toBe(201);
    expect(await names('ada')).toEqual(['team-a', 'team-b']);
    const asked = await as('alice')(
      'get',
      '/clusters/prod/namespaces/platform/availability',
    );
    expect(asked.body).toMatchObject({ state: 'Taken' });
  });

  it('reports whether a name is free only if the cluster answers', async () => {
    const { as, alice } = await setUp();
    const path = '/clusters/prod/namespaces/till/availability';
    // The cluster is not onboarded, so it refuses the portal's token.
    expect((await alice('get', path)).body).toEqual({
      state: 'Unknown',
      name: 'till',
      message: expect.stringContaining('prod does not answer'),
    });
    expect((await as('nobody')('get', path)).status).toBe(404);
  });

  it('saves nothing of a namespace that the cluster does not let the admin adopt', async () => {
    const { create, names } = await setUp();
    const { status, body } = await create({ name: 'legacy', adopt: true });
    expect([status, body.error.message]).toEqual([
      403,
      expect.stringMatching(/prod, asked with your own token: .*Unauthorized/),
    ]);
    expect(await names('ada')).toEqual(['team-a']);
  });

  it('replaces grants, and detects concurrent changes of two admins', async () => {
    const { ada, create } = await setUp();
    await create({ name: 'shop' });
    const path = '/clusters/prod/namespaces/shop/grants';
    const { headers, body } = await ada('get', path);
    // Browsers hide the header from pages of another origin.
    expect(body.etag).toBe(headers.etag);
    const first = await ada('put', path)
      .set('If-Match', body.etag)
      .send({ grants: [{ group: TEAM_A, role: 'edit' }] });
    expect(first.body.etag).toBe(first.headers.etag);
    expect(first.body.items).toMatchObject([{ group: TEAM_A, role: 'edit' }]);
    const second = await ada('put', path)
      .set('If-Match', headers.etag)
      .send({ grants: [] });
    expect([second.status, second.body.error.message]).toEqual([
      412,
      expect.stringContaining('changed by someone else'),
    ]);
    const unbound = await ada('put', path).send({ grants: [] });
    expect([unbound.status, unbound.body.error.message]).toEqual([
      428,
      expect.stringMatching(/^Access to shop would lose .* as If-Match/),
    ]);
    const more = await ada('put', path).send({
      grants: [
        { group: TEAM_A, role: 'edit' },
        { group: TEAM_B, role: 'view' },
      ],
    });
    expect(more.status).toBe(200);
    const third = await ada('put', path)
      .set('If-Match', more.body.etag)
      .send({ grants: [] });
    expect([third.status, third.body.totalItems]).toEqual([200, 0]);
    const home = await ada(
      'put',
      '/clusters/prod/namespaces/team-a/grants',
    ).send({
      grants: [{ group: TEAM_A, role: 'view' }],
    });
    expect(home.status).toBe(409);
  });

  it('sets, changes and deletes a quota', async () => {
    const { ada, create } = await setUp();
    await create({ name: 'shop' });
    const path = '/clusters/prod/namespaces/shop/quota';
    expect((await ada('get', path)).status).toBe(404);
    const set = await ada('put', path)
      .set('If-None-Match', '*')
      .send({ hard: { 'requests.cpu': '0.5', pods: '10' } });
    expect(set.body).toMatchObject({
      hard: { 'requests.cpu': '500m', pods: '10' },
      exceeded: [],
    });
    const stale = await ada('put', path)
      .set('If-Match', '"other"')
      .send({ hard: { pods: '1' } });
    expect(stale.status).toBe(412);
    const second = await ada('put', path)
      .set('If-None-Match', '*')
      .send({ hard: { pods: '1' } });
    expect(second.status).toBe(412);
    expect((await ada('put', path).send({ hard: { pods: '1' } })).status).toBe(
      428,
    );
    const otherThan = await ada('put', path)
      .set('If-None-Match', '"other"')
      .send({ hard: { pods: '1' } });
    expect(otherThan.status).toBe(428);
    const seen = await ada('get', '/clusters/prod/namespaces/shop');
    expect(seen.body.quota).toMatchObject({
      hard: { pods: '10' },
      etag: set.body.etag,
    });
    expect(seen.body.etag).toBe(seen.headers.etag);
    expect((await ada('delete', path)).status).toBe(428);
    const refused = await ada('delete', path).set('If-Match', '"other"');
    expect(refused.status).toBe(412);
    const removed = await ada('delete', path).set('If-Match', set.body.etag);
    expect(removed.status).toBe(204);
    expect((await ada('get', path)).status).toBe(404);
    const { body } = await ada('get', '/size-classes');
    expect(body.items).toMatchObject([{ name: 'small', title: 'Small' }]);
  });

  it('sums up the quotas of a cluster for admins', async () => {
    const { ada, alice, create } = await setUp();
    await create({ name: 'shop', quota: { sizeClass: 'small' } });
    const { body } = await ada('get', '/quotas?cluster=prod');
    expect(body).toMatchObject({
      cluster: 'prod',
      unbounded: 1,
      totalItems: 2,
      items: [{ name: 'shop' }, { name: 'team-a' }],
    });
    expect(body.totals.slice(0, 2)).toEqual([
      expect.objectContaining({ resource: 'cpu', hard: '2' }),
      expect.objectContaining({ resource: 'memory', hard: '4Gi' }),
    ]);
    expect((await alice('get', '/quotas?cluster=prod')).status).toBe(403);
    expect((await ada('get', '/quotas')).body.error.message).toMatch(
      'cluster is missing',
    );
  });

  it('S37 deletes only the confirmed namespace, and no home of a share', async () => {
    const { ada, create, names } = await setUp();
    await create({ name: 'shop' });
    const path = '/clusters/prod/namespaces/shop';
    expect((await ada('delete', path)).status).toBe(400);
    const other = await ada('delete', `${path}?confirm=shops`);
    expect([other.status, other.body.error.message]).toEqual([
      400,
      expect.stringContaining('confirm "shops" must be the name'),
    ]);
    const home = await ada(
      'delete',
      '/clusters/prod/namespaces/team-a?confirm=team-a',
    );
    expect([home.status, home.body.error.message]).toEqual([
      409,
      expect.stringContaining('Unshare the cluster first'),
    ]);
    expect(await names('ada')).toEqual(['shop', 'team-a']);
    expect((await ada('delete', `${path}?confirm=shop`)).status).toBe(202);
    expect(await names('ada')).toEqual(['team-a']);
  });

  it('S21 finds no namespace by the role of a former group of the same name', async () => {
    const { create, names } = await setUp();
    await create({
      name: 'till',
      owner: TEAM_A,
      grants: [
        { group: TEAM_A, role: 'view' },
        { group: TEAM_C, role: 'view' },
      ],
    });
    recreateTeamC();
    expect(await names('carol', '?search=till')).toEqual(['till']);
    expect(await names('carol', `?group=${TEAM_C}`)).toEqual([]);
    expect(await names('ada', `?group=${TEAM_C}`)).toEqual(['till']);
  });

  it('finds namespaces by the roles of other groups for admins only', async () => {
    const { create, names } = await setUp();
    await create({
      name: 'shop',
      owner: TEAM_B,
      grants: [{ group: TEAM_A, role: 'view' }],
    });
    await create({
      name: 'till',
      owner: TEAM_A,
      grants: [
        { group: TEAM_A, role: 'view' },
        { group: TEAM_B, role: 'admin' },
      ],
    });
    expect(await names('ada', `?group=${TEAM_B}`)).toEqual(['shop', 'till']);
    // She sees the owner of a namespace, but not which other groups have a role in it.
    expect(await names('alice', `?group=${TEAM_B}`)).toEqual(['shop']);
    expect(await names('alice', `?group=${TEAM_B}&search=till`)).toEqual([]);
    expect(
      await names('alice', `?group=${TEAM_A}&group=${TEAM_B}&search=till`),
    ).toEqual(['till']);
    expect(await names('alice', `?group=${TEAM_B}&phase=Pending`)).toEqual([
      'shop',
    ]);
  });

  it('refuses queries that it does not understand', async () => {
    const { ada } = await setUp();
    const refused = async (query: string) =>
      (await ada('get', `/namespaces?${query}`)).body.error.message;
    expect(await refused('limit=0')).toMatch(
      /limit "0" must be a whole number from 1 to 500/,
    );
    expect(await refused('limit=abc')).toMatch(/limit "abc" must be/);
    expect(await refused('orderBy=age')).toMatch(/orderBy "age" must be/);
    expect(await refused('phase=Gone')).toMatch(/phase "Gone" must be/);
    expect(await refused('colour=red')).toMatch(/"colour" is not a field/);
    expect(await refused('group=user:a/b')).toMatch(/not a group's entity ref/);
  });
});
