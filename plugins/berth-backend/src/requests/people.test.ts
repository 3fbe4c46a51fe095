import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  grantSpec,
  namespaceSpec,
  quotaSpec,
  startPortal,
  TEAM_A,
  TEAM_B,
  TEAM_C,
  TestPortal,
} from './__testUtils__/portal';

jest.setTimeout(120_000);

const PEOPLE = [
  'ada',
  'olga',
  'alice',
  'amy',
  'bob',
  'lea',
  'carl',
  'nobody',
  'stranger',
  undefined,
] as const;

type Person = (typeof PEOPLE)[number];

/** The statuses by person, in the order of PEOPLE. */
type Statuses = number[];

describe('permissions on requests', () => {
  let sandbox: SandboxCluster;
  let portal: TestPortal;
  let denied: string[] = [];

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'people' });
    portal = await startPortal(sandbox, {
      denied: () => denied,
      requests: { openPerPerson: 1_000 },
    });
  });

  afterAll(async () => {
    await portal.stop();
    await sandbox.stop();
  });

  afterEach(() => {
    denied = [];
  });

  let made = 0;
  const newName = () => {
    made += 1;
    return `made-${made}`;
  };

  async function requested(person: string, body: object): Promise<string> {
    const { body: answer, status } = await portal.spec(person, body);
    expect([status, answer.error?.message]).toEqual([201, undefined]);
    return `/requests/${answer.id}`;
  }

  const alicesSpec = (more: object = {}) =>
    requested('alice', namespaceSpec({ namespace: newName(), ...more }));

  /** Each person uses a separate request, because the first may change it. */
  async function tried(
    attempt: (person: Person) => Promise<{ status: number }>,
  ): Promise<Statuses> {
    const statuses: number[] = [];
    for (const person of PEOPLE) {
      statuses.push((await attempt(person)).status);
    }
    return statuses;
  }

  // ada is an admin, olga the owner, alice the requester, amy is in the same group, bob and lea are in another, carl
  // is in one without a cluster, nobody is in no group; then a person who is not in the catalog, and one who is not
  // signed in.
  it('requesting a namespace for team-a', async () => {
    expect(
      await tried(person =>
        portal.call(
          person,
          'post',
          '/requests',
          namespaceSpec({ namespace: newName() }),
        ),
      ),
    ).toEqual([400, 404, 201, 201, 400, 404, 404, 404, 403, 401]);
  });

  it('previewing the verdict', async () => {
    expect(
      await tried(person =>
        portal.call(
          person,
          'post',
          '/requests?dryRun=true',
          namespaceSpec({ namespace: newName() }),
        ),
      ),
    ).toEqual([400, 404, 200, 200, 400, 404, 404, 404, 403, 401]);
  });

  it('requesting another quota for shop', async () => {
    const withdraw = async (person: Person, id: string) =>
      portal.call(person, 'post', `/requests/${id}/withdraw`);
    expect(
      await tried(async person => {
        const answer = await portal.call(
          person,
          'post',
          '/requests',
          quotaSpec(),
        );
        if (answer.status === 201) {
          await withdraw(person, answer.body.id);
        }
        return answer;
      }),
    ).toEqual([201, 404, 201, 201, 404, 404, 404, 404, 403, 401]);
  });

  it('reading a request', async () => {
    const path = await alicesSpec();
    expect(await tried(person => portal.call(person, 'get', path))).toEqual([
      200, 200, 200, 404, 404, 404, 404, 404, 403, 401,
    ]);
  });

  it('reading a request that does not exist', async () => {
    const path = await alicesSpec();
    const foreign = await portal.call('bob', 'get', path);
    for (const id of ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'x', 'x%20', '..%2Fx']) {
      const { body, status } = await portal.call(
        'bob',
        'get',
        `/requests/${id}`,
      );
      expect([status, body.error]).toEqual([404, foreign.body.error]);
    }
  });

  it('reading a draft', async () => {
    const path = await alicesSpec({ draft: true });
    expect(await tried(person => portal.call(person, 'get', path))).toEqual([
      404, 404, 200, 404, 404, 404, 404, 404, 403, 401,
    ]);
  });

  it('changing a draft', async () => {
    expect(
      await tried(async person => {
        const path = await alicesSpec({ draft: true });
        return portal.call(
          person,
          'put',
          path,
          namespaceSpec({ namespace: newName() }),
        );
      }),
    ).toEqual([404, 404, 200, 404, 404, 404, 404, 404, 403, 401]);
  });

  it('submitting a draft', async () => {
    expect(
      await tried(async person =>
        portal.call(
          person,
          'post',
          `${await alicesSpec({ draft: true })}/submit`,
        ),
      ),
    ).toEqual([404, 404, 200, 404, 404, 404, 404, 404, 403, 401]);
  });

  it('withdrawing', async () => {
    expect(
      await tried(async person =>
        portal.call(person, 'post', `${await alicesSpec()}/withdraw`),
      ),
    ).toEqual([403, 403, 200, 404, 404, 404, 404, 404, 403, 401]);
  });

  it.each([{ decision: 'approve' }, { decision: 'deny', comment: 'Not now' }])(
    'deciding %j',
    async decision => {
      expect(
        await tried(async person =>
          portal.call(
            person,
            'post',
            `${await alicesSpec()}/decision`,
            decision,
          ),
        ),
      ).toEqual([200, 200, 403, 404, 404, 404, 404, 404, 403, 401]);
    },
  );

  it('retrying', async () => {
    const path = await alicesSpec();
    // Nothing has failed. Those who may see the request learn that, the others learn nothing.
    expect(
      await tried(person => portal.call(person, 'post', `${path}/retry`)),
    ).toEqual([409, 409, 409, 404, 404, 404, 404, 404, 403, 401]);
  });

  it('lists the requests that each person may see', async () => {
    const path = await alicesSpec();
    const draft = await alicesSpec({ draft: true });
    const id = path.slice('/requests/'.length);
    const draftId = draft.slice('/requests/'.length);
    const seen = async (person: string, scope: string) => {
      const { body } = await portal.call(
        person,
        'get',
        `/requests?scope=${scope}&limit=200`,
      );
      const ids = body.items.map((item: { id: string }) => item.id);
      expect(body.totalItems).toBe(ids.length);
      return [id, draftId].map(one => ids.includes(one));
    };
    for (const [person, mine, inbox, all] of [
      ['alice', [true, true], [false, false], [true, true]],
      ['olga', [false, false], [true, false], [true, false]],
      ['ada', [false, false], [true, false], [true, false]],
      ['amy', [false, false], [false, false], [false, false]],
      ['bob', [false, false], [false, false], [false, false]],
      ['lea', [false, false], [false, false], [false, false]],
    ] as const) {
      expect([person, await seen(person, 'mine')]).toEqual([person, mine]);
      expect([person, await seen(person, 'inbox')]).toEqual([person, inbox]);
      expect([person, await seen(person, 'all')]).toEqual([person, all]);
    }
  });

  it('no one decides their own request, not even an owner or an admin', async () => {
    const path = await requested('ada', quotaSpec());
    const own = await portal.call('ada', 'get', path);
    expect(own.body.may.decide).toBe(false);
    const answer = await portal.call('ada', 'post', `${path}/decision`, {
      decision: 'approve',
    });
    expect([answer.status, answer.body.error.message]).toEqual([
      403,
      'Nobody decides their own request',
    ]);
    const inbox = await portal.call('ada', 'get', '/requests?scope=inbox');
    expect(
      inbox.body.items.map((item: { requester: string }) => item.requester),
    ).not.toContain('user:default/ada');
    await portal.call('ada', 'post', `${path}/withdraw`);
  });

  it('the owners of the namespace decide about a role in it, not those of the requesting group', async () => {
    const path = await requested('bob', grantSpec());
    expect((await portal.call('lea', 'get', path)).status).toBe(404);
    const decided = await portal.call('olga', 'post', `${path}/decision`, {
      decision: 'approve',
    });
    expect(decided.body.state).toBe('Provisioning');
    const grants = await portal.call(
      'ada',
      'get',
      '/clusters/prod/namespaces/shop/grants',
    );
    expect(
      grants.body.items.map((one: { group: string; role: string }) => [
        one.group,
        one.role,
      ]),
    ).toEqual([
      [TEAM_A, 'edit'],
      [TEAM_B, 'view'],
    ]);
  });

  it('answers the same whether the namespace exists or not', async () => {
    const create = (name: string) =>
      portal.call('ada', 'post', '/clusters/prod/namespaces', {
        name,
        owner: TEAM_A,
      });
    await create('hidden');
    const answers = [];
    for (const namespace of ['hidden', 'absent']) {
      const preview = await portal.call(
        'bob',
        'post',
        '/requests?dryRun=true',
        grantSpec({ namespace }),
      );
      const { body, status } = await portal.spec(
        'bob',
        grantSpec({ namespace }),
      );
      const again = await portal.spec('bob', grantSpec({ namespace }));
      const trace = await portal.call(
        'bob',
        'get',
        '/activity?event=request-create&limit=2',
      );
      const { id, createdAt, updatedAt, steps, ...rest } = body;
      answers.push(
        JSON.stringify([
          status,
          rest,
          steps.map((step: object) => ({ ...step, at: '' })),
          preview.body,
          again.status,
          trace.body.items.map((item: { groups: string[] }) => item.groups),
        ]).replaceAll(namespace, 'x'),
      );
      const path = `/requests/${id}`;
      expect((await portal.call('olga', 'get', path)).status).toBe(
        namespace === 'hidden' ? 200 : 404,
      );
      expect((await portal.call('ada', 'get', path)).status).toBe(200);
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).not.toContain('olga');
  });

  it('accepts only a group of the requester, on a cluster that is shared with it', async () => {
    const foreign = await portal.spec(
      'alice',
      namespaceSpec({ group: TEAM_B }),
    );
    expect([foreign.status, foreign.body.error.message]).toEqual([
      400,
      'group "group:default/team-b" is not one of your groups',
    ]);
    const hidden = await portal.spec('carl', namespaceSpec({ group: TEAM_C }));
    const unknown = await portal.spec(
      'carl',
      namespaceSpec({ group: TEAM_C, cluster: 'none' }),
    );
    expect(hidden.status).toBe(404);
    expect(hidden.body.error.message.replace('prod', 'none')).toBe(
      unknown.body.error.message,
    );
  });

  it('a policy can deny requesting and deciding', async () => {
    const path = await alicesSpec();
    denied = ['berth.request.create', 'berth.request.decide'];
    const body = namespaceSpec({ namespace: newName() });
    const { status } = await portal.spec('alice', body);
    expect(status).toBe(403);
    expect((await portal.call('olga', 'get', path)).status).toBe(404);
    const inbox = await portal.call('olga', 'get', '/requests?scope=inbox');
    expect(inbox.body.items).toEqual([]);
    const answer = await portal.call('ada', 'post', `${path}/decision`, {
      decision: 'approve',
    });
    expect(answer.status).toBe(403);
    expect((await portal.call('alice', 'get', path)).status).toBe(200);
  });

  it('names the problems of a body, and creates nothing', async () => {
    const bad = await portal.spec('alice', namespaceSpec({ namespace: 'A' }));
    expect([bad.status, bad.body.error.message]).toEqual([
      400,
      expect.stringContaining('namespace "A" must be at most 63'),
    ]);
    const sizes = await portal.spec(
      'alice',
      namespaceSpec({ quota: { sizeClass: 'huge' } }),
    );
    expect([sizes.status, sizes.body.error.message]).toEqual([
      400,
      'sizeClass "huge" is not one of small, large',
    ]);
    const taken = await portal.spec(
      'alice',
      namespaceSpec({ namespace: 'shop' }),
    );
    expect([taken.status, taken.body.error.message]).toEqual([
      409,
      'namespace "shop" is taken: there is a namespace of that name on the cluster already',
    ]);
    const dry = await portal.call(
      'alice',
      'post',
      '/requests?dryRun=maybe',
      namespaceSpec(),
    );
    expect(dry.body.error.message).toBe(
      'dryRun "maybe" must be "true" or "false"',
    );
  });

  it('audits every write, and hides the content of drafts', async () => {
    portal.events.length = 0;
    const draft = await alicesSpec({ draft: true });
    await portal.call('alice', 'post', `${draft}/submit`);
    await portal.call('olga', 'post', `${draft}/decision`, {
      decision: 'deny',
      comment: 'Not now',
    });
    await portal.call('bob', 'post', `${draft}/withdraw`);
    const id = draft.slice('/requests/'.length);
    expect(
      portal.events.map(({ eventId, status, meta }) => [eventId, status, meta]),
    ).toEqual([
      [
        'request-create',
        'succeeded',
        { request: id, kind: 'namespace', state: 'Draft' },
      ],
      [
        'request-submit',
        'succeeded',
        expect.objectContaining({ cluster: 'prod', group: TEAM_A }),
      ],
      [
        'request-decide',
        'succeeded',
        expect.objectContaining({ state: 'Denied', reason: 'Not now' }),
      ],
      ['request-withdraw', 'failed', undefined],
    ]);
  });
});
