import { TestDatabases } from '@backstage/backend-test-utils';
import { RequestSpec } from '@berth/plugin-berth-common';
import {
  grantSpec,
  namespaceSpec,
  quotaSpec,
  TEAM_A,
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
import { MAX_RETRIES, RequestRecord } from './model';

jest.setTimeout(120_000);

const HOUR = 60 * 60_000;
const later = (hours: number) => () => new Date(Date.now() + hours * HOUR);
const REQUESTER = { requester: true, decider: false, sees: true };
const DECIDER = { requester: false, decider: true, sees: true };

describe('an approval', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function setUp(options?: Parameters<typeof replica>[1]) {
      const knex = await databases.init(databaseId);
      const { cluster, ...prepared } = await prepare(knex);
      const one = replica(knex, options);
      const { namespaces, grants, quotas } = one.database.tenancy;
      const key = (name: string) => ({ clusterId: cluster.id, name });
      return {
        ...prepared,
        ...one,
        grants,
        key,
        knex,
        namespaces,
        quotas,
        spec: async (who: typeof alice, spec: RequestSpec) =>
          (await one.service.create(who, { spec, draft: false })).request,
        read: async ({ id }: RequestRecord) =>
          (await one.database.requests.get(id)) as RequestRecord,
        create: (name: string, owner: string) =>
          namespaces.create({ ...key(name), owner }),
        rolesIn: async (name: string) =>
          (await grants.list(key(name))).map(({ group, role }) => [
            group,
            role,
          ]),
        /** Approves as a decider does, without the provisioning that follows. */
        approve: async (request: RequestRecord) => {
          const { createdAt, owner } = (await namespaces.get(
            key(request.spec.namespace),
          ))!;
          return (await one.database.requests.step(
            request,
            [{ state: 'Approved', by: olga.person.userRef }],
            { approvedFor: { createdAt, owner } },
          )) as RequestRecord;
        },
      };
    }

    const path = ({ steps }: RequestRecord) =>
      steps.map(({ state }) => state).join(' ');
    const lastReason = ({ steps }: RequestRecord) => steps.at(-1)?.reason;

    it('is not given for a namespace that does not exist', async () => {
      const { spec, create, service, read, rolesIn } = await setUp();
      const request = await spec(
        alice,
        grantSpec({ namespace: 'ghost', group: TEAM_A, role: 'admin' }),
      );
      await expect(
        service.decide(ada, request, { decision: 'approve' }),
      ).rejects.toThrow(
        'Berth manages no namespace ghost on prod, so this request cannot be approved: deny it and give the reason, or create the namespace first',
      );
      expect((await read(request)).state).toBe('Submitted');
      await create('ghost', TEAM_B);
      expect(await rolesIn('ghost')).toEqual([]);
    });

    it('is not for another namespace of the same name after a retry', async () => {
      const { spec, create, database, service, provisioner, read, rolesIn } =
        await setUp();
      const request = await spec(
        alice,
        grantSpec({ namespace: 'ghost', group: TEAM_A, role: 'admin' }),
      );
      // An approval from before approvals were bound to a namespace.
      await database.requests.step(request, [
        { state: 'Approved', by: ada.person.userRef },
      ]);
      await provisioner.sweep();
      const failed = await read(request);
      expect(failed.state).toBe('Failed');
      await create('ghost', TEAM_B);
      const again = await service.retry(alice, REQUESTER, failed);
      expect(path(again)).toBe(
        'Submitted Approved Provisioning Failed Submitted',
      );
      // The deciders are those of the current namespace.
      expect(again.decider).toBe(TEAM_B);
      await provisioner.sweep();
      expect(await rolesIn('ghost')).toEqual([]);
    });

    it.each<[string, RequestSpec]>([
      ['grant', grantSpec({ group: TEAM_A, role: 'admin' })],
      ['quota', quotaSpec()],
    ])('of a %s ends with the namespace', async (_, requested) => {
      const {
        approve,
        spec,
        create,
        key,
        knex,
        provisioner,
        quotas,
        read,
        rolesIn,
      } = await setUp();
      const request = await approve(await spec(alice, requested));
      await knex('namespaces').where({ name: 'shop' }).delete();
      await create('shop', TEAM_A);
      await knex('namespaces')
        .where({ name: 'shop' })
        .update({ created_at: '2100-01-01T00:00:00.000Z' });
      await provisioner.sweep();
      expect(lastReason(await read(request))).toBe(
        'The namespace shop was deleted and created again since this was approved; make a new request',
      );
      expect(await rolesIn('shop')).toEqual([]);
      expect(await quotas.list(key('shop'))).toEqual([]);
    });

    it.each<[string, RequestSpec]>([
      ['grant', grantSpec({ group: TEAM_A, role: 'admin' })],
      ['quota', quotaSpec()],
    ])('of a %s ends with the owner', async (_, requested) => {
      const { approve, spec, namespaces, provisioner, read, rolesIn, shop } =
        await setUp();
      const request = await approve(await spec(alice, requested));
      await namespaces.update(shop, { owner: TEAM_B });
      await provisioner.sweep();
      expect(lastReason(await read(request))).toBe(
        'The namespace shop has another owner than when this was approved; make a new request',
      );
      expect(await rolesIn('shop')).toEqual([[TEAM_A, 'edit']]);
    });

    it('of a quota is not for the namespace of another group after a retry', async () => {
      const {
        approve,
        spec,
        create,
        service,
        key,
        knex,
        provisioner,
        quotas,
        read,
      } = await setUp();
      const request = await approve(await spec(alice, quotaSpec()));
      await knex('namespaces').where({ name: 'shop' }).delete();
      await provisioner.sweep();
      const failed = await read(request);
      expect(failed.state).toBe('Failed');
      await create('shop', TEAM_B);
      const held = { hard: { pods: '1' }, limits: [], priorityClasses: [] };
      await quotas.set(key('shop'), held);
      await expect(service.retry(alice, REQUESTER, failed)).rejects.toThrow(
        'There is no namespace shop',
      );
      await provisioner.sweep();
      expect(await quotas.list(key('shop'))).toMatchObject([held]);
    });

    it('is the only way on from Failed: its limits cannot be passed by', async () => {
      const { spec, service, knex, read } = await setUp();
      const request = await spec(
        alice,
        grantSpec({ group: TEAM_A, role: 'admin' }),
      );
      await service.decide(olga, request, { decision: 'approve' });
      await replica(knex, { now: later(1) }).provisioner.sweep();
      const failed = await read(request);
      expect(failed.state).toBe('Failed');
      const refusal = 'it can only be tried again';
      await expect(service.submit(alice, failed)).rejects.toThrow(refusal);
      await expect(
        service.decide(olga, failed, { decision: 'approve' }),
      ).rejects.toThrow(refusal);
      expect(await read(request)).toEqual(failed);
    });

    it('does not restore what an admin removed', async () => {
      const { spec, service, grants, knex, read, rolesIn, shop } =
        await setUp();
      const request = await spec(
        alice,
        grantSpec({ group: TEAM_A, role: 'admin' }),
      );
      await service.decide(olga, request, { decision: 'approve' });
      await replica(knex, { now: later(1) }).provisioner.sweep();
      const failed = await read(request);
      expect(failed.state).toBe('Failed');
      await grants.replace(shop, [], ada.person.userRef);
      await expect(service.retry(alice, REQUESTER, failed)).rejects.toThrow(
        'The grant ended, or was taken away, meanwhile; make a new request',
      );
      expect(await rolesIn('shop')).toEqual([]);
    });

    it('is only checked again if everything that it wrote still exists', async () => {
      const { spec, service, knex, provisioner, read, shop, grants } =
        await setUp();
      const request = await spec(
        alice,
        grantSpec({ group: TEAM_A, role: 'admin' }),
      );
      await service.decide(olga, request, { decision: 'approve' });
      await replica(knex, { now: later(1) }).provisioner.sweep();
      const before = await grants.list(shop);
      const again = await service.retry(alice, REQUESTER, await read(request));
      expect(again).toMatchObject({ state: 'Provisioning', retries: 1 });
      expect(await grants.list(shop)).toEqual(before);
      await reconciled(knex);
      await provisioner.sweep();
      expect((await read(request)).state).toBe('Ready');
    });

    it('is given again by a retry of a person who may decide', async () => {
      const { spec, service, knex, provisioner, read } = await setUp();
      const request = await spec(alice, namespaceSpec());
      await service.decide(olga, request, { decision: 'approve' });
      await knex('namespaces')
        .where({ name: 'billing' })
        .update({ state: 'Failed', cause: 'NamespaceExists', message: 'So' });
      await provisioner.sweep();
      const again = await service.retry(olga, DECIDER, await read(request));
      expect(path(again)).toBe(
        'Submitted Approved Provisioning Failed Approved Provisioning',
      );
    });

    it('is given again by a rule if one applies now', async () => {
      const rules = [{ name: 'all', kinds: ['namespace' as const] }];
      const { spec, service, knex, provisioner, read } = await setUp({ rules });
      const request = await spec(alice, namespaceSpec());
      await knex('namespaces')
        .where({ name: 'billing' })
        .update({ state: 'Failed', cause: 'NamespaceExists', message: 'So' });
      await provisioner.sweep();
      const again = await service.retry(alice, REQUESTER, await read(request));
      expect(path(again)).toBe(
        'Submitted AutoApproved Provisioning Failed Submitted AutoApproved Provisioning',
      );
    });

    it('of a rule does not lower what was granted meanwhile', async () => {
      const rules = [{ name: 'all', kinds: ['grant' as const] }];
      const { spec, database, grants, provisioner, read, rolesIn, shop } =
        await setUp();
      const requested = grantSpec({ group: TEAM_A, role: 'edit' });
      const request = await spec(alice, requested);
      const { createdAt, owner } = (await database.tenancy.namespaces.get(
        shop,
      ))!;
      await database.requests.step(
        request,
        [
          {
            state: 'AutoApproved',
            by: 'system:requests',
            reason: rules[0].name,
          },
        ],
        { approvedFor: { createdAt, owner } },
      );
      const admin = {
        group: TEAM_A,
        uid: 'uid-of-team-a',
        role: 'admin' as const,
      };
      await grants.replace(shop, [admin], ada.person.userRef);
      await provisioner.sweep();
      expect(lastReason(await read(request))).toContain(
        'team-a holds admin there without an end date, and the request would replace it by less',
      );
      expect(await rolesIn('shop')).toEqual([[TEAM_A, 'admin']]);
    });

    it('can be retried a few times, for one day', async () => {
      const { spec, service, knex, provisioner, read } = await setUp();
      const request = await spec(alice, namespaceSpec());
      await service.decide(olga, request, { decision: 'approve' });
      const failing = async () => {
        await knex('namespaces')
          .where({ name: 'billing' })
          .update({ state: 'Failed', cause: 'NamespaceExists', message: 'So' });
        await provisioner.sweep();
        return read(request);
      };
      const first = await failing();
      await expect(
        replica(knex, { now: later(25) }).service.retry(
          alice,
          REQUESTER,
          first,
        ),
      ).rejects.toThrow(
        'The request cannot be tried again: it failed more than a day ago. Make a new request',
      );
      for (let count = 0; count < MAX_RETRIES; count += 1) {
        await service.retry(olga, DECIDER, await read(request));
        await failing();
      }
      const last = await read(request);
      await expect(service.retry(olga, DECIDER, last)).rejects.toThrow(
        'The request cannot be tried again: it was tried again 5 times. Make a new request',
      );
      expect(last.steps).toHaveLength(4 + 3 * MAX_RETRIES);
    });

    it('S21 is not for a user who was created again', async () => {
      const { spec, database, service } = await setUp();
      const request = await spec(alice, namespaceSpec());
      const another = caller('alice', TEAM_A);
      another.person.uid = 'another';
      const of = ({ person: { userRef, uid } }: typeof alice) =>
        database.requests.list({ requester: { userRef, uid } }, { limit: 10 });
      expect((await of(alice)).totalItems).toBe(1);
      expect((await of(another)).totalItems).toBe(0);
      // The error about her own request does not name the request of the former person.
      await expect(
        service.create(another, { spec: namespaceSpec(), draft: false }),
      ).rejects.toThrow('Another request for the same target is open');
      expect((await database.requests.get(request.id))?.requesterUid).toBe(
        'uid-of-alice',
      );
    });
  });
});
