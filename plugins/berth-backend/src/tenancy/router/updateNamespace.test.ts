import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { berthNamespaceUpdatePermission } from '@berth/plugin-berth-common';
import { startPortal, TEAM_A, TEAM_B } from './__testUtils__/startPortal';

jest.setTimeout(60_000);

const SHOP = '/clusters/prod/namespaces/shop';
const HOME = '/clusters/prod/namespaces/team-a';

describe('PATCH of a namespace', () => {
  let sandbox: SandboxCluster;
  const decide = jest.fn<PolicyDecision, [string]>();

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'tenancy' });
  });

  afterAll(() => sandbox.stop());

  beforeEach(() => {
    decide.mockReturnValue({ result: AuthorizeResult.ALLOW });
  });

  async function setUp() {
    const portal = await startPortal(sandbox, decide);
    const { ada } = portal;
    await portal.create({ name: 'shop', owner: TEAM_A, purpose: 'The shop' });
    const said = async (path = SHOP) => {
      const { owner, system, purpose } = (await ada('get', path)).body;
      return [owner, system, purpose];
    };
    const logged = async () => {
      const query = '/activity?event=namespace-update';
      return (await ada('get', query)).body.items;
    };
    return {
      ...portal,
      said,
      logged,
      patch: (body: object, path = SHOP) => ada('patch', path).send(body),
    };
  }

  it('changes given fields, removes null ones, and keeps the others', async () => {
    const { patch, said } = await setUp();
    const { status, body } = await patch({
      owner: 'group:Team-B',
      system: 'Sales',
    });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        name: 'shop',
        owner: TEAM_B,
        system: 'system:default/sales',
        purpose: 'The shop',
      }),
    ]);
    await patch({ purpose: '  Sells shoes ' });
    expect(await said()).toEqual([
      TEAM_B,
      'system:default/sales',
      'Sells shoes',
    ]);
    await patch({ owner: null, system: null, purpose: null });
    expect(await said()).toEqual([undefined, undefined, undefined]);
    await patch({ purpose: 'Back' });
    await patch({ purpose: ' ' });
    expect(await said()).toEqual([undefined, undefined, undefined]);
  });

  const noRef = (field: string, value: string) =>
    field === 'owner'
      ? `owner ${value} is not a group's entity ref: write group:<namespace>/<name> in ASCII letters, digits, "-", "_" and "."`
      : `system ${value} is not a system's entity ref: write system:<namespace>/<name>, each part at most 63 ASCII letters, digits, "-", "_" and "."`;

  const refused: [body: object, message: string][] = [
    [
      {},
      'the body says nothing that is to change; it must hold at least one of owner, system, purpose',
    ],
    [[], 'the body must be a JSON object'],
    [
      { name: 'other' },
      '"name" is not a field here; there are owner, system, purpose',
    ],
    [{ owner: 5 }, 'owner 5 must be of type string'],
    [{ owner: [TEAM_A] }, 'owner must be of type string'],
    [{ owner: '' }, noRef('owner', '""')],
    [{ owner: 'user:default/ada' }, noRef('owner', '"user:default/ada"')],
    [
      { owner: 'group:default/\u212a' },
      noRef('owner', '"group:default/\\u{212a}"'),
    ],
    [
      { owner: 'group:default/none' },
      'owner "group:default/none" is not a Group that you can see in the catalog. Correct the spelling or leave it out',
    ],
    [{ system: false }, 'system false must be of type string'],
    [{ system: '' }, noRef('system', '""')],
    [{ system: TEAM_A }, noRef('system', `"${TEAM_A}"`)],
    [
      { system: 'none' },
      'system "system:default/none" is not a System that you can see in the catalog. Correct the spelling or leave it out',
    ],
    [{ purpose: 5 }, 'purpose 5 must be of type string'],
    [
      { purpose: 'a\nb' },
      'purpose "a\\nb" must be one line without control characters',
    ],
    [
      { purpose: 'x'.repeat(1001) },
      `purpose "${'x'.repeat(79)}... must be at most 1000 characters long`,
    ],
    [
      { owner: 5, purpose: 'a\u2028b' },
      'owner 5 must be of type string; purpose "a\\u{2028}b" must be one line without control characters',
    ],
  ];

  it('refuses invalid fields, naming the field, the value and the rule', async () => {
    const { patch, said, logged } = await setUp();
    for (const [body, message] of refused) {
      const answer = await patch(body);
      expect([answer.status, answer.body.error?.message]).toEqual([
        400,
        message,
      ]);
    }
    expect(await said()).toEqual([TEAM_A, undefined, 'The shop']);
    expect(await logged()).toHaveLength(refused.length);
  });

  it('is only for platform admins that the policy allows, and hides namespaces that others cannot see', async () => {
    const { as, alice, patch, said } = await setUp();
    const asMember = await alice('patch', HOME).send({ purpose: 'Mine' });
    expect(asMember.status).toBe(403);
    const withForeignAudience = await as('alice')('patch', SHOP).send({
      owner: null,
    });
    const nowhere = await as('alice')(
      'patch',
      '/clusters/prod/namespaces/nosuch',
    ).send({ owner: null });
    expect([withForeignAudience.status, nowhere.status]).toEqual([404, 404]);
    expect(
      withForeignAudience.body.error.message.replace('shop', 'nosuch'),
    ).toBe(nowhere.body.error.message);
    decide.mockImplementation(name => ({
      result:
        name === berthNamespaceUpdatePermission.name
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    }));
    const denied = await patch({ purpose: 'Mine' });
    expect([denied.status, denied.body.error.message]).toEqual([
      403,
      expect.stringContaining('berth.namespace.update'),
    ]);
    expect(await said()).toEqual([TEAM_A, undefined, 'The shop']);
    expect(await said(HOME)).toEqual([TEAM_A, undefined, undefined]);
  });

  it("detects concurrent changes of two admins by a tag that only people's changes alter", async () => {
    const { ada, patch, said } = await setUp();
    const { headers } = await ada('get', SHOP);
    expect(headers['cache-control']).toBe('no-store');
    await ada('put', `${SHOP}/quota`).send({ hard: { pods: '1' } });
    expect((await ada('get', SHOP)).headers.etag).toBe(headers.etag);

    const first = await patch({ owner: TEAM_B }).set('If-Match', headers.etag);
    expect(first.status).toBe(200);
    expect((await ada('get', SHOP)).headers.etag).toBe(first.headers.etag);
    const second = await patch({ purpose: 'Other' }).set(
      'If-Match',
      headers.etag,
    );
    expect([second.status, second.body.error.message]).toEqual([
      412,
      'shop was changed by someone else since you looked, so nothing was saved. Look at it again and repeat your change',
    ]);
    expect(await said()).toEqual([TEAM_B, undefined, 'The shop']);
    const third = await patch({ purpose: 'Other' }).set(
      'If-Match',
      first.headers.etag,
    );
    expect(third.status).toBe(200);
  });

  it('loses no concurrent changes', async () => {
    const { patch, said } = await setUp();
    const answers = await Promise.all(
      [{ owner: TEAM_B }, { system: 'sales' }, { purpose: 'Both' }].map(body =>
        patch(body),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await said()).toEqual([TEAM_B, 'system:default/sales', 'Both']);
  });

  it('S18 keeps the owner of a home, and reserves the name of a group for the group', async () => {
    const { create, patch, said } = await setUp();
    for (const owner of [TEAM_B, null]) {
      const home = await patch({ owner, purpose: 'Mine' }, HOME);
      expect([home.status, home.body.error.message]).toEqual([
        409,
        `owner ${owner} is refused: team-a is the home namespace of ${TEAM_A}, which keeps it. To take the cluster from that group, unshare it`,
      ]);
    }
    expect(await said(HOME)).toEqual([TEAM_A, undefined, undefined]);
    const kept = await patch({ owner: TEAM_A, system: 'sales' }, HOME);
    expect(kept.status).toBe(200);

    await create({
      name: 'team-b',
      owner: TEAM_B,
      grants: [{ group: TEAM_B, role: 'view' }],
    });
    const path = '/clusters/prod/namespaces/team-b';
    const other = await patch({ owner: TEAM_A }, path);
    expect([other.status, other.body.error.message]).toEqual([
      409,
      `owner ${TEAM_A} is refused: team-b is kept for the home namespace of ${TEAM_B}, so a namespace with this name can belong only to that group`,
    ]);
    expect((await patch({ purpose: 'Till' }, path)).status).toBe(200);
    expect((await patch({ owner: TEAM_B }, path)).status).toBe(200);
    expect(await said(path)).toEqual([TEAM_B, undefined, 'Till']);
  });

  it('is in the activity log of both owners', async () => {
    const { ada, alice, logged, patch } = await setUp();
    await patch({ owner: TEAM_B, system: 'sales', purpose: 'The shop' });
    await patch({ purpose: `${TEAM_A} sells here` });
    const [second, first] = await logged();
    expect(first).toMatchObject({
      actor: 'user:default/ada',
      event: 'namespace-update',
      outcome: 'Succeeded',
      cluster: 'prod',
      namespace: 'shop',
      groups: [TEAM_A, TEAM_B],
      meta: {
        changed: {
          owner: { from: TEAM_A, to: TEAM_B },
          system: { from: null, to: 'system:default/sales' },
        },
      },
    });
    expect(Object.keys(first.meta.changed)).toEqual(['owner', 'system']);
    expect(second).toMatchObject({
      groups: [TEAM_B],
      meta: {
        changed: {
          purpose: { from: '"The shop"', to: `"${TEAM_A} sells here"` },
        },
      },
    });
    await patch({ owner: 'group:default/none' });
    expect((await logged())[0]).toMatchObject({ outcome: 'Failed' });
    expect((await ada('get', SHOP)).body.owner).toBe(TEAM_B);
    const seen = await alice('get', '/activity?event=namespace-update');
    expect(seen.body.items).toHaveLength(1);
  });
});
