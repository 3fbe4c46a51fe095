import { TestDatabases } from '@backstage/backend-test-utils';
import { RequestSpec } from '@berth/plugin-berth-common';
import {
  grantSpec,
  namespaceSpec,
  quotaSpec,
  TEAM_B,
} from './__testUtils__/portal';
import {
  ada,
  alice,
  caller,
  olga,
  prepare,
  reconciled,
  replica,
} from './__testUtils__/replica';
import { targetOf } from './model';

jest.setTimeout(120_000);

const newRequest = (spec: RequestSpec, idempotencyKey?: string) => ({
  spec,
  draft: false,
  idempotencyKey,
});

/** Returns the results of concurrent calls. */
async function transaction<T>(
  count: number,
  work: (index: number) => Promise<T>,
) {
  const ended = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => work(index)),
  );
  return {
    values: ended.flatMap(one =>
      one.status === 'fulfilled' ? [one.value] : [],
    ),
    errors: ended.flatMap(one =>
      one.status === 'rejected' ? [(one.reason as Error).message] : [],
    ),
  };
}

describe('concurrent changes of requests by several people and replicas', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function setUp(rules?: Parameters<typeof replica>[1]) {
      const knex = await databases.init(databaseId);
      const prepared = await prepare(knex);
      const replicas = [replica(knex, rules), replica(knex, rules)];
      const [one, two] = replicas;
      const of = (index: number) => replicas[index % 2];
      return { ...prepared, knex, of, one, replicas, two };
    }

    it('creates one request for many calls with one key', async () => {
      const { of, one } = await setUp();
      const { values, errors } = await transaction(8, index =>
        of(index).service.create(alice, newRequest(namespaceSpec(), 'k1')),
      );
      expect(errors).toEqual([]);
      expect(new Set(values.map(({ request }) => request.id)).size).toBe(1);
      expect(values.filter(({ made }) => made)).toHaveLength(1);
      expect(one.sent.length + of(1).sent.length).toBe(1);
      await expect(
        one.service.create(
          alice,
          newRequest(namespaceSpec({ namespace: 'other' }), 'k1'),
        ),
      ).rejects.toThrow(
        /^namespace "other" is not the namespace "billing" of the request/,
      );
      const byAmy = await one.service.create(
        caller('amy', ...alice.person.groups),
        newRequest(namespaceSpec({ namespace: 'other' }), 'k1'),
      );
      expect(byAmy.made).toBe(true);
    });

    it('submits the draft of a first call whose answer was lost', async () => {
      const { one } = await setUp();
      const asked = newRequest(namespaceSpec(), 'k2');
      const draft = await one.service.create(alice, { ...asked, draft: true });
      const again = await one.service.create(alice, { ...asked, draft: true });
      expect(again.request.state).toBe('Draft');
      const { request, made } = await one.service.create(alice, asked);
      expect([request.id, request.state, made]).toEqual([
        draft.request.id,
        'Submitted',
        false,
      ]);
    });

    it('allows one open request for a target, and names it to callers who may see it', async () => {
      const { cluster, of, one } = await setUp();
      const { values, errors } = await transaction(6, index =>
        of(index).service.create(alice, newRequest(namespaceSpec())),
      );
      expect(values).toHaveLength(1);
      const [{ request }] = values;
      expect(errors).toEqual(
        Array(5).fill(
          `The request ${request.id} for the same target is open: Submitted`,
        ),
      );
      const amy = caller('amy', ...alice.person.groups);
      await expect(
        one.service.create(amy, newRequest(namespaceSpec())),
      ).rejects.toThrow('Another request for the same target is open');
      const open = await one.database.requests.openFor(
        targetOf(namespaceSpec(), cluster.id),
      );
      expect(open?.id).toBe(request.id);
      await one.service.withdraw(alice, request);
      expect(
        (await one.service.create(amy, newRequest(namespaceSpec()))).request
          .state,
      ).toBe('Submitted');
    });

    it('allows several drafts for a target, but submits only one', async () => {
      const { of, one } = await setUp();
      const drafts = await Promise.all(
        [0, 1, 2].map(index =>
          of(index).service.create(alice, {
            ...newRequest(namespaceSpec()),
            draft: true,
          }),
        ),
      );
      const { values, errors } = await transaction(3, index =>
        of(index).service.submit(alice, drafts[index].request),
      );
      expect(values).toHaveLength(1);
      expect(errors).toHaveLength(2);
      expect(errors[0]).toMatch(
        /^The request \w{26} for the same target is open/,
      );
      const [draft] = drafts.filter(
        ({ request }) => request.id !== values[0].id,
      );
      expect(await one.database.requests.get(draft.request.id)).toMatchObject({
        state: 'Draft',
      });
    });

    it('submits a draft as it was read, or not at all', async () => {
      const { one, two } = await setUp();
      const { request } = await one.service.create(alice, {
        ...newRequest(namespaceSpec()),
        draft: true,
      });
      await two.service.update(
        alice,
        request,
        namespaceSpec({ namespace: 'more' }),
      );
      await expect(one.service.submit(alice, request)).rejects.toThrow(
        'The request was changed meanwhile; reload it',
      );
    });

    it('accepts one of several simultaneous decisions', async () => {
      const { knex, of, one, two } = await setUp();
      const { request } = await one.service.create(
        alice,
        newRequest(namespaceSpec()),
      );
      const { values, errors } = await transaction(8, index =>
        of(index).service.decide(index < 4 ? olga : ada, request, {
          decision: index % 3 === 0 ? 'deny' : 'approve',
          comment: `${index}`,
        }),
      );
      expect(values).toHaveLength(1);
      expect(errors).toHaveLength(7);
      for (const message of errors) {
        expect(message).toMatch(
          /^The request (is (Approved|Denied|Provisioning) already|was changed meanwhile)/,
        );
      }
      const after = await one.database.requests.get(request.id);
      const denied = after?.steps[1].state === 'Denied';
      expect(after?.steps.map(({ state }) => state)).toEqual([
        'Submitted',
        ...(denied ? ['Denied'] : ['Approved', 'Provisioning']),
      ]);
      const made = await knex('namespaces').where({ name: 'billing' });
      expect(made).toHaveLength(denied ? 0 : 1);
      const notified = [...one.sent, ...two.sent].filter(
        ({ payload }) => !payload.title.includes('requests the'),
      );
      expect(notified).toHaveLength(1);
    });

    it('is withdrawn or approved, not both', async () => {
      const { one, two } = await setUp();
      const { request } = await one.service.create(
        alice,
        newRequest(namespaceSpec()),
      );
      const { values, errors } = await transaction(2, index =>
        index === 0
          ? one.service.withdraw(alice, request)
          : two.service.decide(olga, request, { decision: 'approve' }),
      );
      expect([values.length, errors.length]).toEqual([1, 1]);
    });

    it('provisions once, on any replica', async () => {
      const { knex, of, one, shop, two } = await setUp();
      const { request } = await one.service.create(
        caller('bob', TEAM_B),
        newRequest(grantSpec()),
      );
      // The state that a backend leaves when it is killed after the decision.
      const { createdAt, owner } = (await one.database.tenancy.namespaces.get(
        shop,
      ))!;
      const approved = await one.database.requests.step(
        request,
        [{ state: 'Approved', by: 'user:default/olga' }],
        { approvedFor: { createdAt, owner } },
      );
      await transaction(6, index => of(index).provisioner.sweep());
      const after = await one.database.requests.get(request.id);
      expect(after?.steps.map(({ state }) => state)).toEqual([
        'Submitted',
        'Approved',
        'Provisioning',
      ]);
      expect(approved?.revision).toBe(2);
      expect(one.changed.length + two.changed.length).toBe(1);
      const grants = await knex('grants').where({ namespace: 'shop' });
      expect(grants.map(({ role }) => role).sort()).toEqual(['edit', 'view']);

      await reconciled(knex);
      await transaction(6, index => of(index).provisioner.sweep());
      const ready = await one.database.requests.get(request.id);
      expect(ready?.steps.map(({ state }) => state)).toEqual([
        'Submitted',
        'Approved',
        'Provisioning',
        'Ready',
      ]);
      expect([...one.recorded, ...two.recorded]).toEqual([
        expect.objectContaining({
          event: 'request-provision',
          outcome: 'Succeeded',
        }),
      ]);
    });

    it("counts all of a person's simultaneous requests", async () => {
      const { of, one, two } = await setUp();
      const { values, errors } = await transaction(120, index =>
        of(index).service.create(alice, {
          ...newRequest(namespaceSpec({ namespace: `n${index}` })),
          draft: index % 2 === 0,
        }),
      );
      expect(values).toHaveLength(50);
      expect(new Set(errors)).toEqual(
        new Set([
          'You have 50 requests that are not over, and the limit is 50 for each person: withdraw some, or wait until they are decided',
        ]),
      );
      // Another person is below the limit, and approvers are not notified of all requests.
      await one.service.create(
        caller('amy', ...alice.person.groups),
        newRequest(namespaceSpec({ namespace: 'amy' })),
      );
      expect(one.sent.length + two.sent.length).toBeLessThanOrEqual(21);
    });

    it('grants the rest of a group quota only once', async () => {
      const rules = [{ name: 'some', groupQuota: { cpu: '6' } }];
      const { of, one, shop } = await setUp({ rules });
      const { values, errors } = await transaction(6, index =>
        of(index).service.create(
          alice,
          newRequest(namespaceSpec({ namespace: `n${index}` })),
        ),
      );
      expect(errors).toEqual([]);
      const states = values.map(({ request }) => request.state);
      expect(states.filter(state => state === 'Provisioning')).toHaveLength(3);
      expect(states.filter(state => state === 'Submitted')).toHaveLength(3);
      await one.database.tenancy.quotas.set(shop, {
        hard: { 'requests.cpu': '0' },
        limits: [],
        priorityClasses: [],
      });
      const more = await one.service.create(
        alice,
        newRequest(quotaSpec({ quota: { hard: { 'requests.cpu': '1m' } } })),
      );
      expect(more.request).toMatchObject({
        state: 'Submitted',
        verdict: {
          reasons: ['The rule "some" does not apply: team-a has less cpu left'],
        },
      });
    });
  });
});
