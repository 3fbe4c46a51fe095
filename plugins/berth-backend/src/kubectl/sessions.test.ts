import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { decodeJwt, generateKeyPair } from 'jose';
import { createClusterConditionalDecision, clusterConditions } from '..';
import { berthClusterReadPermission } from '@berth/plugin-berth-common';
import { Laptop } from './__testUtils__/Laptop';
import {
  createWorld,
  ISSUER,
  person,
  startPortal,
  TestPortal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

describe('the sign-in of a computer', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const world = createWorld();
  let knex: Knex;
  let portal: TestPortal;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    portal = await startPortal(knex, world);
  });

  afterAll(() => portal?.stop());

  beforeEach(async () => {
    Object.assign(world, createWorld());
    portal.notifications.length = 0;
    for (const table of ['kubectl_devices', 'clusters', 'activity']) {
      await knex(table).delete();
    }
  });

  /** Runs a test on a portal with other settings. */
  async function withSettings(
    kubectl: object,
    run: (other: TestPortal, database: Knex) => Promise<void>,
  ) {
    const database = await databases.init('SQLITE_3');
    const other = await startPortal(database, createWorld(), { kubectl });
    await run(other, database);
    await other.stop();
  }

  it('S51 gives a token with the groups of the person, and records who got it', async () => {
    const prod = await portal.addCluster('prod', 'team-a', 'team-b');
    const laptop = await portal.signIn('alice');
    const { status, body, headers } = await portal.mint(laptop, 'prod', prod);
    expect(status).toBe(201);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      token: expect.any(String),
      expiresAt: expect.any(String),
      expiresIn: expect.any(Number),
      clusterId: prod,
    });
    expect(body.expiresIn).toBeGreaterThan(590);
    const { jti, ...claims } = decodeJwt(body.token);
    expect(claims).toMatchObject({
      iss: ISSUER,
      aud: prod,
      sub: 'user:alice',
      groups: ['cluster-scope', 'team-a'],
    });

    const { body: log } = await portal
      .as('ada')
      .get('/activity?actor=user:default/alice');
    expect(
      log.items.map(({ actor, event, outcome }: any) => [
        event,
        actor,
        outcome,
      ]),
    ).toEqual([
      ['token-mint', 'user:default/alice', 'Succeeded'],
      ['kubectl-activate', 'user:default/alice', 'Succeeded'],
      ['kubectl-connect', 'user:default/alice', 'Succeeded'],
    ]);
    expect(log.items[0]).toMatchObject({
      cluster: 'prod',
      jti,
      meta: { device: laptop.id, computer: '"laptop-x" (linux)' },
    });
    expect(portal.notifications).toEqual([
      {
        recipients: { type: 'entity', entityRef: 'user:default/alice' },
        payload: expect.objectContaining({
          title: 'kubectl on laptop-x was connected from 127.0.0.1',
          link: '/berth/kubectl',
        }),
      },
    ]);
    const text = JSON.stringify([log, portal.notifications]);
    expect(text).not.toMatch(/eyJ/);
  });

  it('S51 mints nothing but tokens of clusters: a device cannot call other routes', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const laptop = await portal.signIn('alice');
    const { body } = await portal.mint(laptop, 'prod', prod);
    const assertion = await laptop.sign('clusters');
    for (const bearer of [assertion, body.token]) {
      for (const path of ['/clusters', '/kubectl/devices', '/kubeconfig']) {
        const { status } = await portal.api
          .get(`/api/berth${path}`)
          .set({ Authorization: `Bearer ${bearer}` });
        expect([path, status]).toEqual([path, 401]);
      }
    }
  });

  it('S51 applies shares and groups as they are at each mint', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const laptop = await portal.signIn('alice');
    const status = async () => (await portal.mint(laptop, 'prod', prod)).status;
    expect(await status()).toBe(201);
    world.entities = world.entities.map(one =>
      one.metadata.name === 'alice' ? person('alice', []) : one,
    );
    const { status: after, body } = await portal.mint(laptop, 'prod', prod);
    expect(after).toBe(404);
    expect(body.error.message).toBe(
      'There is no cluster "prod", or it is not shared with any of your groups',
    );
    world.entities = createWorld().entities;
    expect(await status()).toBe(201);
    await portal.shares.replace(prod, []);
    expect(await status()).toBe(404);
  });

  it('S51 gives an auditor no more than a person, and an admin what an admin gets', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const auditor = await portal.signIn('auditor');
    expect((await portal.mint(auditor, 'prod', prod)).status).toBe(404);
    const admin = await portal.signIn('ada');
    const { body } = await portal.mint(admin, 'prod', prod);
    expect(decodeJwt(body.token).groups).toEqual([
      'cluster-scope',
      'cluster-admins',
    ]);
  });

  it('S51 refuses another cluster under the name, and names the remedy', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const laptop = await portal.signIn('alice');
    await portal.clusters.delete(prod);
    const again = await portal.addCluster('prod', 'team-a');
    const { status, body } = await portal.mint(laptop, 'prod', prod);
    expect([status, body.error.setUp]).toEqual([409, true]);
    expect(body.error.message).toContain('kubectl berth setup');
    expect((await portal.mint(laptop, 'prod', again)).status).toBe(201);
  });

  it('S51 applies the recorded conditions of the policy to the cluster as it is', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const test = await portal.addCluster('test', 'team-a');
    world.decide = name =>
      name === 'berth.token.create'
        ? createClusterConditionalDecision(
            berthClusterReadPermission,
            clusterConditions.isSharedWith({
              groups: ['group:default/team-b'],
            }),
          )
        : { result: AuthorizeResult.ALLOW };
    const laptop = await portal.signIn('alice');
    // The policy of later does not matter: the decision of the sign-in is recorded.
    world.decide = () => ({ result: AuthorizeResult.ALLOW });
    expect((await portal.mint(laptop, 'prod', prod)).status).toBe(403);
    await portal.share(test, 'team-a', 'team-b');
    expect((await portal.mint(laptop, 'test', test)).status).toBe(201);
    const { body } = await portal.session(
      'clusters',
      await laptop.sign('clusters'),
    );
    expect(body.items.map(({ name }: any) => name)).toEqual(['test']);
  });

  it('S51 mints nothing by a recorded decision that cannot be read or applied', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const laptop = await portal.signIn('alice');
    const allow = { result: AuthorizeResult.ALLOW };
    const unknownRule = {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'berth',
      resourceType: 'berth-cluster',
      conditions: { rule: 'GONE', resourceType: 'berth-cluster', params: {} },
    };
    for (const policy of [
      '{',
      '{}',
      '{"berth.token.create":{"result":"MAYBE"}}',
      JSON.stringify({ 'berth.cluster.read': allow }),
      JSON.stringify({ 'berth.token.create': allow }),
      JSON.stringify({
        'berth.cluster.read': allow,
        'berth.token.create': unknownRule,
      }),
    ]) {
      await knex('kubectl_devices').update({ policy });
      const { status, body } = await portal.mint(laptop, 'prod', prod);
      expect([policy, status >= 400, body.token]).toEqual([
        policy,
        true,
        undefined,
      ]);
    }
    const both = { 'berth.cluster.read': allow, 'berth.token.create': allow };
    await knex('kubectl_devices').update({ policy: JSON.stringify(both) });
    expect((await portal.mint(laptop, 'prod', prod)).status).toBe(201);
  });

  it('S51 connects nothing while the policy denies tokens or kubectl', async () => {
    for (const permission of [
      'berth.token.create',
      'berth.cluster.read',
      'berth.kubectl.connect',
    ]) {
      world.decide = name => ({
        result:
          name === permission ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      });
      const { status, body } = await portal.connect(
        'alice',
        await Laptop.create(ISSUER),
      );
      expect(status).toBe(403);
      expect(body.error.message).toContain(permission);
    }
    const { body } = await portal.as('alice').get('/kubectl/devices');
    expect(body).toEqual({ items: [], totalItems: 0, offset: 0 });
  });

  it('S49 lets only a person in the portal connect a computer', async () => {
    const laptop = await Laptop.create(ISSUER);
    const connect = (headers: object) =>
      portal.api
        .post('/api/berth/kubectl/devices')
        .set(headers as never)
        .send(laptop.computer());
    const cookie = mockCredentials.limitedUser.cookie('user:default/alice');
    const limited = mockCredentials.limitedUser.token('user:default/alice');
    const answers = await Promise.all([
      connect({ Authorization: mockCredentials.none.header() }),
      connect({ Authorization: mockCredentials.none.header(), Cookie: cookie }),
      connect({ Authorization: `Bearer ${limited}` }),
      connect({
        Authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:scaffolder'),
          targetPluginId: 'berth',
        }),
      }),
      connect({ Authorization: `Bearer ${await laptop.sign('activate')}` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      401, 401, 401, 403, 401,
    ]);
    expect((await portal.connect('alice', laptop)).status).toBe(201);
  });

  it('S49 takes a code once, within 120 s, from the key that it was made for', async () => {
    const laptop = await Laptop.create(ISSUER);
    const { body } = await portal.connect('alice', laptop);
    expect(body).toEqual({
      id: laptop.id,
      code: expect.stringMatching(/^[\w-]{43}$/),
      codeExpiresIn: 120,
      endsAt: expect.any(String),
    });
    const lasts = Date.parse(body.endsAt) - Date.now();
    expect(Math.round(lasts / 60_000)).toBe(12 * 60);

    const prod = await portal.addCluster('prod', 'team-a');
    const early = await portal.mint(laptop, 'prod', prod);
    expect([early.status, early.body.error.signIn]).toEqual([403, true]);

    const thief = await Laptop.create(ISSUER);
    const stolen = await portal.session(
      'activate',
      await laptop.sign(
        'activate',
        { code: body.code },
        { key: thief.privateKey },
      ),
    );
    expect([stolen.status, stolen.body.error.signIn]).toEqual([401, true]);
    const other = await Laptop.create(ISSUER);
    const { body: ofOther } = await portal.connect('alice', other);
    const swapped = await portal.activate(laptop, ofOther.code);
    expect([swapped.status, swapped.body.error.signIn]).toEqual([403, true]);

    expect((await portal.activate(laptop, body.code)).status).toBe(200);
    const again = await portal.activate(laptop, body.code);
    expect([again.status, again.body.error.signIn]).toEqual([403, true]);

    await knex('kubectl_devices')
      .where({ id: other.id })
      .update({ code_expires_at: new Date(Date.now() - 1).toISOString() });
    const late = await portal.activate(other, ofOther.code);
    expect([late.status, late.body.error.signIn]).toEqual([403, true]);
    expect(late.body.error.message).toContain('older than 120 s');
    const { body: devices } = await portal.as('alice').get('/kubectl/devices');
    expect(devices.items[0]).toMatchObject({
      id: other.id,
      state: 'Ended',
      endedWhy: 'The code was not entered in time',
    });
    expect(devices.items[0]).not.toHaveProperty('codeExpiresAt');
  });

  it('S49 refuses a key that was used before', async () => {
    const laptop = await Laptop.create(ISSUER);
    expect((await portal.connect('alice', laptop)).status).toBe(201);
    expect((await portal.connect('bob', laptop)).status).toBe(409);
    expect((await portal.connect('alice', laptop)).status).toBe(409);
  });

  it('S50 answers alike for an unknown device and a wrong signature', async () => {
    const laptop = await portal.signIn('alice');
    const { privateKey } = await generateKeyPair('ES256');
    const wrong = await portal.session(
      'clusters',
      await laptop.sign('clusters', {}, { key: privateKey }),
    );
    const unknown = await portal.session(
      'clusters',
      await laptop.sign(
        'clusters',
        {},
        { header: { kid: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } },
      ),
    );
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
    expect(wrong.body.error).toMatchObject({ signIn: true });
    // Nobody is known to have asked, so the log of people stays free of it.
    const { body } = await portal.as('ada').get('/activity');
    expect(body.items).toHaveLength(2);
  });

  it('S52 ends sign-ins: their person, an admin, the computer and time', async () => {
    const prod = await portal.addCluster('prod', 'team-a', 'team-b');
    const refused = async (laptop: Laptop) => {
      const { status, body } = await portal.mint(laptop, 'prod', prod);
      return [status, body.error.signIn, body.error.message];
    };
    const [own, byAdmin, byItself, old, kept] = [
      await portal.signIn('alice'),
      await portal.signIn('alice', 'tower'),
      await portal.signIn('alice'),
      await portal.signIn('alice'),
      await portal.signIn('bob'),
    ];
    const path = (laptop: Laptop) => `/kubectl/devices/${laptop.id}`;
    // Others do not learn that there is such a device.
    for (const name of ['bob', 'auditor']) {
      expect((await portal.as(name).delete(path(own))).status).toBe(404);
    }
    expect((await portal.mint(own, 'prod', prod)).status).toBe(201);

    expect((await portal.as('alice').delete(path(own))).status).toBe(204);
    expect((await portal.as('alice').delete(path(own))).status).toBe(204);
    expect(await refused(own)).toEqual([
      403,
      true,
      expect.stringMatching(
        /^The sign-in of laptop-x ended at .*: user:default\/alice ended it. Run: kubectl berth login$/,
      ),
    ]);
    expect((await portal.as('ada').delete(path(byAdmin))).status).toBe(204);
    expect(await refused(byAdmin)).toEqual([
      403,
      true,
      expect.stringContaining('tower ended at'),
    ]);
    const left = await portal.session('end', await byItself.sign('end'));
    expect(left.status).toBe(204);
    expect((await refused(byItself)).slice(0, 2)).toEqual([403, true]);
    await knex('kubectl_devices')
      .where({ id: old.id })
      .update({ ends_at: new Date(Date.now() - 1000).toISOString() });
    expect(await refused(old)).toEqual([
      403,
      true,
      expect.stringContaining('a sign-in lasts 12 hours'),
    ]);
    expect((await portal.mint(kept, 'prod', prod)).status).toBe(201);

    const { body } = await portal.as('alice').get('/kubectl/devices');
    expect(body.items.map(({ state }: any) => state)).toEqual(
      Array(4).fill('Ended'),
    );
    expect(JSON.stringify(body)).not.toMatch(/publicKey|policy|userUid/);
  });

  it('S52 ends the device of a person who left, or was created again', async () => {
    const prod = await portal.addCluster('prod', 'team-a', 'team-b');
    const [alice, bob] = [
      await portal.signIn('alice'),
      await portal.signIn('bob'),
    ];
    world.entities = world.entities
      .filter(one => one.metadata.name !== 'alice')
      .map(one =>
        one.metadata.name === 'bob' ? person('bob', ['team-b'], 'new') : one,
      );
    const results = [
      await portal.mint(alice, 'prod', prod),
      await portal.mint(bob, 'prod', prod),
    ];
    expect(
      results.map(({ status, body }) => [
        status,
        body.error.signIn,
        body.error.message,
      ]),
    ).toEqual([
      [
        403,
        true,
        'user:default/alice is not in the catalog. Run: kubectl berth login',
      ],
      [
        403,
        true,
        'user:default/bob was deleted from the catalog and created again. Run: kubectl berth login',
      ],
    ]);
    // The old person does not come back with the old device.
    world.entities = createWorld().entities;
    expect((await portal.mint(alice, 'prod', prod)).status).toBe(403);
    const { body } = await portal
      .as('ada')
      .get('/activity?event=kubectl-end&actor=system:kubectl');
    expect(body.items).toHaveLength(2);
  });

  it('S11 mints nothing while the catalog fails, and goes on after it', async () => {
    const prod = await portal.addCluster('prod', 'team-a');
    const laptop = await portal.signIn('alice');
    world.catalogAway = true;
    const { status, body } = await portal.mint(laptop, 'prod', prod);
    expect([status, body.error.signIn, body.token]).toEqual([
      503,
      undefined,
      undefined,
    ]);
    world.catalogAway = false;
    expect((await portal.mint(laptop, 'prod', prod)).status).toBe(201);
  });

  it('S52 lists and ends devices of others for admins; auditors read', async () => {
    await portal.signIn('alice');
    await portal.signIn('bob');
    const list = async (name: string, query: string) => {
      const { status, body } = await portal
        .as(name)
        .get(`/kubectl/devices${query}`);
      return [status, body.totalItems];
    };
    expect(await list('alice', '')).toEqual([200, 1]);
    expect(await list('alice', '?user=user:default/bob')).toEqual([
      403,
      undefined,
    ]);
    expect(await list('alice', '?user=*')).toEqual([403, undefined]);
    expect(await list('auditor', '?user=*')).toEqual([200, 2]);
    expect(await list('ada', '?user=bob')).toEqual([200, 1]);
    expect(await list('ada', '?user=group:default/team-a')).toEqual([
      400,
      undefined,
    ]);
    const end = async (name: string, query: string) =>
      (await portal.as(name).delete(`/kubectl/devices${query}`)).status;
    expect(await end('auditor', '?user=*')).toBe(403);
    expect(await end('alice', '?user=bob')).toBe(403);
    expect(await end('alice', '')).toBe(204);
    expect(await end('ada', '?user=*')).toBe(204);
    const { body } = await portal.as('ada').get('/kubectl/devices?user=*');
    expect(
      body.items.map(({ user, endedWhy }: any) => [user, endedWhy]),
    ).toEqual([
      ['user:default/bob', 'user:default/ada ended it'],
      ['user:default/alice', 'user:default/alice ended it'],
    ]);
  });

  it('ends the longest unused sign-in beyond the number of a person', async () => {
    await withSettings({ devicesPerPerson: 2 }, async (other, database) => {
      await other.signIn('alice', 'first');
      const second = await other.signIn('alice', 'second');
      await other.signIn('bob');
      await database('kubectl_devices')
        .where({ id: second.id })
        .update({ last_used_at: new Date(Date.now() - 60_000).toISOString() });
      await other.signIn('alice', 'third');
      const { body } = await other.as('ada').get('/kubectl/devices?user=*');
      expect(
        body.items.map(({ name, state }: any) => [name, state]).sort(),
      ).toEqual([
        ['first', 'Active'],
        ['laptop-x', 'Active'],
        ['second', 'Ended'],
        ['third', 'Active'],
      ]);
    });
  });

  it('S53 keeps no code and no private key', async () => {
    const laptop = await Laptop.create(ISSUER);
    const { body } = await portal.connect('alice', laptop);
    const dump = async () => JSON.stringify(await knex('kubectl_devices'));
    const pending = await dump();
    expect(pending).toContain(laptop.publicKey.x);
    expect(pending).not.toContain(body.code);
    expect(pending).not.toMatch(/\\"d\\":/);
    await portal.activate(laptop, body.code);
    const [row] = await knex('kubectl_devices');
    expect(row).toMatchObject({ code_hash: null, code_expires_at: null });
    const log = JSON.stringify(await knex('activity'));
    expect(log).not.toContain(body.code);
  });

  it('S49 refuses names of computers that hide something', async () => {
    const laptop = await Laptop.create(ISSUER);
    for (const name of [
      'laptop\u0007',
      'laptop\n',
      'lap\u202etop',
      'lap\u200btop',
      '',
      ' ',
      'x'.repeat(65),
    ]) {
      const { status } = await portal.connect('alice', laptop, `${name}`);
      expect([name, status]).toEqual([name, name === 'laptop\n' ? 201 : 400]);
    }
  });

  it('does nothing while kubectl is off', async () => {
    await withSettings({ enabled: false }, async other => {
      const laptop = await Laptop.create(ISSUER);
      const answers = [
        await other.connect('alice', laptop),
        await other.as('alice').get('/kubectl/devices'),
        await other.as('alice').get('/kubeconfig'),
        await other.session('clusters', 'x'),
        await other.api.get('/api/berth/kubectl/cli/portal.json'),
      ];
      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(body.error.message).toContain('berth.kubectl.enabled is false');
      }
    });
  });
});
