import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { RequestSpec } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import {
  grantSpec,
  namespaceSpec,
  people,
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
  UIDS,
} from './__testUtils__/replica';
import { NamespaceRecord } from '../model/tenancy';
import { RequestRecord } from './model';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const bob = caller('bob', TEAM_B);
const inTime = (minutes: number) => () =>
  new Date(Date.now() + minutes * MINUTE);

/** Returns the people with a change to one group. */
function withGroup(
  name: string,
  change: (group: Entity) => Entity | undefined,
) {
  const entities = people().flatMap(entity => {
    const changed =
      entity.kind === 'Group' && entity.metadata.name === name
        ? change(entity)
        : entity;
    return changed ? [changed] : [];
  });
  return catalogServiceMock({ entities });
}

describe('approved requests', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      const prepared = await prepare(knex);
      const one = replica(knex);
      const spec = async (who: typeof alice, requested: RequestSpec) => {
        const { request } = await one.service.create(who, {
          spec: requested,
          draft: false,
        });
        return request;
      };
      const approvedFor = async () => {
        const { createdAt, owner } = (await one.database.tenancy.namespaces.get(
          prepared.shop,
        )) as NamespaceRecord;
        return { createdAt, owner };
      };
      return {
        ...prepared,
        knex,
        one,
        spec,
        /** Approves only, as by a backend that is then killed. */
        approved: async (who: typeof alice, requested: RequestSpec) =>
          (await one.database.requests.step(
            await spec(who, requested),
            [{ state: 'Approved', by: olga.person.userRef }],
            { approvedFor: await approvedFor() },
          )) as RequestRecord,
        read: async ({ id }: RequestRecord) =>
          (await one.database.requests.get(id)) as RequestRecord,
      };
    }

    const path = ({ steps }: RequestRecord) =>
      steps.map(({ state }) => state).join(' ');
    const lastReason = ({ steps }: RequestRecord) =>
      steps[steps.length - 1].reason;
    const fails = (knex: Knex, table: string, cause: string) =>
      knex(table).update({ state: 'Failed', cause, message: 'So it is' });

    it('continue after a restart at any point', async () => {
      const { approved, knex, read } = await setUp();
      const request = await approved(
        alice,
        namespaceSpec({
          purpose: 'Bills',
          system: 'system:default/sales',
          expiresAt: '2100-01-01T00:00:00.000Z',
        }),
      );
      const after = async () => {
        const next = replica(knex);
        await next.provisioner.sweep();
        return { next, now: await read(request) };
      };
      const first = await after();
      expect(first.now.state).toBe('Provisioning');
      expect(first.next.changed).toEqual([request.clusterId]);
      // The mark is in the same transaction, so the reconciler finds the change even if no backend survives to
      // announce it.
      const lease = await knex('cluster_leases')
        .where({ cluster_id: request.clusterId })
        .first();
      expect(Number(lease.revision)).toBeGreaterThan(0);
      const second = await after();
      expect(second.now).toEqual(first.now);
      expect(second.next.changed).toEqual([]);

      const { tenancy } = first.next.database;
      const key = { clusterId: request.clusterId, name: 'billing' };
      expect(await tenancy.namespaces.get(key)).toMatchObject({
        owner: TEAM_A,
        purpose: 'Bills',
        system: 'system:default/sales',
        createdBy: 'user:default/alice',
        origin: 'request',
      });
      expect(await tenancy.grants.list(key)).toMatchObject([
        {
          group: TEAM_A,
          role: 'admin',
          source: 'grant',
          expiresAt: '2100-01-01T00:00:00.000Z',
        },
      ]);
      expect(await tenancy.quotas.list(key)).toMatchObject([
        { sizeClass: 'small', hard: { 'requests.cpu': '2' } },
      ]);

      await reconciled(knex);
      const third = await after();
      expect(path(third.now)).toBe('Submitted Approved Provisioning Ready');
      expect(third.next.sent).toEqual([
        {
          recipients: { type: 'entity', entityRef: ['user:default/alice'] },
          payload: expect.objectContaining({
            title: 'Ready: the namespace billing on prod',
            link: `/berth/requests/${request.id}`,
          }),
        },
      ]);
      expect((await after()).now).toEqual(third.now);
    });

    it('add a role and keep those of other groups', async () => {
      const { spec, knex, one, shop } = await setUp();
      const held = async () =>
        (await one.database.tenancy.grants.list(shop)).map(
          ({ id, group, role }) => [group, role, id],
        );
      const [[, , kept]] = await held();
      for (const role of ['view', 'edit']) {
        const request = await spec(bob, grantSpec({ role }));
        await one.service.decide(olga, request, { decision: 'approve' });
        await reconciled(knex);
        await one.provisioner.sweep();
        expect(await held()).toEqual([
          [TEAM_A, 'edit', kept],
          [TEAM_B, role, expect.any(String)],
        ]);
      }
    });

    it('replace a quota', async () => {
      const { spec, knex, one, read, shop } = await setUp();
      const request = await spec(alice, quotaSpec());
      await one.service.decide(olga, request, { decision: 'approve' });
      expect(await one.database.tenancy.quotas.list(shop)).toMatchObject([
        { hard: { 'requests.cpu': '3' }, state: 'Pending' },
      ]);
      await reconciled(knex);
      await one.provisioner.sweep();
      expect((await read(request)).state).toBe('Ready');
    });

    it.each<[string, RequestSpec, (it: Knex) => Promise<unknown>, string]>([
      [
        'on a cluster that was deleted',
        namespaceSpec(),
        knex => knex('clusters').delete(),
        'The cluster prod was deleted from the portal',
      ],
      [
        'of a name that was taken since',
        namespaceSpec(),
        async knex => {
          const { database } = replica(knex);
          const { id } = await knex('clusters').first('id');
          await database.tenancy.namespaces.create({
            clusterId: id,
            name: 'billing',
          });
        },
        'name "billing" is taken: there is a namespace of that name on the cluster already',
      ],
      [
        'on a cluster that the group sees no more',
        namespaceSpec(),
        knex => knex('shares').where({ group_ref: TEAM_A }).delete(),
        'prod is not shared with group:default/team-a any more',
      ],
      [
        'in a namespace that is not there',
        quotaSpec(),
        knex => knex('namespaces').where({ name: 'shop' }).delete(),
        'The namespace shop is gone',
      ],
      [
        'in a namespace that is being deleted',
        quotaSpec(),
        knex =>
          knex('namespaces')
            .where({ name: 'shop' })
            .update({ deleting_since: '2026-01-01T00:00:00.000Z' }),
        'The namespace shop is being deleted',
      ],
      [
        'of a size class that is another by now',
        namespaceSpec(),
        async knex => {
          const { bounds } = await knex('requests').first('bounds');
          await knex('requests').update({
            bounds: bounds.replace('"2"', '"1"'),
          });
        },
        'The size class small has changed since this was requested; make a new request',
      ],
    ])('fail %s', async (_, requested, change, reason) => {
      const { approved, knex, one, read } = await setUp();
      const request = await approved(alice, requested);
      await change(knex);
      await one.provisioner.sweep();
      const after = await read(request);
      expect(path(after)).toBe('Submitted Approved Provisioning Failed');
      expect(lastReason(after)).toBe(reason);
      expect(one.sent.at(-1)?.payload.title).toMatch(/^Failed: /);
      expect(one.changed).toEqual([]);
      // All changes or none are saved.
      expect(
        await knex('grants').where({ namespace: 'billing' }).select('id'),
      ).toEqual([]);
    });

    it('S21 grant nothing to a group that was deleted or created again', async () => {
      const { approved, knex, read } = await setUp();
      const gone = await approved(alice, namespaceSpec());
      await replica(knex, {
        catalog: withGroup('team-a', () => undefined),
      }).provisioner.sweep();
      expect(lastReason(await read(gone))).toContain(
        'not Groups you can see in the catalog: group:default/team-a',
      );
      const again = await approved(alice, namespaceSpec());
      const remade = withGroup('team-a', group => ({
        ...group,
        metadata: { ...group.metadata, uid: 'another' },
      }));
      await replica(knex, { catalog: remade }).provisioner.sweep();
      expect(lastReason(await read(again))).toBe(
        'group:default/team-a was deleted and created again in the catalog since this was requested; make a new request',
      );
      expect(await knex('namespaces').where({ name: 'billing' })).toEqual([]);
    });

    it('S21 are not decided by the owners of a group that was created again', async () => {
      const { spec, knex, one } = await setUp();
      const request = await spec(alice, quotaSpec());
      const remade = replica(knex, {
        catalog: withGroup('team-a', group => ({
          ...group,
          metadata: { ...group.metadata, uid: 'another' },
        })),
      });
      const { request: later } = await remade.service.create(
        caller('amy', TEAM_A),
        { spec: quotaSpec(), draft: true },
      );
      const submitted = await one.service.withdraw(alice, request);
      expect(submitted.state).toBe('Withdrawn');
      const after = await remade.service.submit(caller('amy', TEAM_A), later);
      expect(after.verdict?.approvers).toEqual(['group:default/platform']);
    });

    it('wait while the catalog does not answer, until the timeout', async () => {
      const { approved, knex, read } = await setUp();
      const request = await approved(alice, namespaceSpec());
      const catalog = catalogServiceMock({ entities: people() });
      jest
        .spyOn(catalog, 'getEntitiesByRefs')
        .mockRejectedValue(new Error('No catalog'));
      const early = replica(knex, { catalog });
      await early.provisioner.sweep();
      expect((await read(request)).state).toBe('Approved');
      expect(early.logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(`The request ${request.id} waits`),
      );
      const late = replica(knex, { catalog, now: inTime(31) });
      await late.provisioner.sweep();
      expect(path(await read(request))).toBe(
        'Submitted Approved Provisioning Failed',
      );
    });

    it('never adopt an existing namespace of the cluster', async () => {
      const { spec, knex, one, read } = await setUp();
      const request = await spec(alice, namespaceSpec());
      await one.service.decide(olga, request, { decision: 'approve' });
      await fails(knex, 'namespaces', 'NamespaceExists');
      await one.provisioner.sweep();
      const after = await read(request);
      expect(lastReason(after)).toBe('NamespaceExists: So it is');
      expect(await knex('namespaces').where({ name: 'billing' })).toEqual([]);
      expect(await knex('grants').where({ namespace: 'billing' })).toEqual([]);

      // When the obstacle is gone, the same request can be submitted again.
      const again = await one.service.retry(
        alice,
        { requester: true, decider: false, sees: true },
        after,
      );
      expect(again.state).toBe('Submitted');
      await one.service.decide(olga, again, { decision: 'approve' });
      await reconciled(knex);
      await one.provisioner.sweep();
      expect(path(await read(request))).toBe(
        'Submitted Approved Provisioning Failed Submitted Approved Provisioning Ready',
      );
    });

    it('fail when the cluster takes too long, and a retry finds them ready', async () => {
      const { spec, knex, one, read } = await setUp();
      const request = await spec(alice, namespaceSpec());
      await one.service.decide(ada, request, { decision: 'approve' });
      const grants = () =>
        knex('grants').where({ namespace: 'billing' }).select('id');
      const before = await grants();
      await fails(knex, 'namespaces', 'Unreachable');
      await replica(knex, { now: inTime(29) }).provisioner.sweep();
      expect((await read(request)).state).toBe('Provisioning');
      await replica(knex, { now: inTime(31) }).provisioner.sweep();
      const failed = await read(request);
      expect(lastReason(failed)).toContain('after 30 min (Unreachable: So');

      const role = { requester: true, decider: false, sees: true };
      const again = await one.service.retry(alice, role, failed);
      expect(again.state).toBe('Provisioning');
      expect(await grants()).toEqual(before);
      // The second click of a double click.
      expect(await one.service.retry(alice, role, failed)).toEqual(again);
      await reconciled(knex);
      await one.provisioner.sweep();
      expect((await read(request)).state).toBe('Ready');
    });

    it('are not retried while another request for the same target is open', async () => {
      const { approved, spec, cluster, knex, one, read, shares } =
        await setUp();
      const request = await approved(alice, namespaceSpec());
      await knex('shares').where({ group_ref: TEAM_A }).delete();
      await one.provisioner.sweep();
      const failed = await read(request);
      await shares.replace(cluster.id, [TEAM_A, TEAM_B], {}, { uids: UIDS });
      const open = await spec(alice, namespaceSpec());
      await expect(
        one.service.retry(
          alice,
          { requester: true, decider: false, sees: true },
          failed,
        ),
      ).rejects.toThrow(`The request ${open.id} for the same target is open`);
    });
  });
});
