import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { migrate } from '../database/migrate';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from './DatabaseShareStore';
import { DatabaseGrantStore } from './DatabaseGrantStore';
import { DatabaseNamespaceStore } from './DatabaseNamespaceStore';
import { deleteExpiredGrants } from './GrantExpiry';
import { DatabaseQuotaStore } from './DatabaseQuotaStore';
import { GrantSpec, NamespaceFilter } from '../model/tenancy';

const teamA = 'group:default/team-a';
const teamB = 'group:default/team-b';
const ops = 'group:acme/ops';
const ADA = 'user:default/ada';
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

/** Runs work after all pending work has gone as far as it can. */
async function later(work: () => Promise<unknown>): Promise<void> {
  await new Promise(resolve => {
    setTimeout(resolve, 300);
  });
  await work();
}

describe('tenancy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const clusterStore = DatabaseClusterStore.create(knex);
    const [one, two] = await Promise.all(
      ['one', 'two'].map(async name => {
        const { id } = await clusterStore.create({
          name,
          apiServer: 'https://k8s.example.com',
          caPem: 'the CA',
          connection: 'oidc',
          usernamePrefix: '',
          groupsPrefix: '',
        });
        return id;
      }),
    );
    const namespaces = DatabaseNamespaceStore.create(knex);
    const grants = DatabaseGrantStore.create(knex);
    const make = (name: string, owner?: string, clusterId = one) =>
      namespaces.create({ clusterId, name, owner });
    return {
      knex,
      clusterStore,
      grants,
      make,
      namespaces,
      one,
      quotas: DatabaseQuotaStore.create(knex),
      shares: DatabaseShareStore.create(knex),
      two,
      grant: (name: string, ...specs: GrantSpec[]) =>
        grants.replace({ clusterId: one, name }, specs, ADA),
      held: async (clusterId: string) =>
        (await grants.list({ clusterId })).map(
          ({ group, namespace, role, source }) =>
            `${group} ${role} in ${namespace} by ${source}`,
        ),
      listed: async (filter: NamespaceFilter, limit = 50) => {
        const { items, totalItems } = await namespaces.list(filter, { limit });
        return [totalItems, ...items.map(({ name }) => name)];
      },
    };
  }

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it("creates a group's home with the share, and keeps the namespace after the share", async () => {
      const { held, namespaces, one, shares, two } = await setUp(databaseId);
      await shares.replace(one, [teamA, teamB]);
      await shares.replace(two, [teamA]);
      expect(await held(one)).toEqual([
        `${teamA} admin in team-a by share`,
        `${teamB} admin in team-b by share`,
      ]);
      await shares.replace(one, [teamB]);
      expect(await held(one)).toEqual([`${teamB} admin in team-b by share`]);
      expect(await held(two)).toEqual([`${teamA} admin in team-a by share`]);
      expect(
        await namespaces.get({ clusterId: one, name: 'team-a' }),
      ).toMatchObject({ owner: teamA, origin: 'share', phase: 'Pending' });
    });

    it('records adopted namespaces, unless they did not exist', async () => {
      const { namespaces, one } = await setUp(databaseId);
      const key = (name: string) => ({ clusterId: one, name });
      const origin = async (name: string) =>
        (await namespaces.get(key(name)))?.origin;
      await namespaces.create({ ...key('legacy'), origin: 'adopted' });
      await namespaces.create({ ...key('new'), origin: 'adopted' });
      await namespaces.create(key('shop'));
      await namespaces.markCreated(key('new'));
      expect([
        await origin('legacy'),
        await origin('new'),
        await origin('shop'),
      ]).toEqual(['adopted', 'request', 'request']);
    });

    it('S18 reserves the name of a group for its home', async () => {
      const { make, one, shares, two } = await setUp(databaseId);
      await shares.replace(two, [teamA]);
      await expect(make('team-a', teamB)).rejects.toThrow(ConflictError);
      await expect(make('team-a')).rejects.toThrow(
        'name "team-a" is kept for the home namespace of group:default/team-a',
      );
      await make('team-b', teamA);
      await expect(shares.replace(one, [teamA, teamB])).rejects.toThrow(
        `${teamB} is called "team-b" on clusters, but the namespace of that name on this one belongs to ${teamA}`,
      );
      expect(await shares.list(one)).toEqual([]);
      await expect(make('team-b', teamA)).rejects.toThrow('is taken');
    });

    it('changes owner, system and purpose of a namespace, and nothing else', async () => {
      const { make, namespaces, one } = await setUp(databaseId);
      const key = { clusterId: one, name: 'shop' };
      const made = await make('shop', teamA);
      await namespaces.observe(key, { phase: 'Active', uid: 'u' });
      const change = { owner: teamB, system: 'system:default/sales' };
      const { before, after } = await namespaces.update(key, change);
      expect(before).toEqual({ ...made, phase: 'Active', uid: 'u' });
      expect(after).toEqual({ ...before, ...change });
      await namespaces.update(key, { owner: null, purpose: 'Till' });
      const { owner, ...rest } = after;
      expect(await namespaces.get(key)).toEqual({ ...rest, purpose: 'Till' });
      await expect(
        namespaces.update({ clusterId: one, name: 'none' }, change),
      ).rejects.toThrow(NotFoundError);
    });

    it('S18 keeps the owner of a home even after the share, and reserves the name of a group for the group', async () => {
      const { make, namespaces, one, shares, two } = await setUp(databaseId);
      const give = (name: string, owner: string | null, clusterId = one) =>
        namespaces.update({ clusterId, name }, { owner });
      await shares.replace(one, [teamA]);
      await shares.replace(one, []);
      await expect(give('team-a', teamB)).rejects.toThrow(
        `owner ${teamB} is refused: team-a is the home namespace of ${teamA}`,
      );
      await expect(give('team-a', null)).rejects.toThrow(ConflictError);
      await expect(give('team-a', teamA)).resolves.toBeDefined();

      await make('team-b', teamA);
      await shares.replace(two, [teamB]);
      await expect(give('team-b', ops)).rejects.toThrow(
        `team-b is kept for the home namespace of ${teamB}`,
      );
      await expect(give('team-b', null)).rejects.toThrow(ConflictError);
      await give('team-b', teamB);
      await shares.replace(one, [teamB]);
      await expect(give('team-b', teamA)).rejects.toThrow(ConflictError);
    });

    it('S18 lets no share overtake a change of an owner', async () => {
      const { knex, make, namespaces, one, shares } = await setUp(databaseId);
      const key = { clusterId: one, name: 'team-b' };
      await make(key.name, teamB);
      const change = await knex.transaction();
      await DatabaseGrantStore.create(change).lock(key);
      const shared = shares.replace(one, [teamB]);
      await Promise.all([
        expect(shared).rejects.toThrow(`belongs to ${ops}`),
        later(async () => {
          await DatabaseNamespaceStore.create(change).update(key, {
            owner: ops,
          });
          await change.commit();
        }),
      ]);
      expect(await shares.list(one)).toEqual([]);
      expect((await namespaces.get(key))?.owner).toBe(ops);
    });

    it('S18 lets no change of an owner overtake a share', async () => {
      const { knex, make, namespaces, one } = await setUp(databaseId);
      const key = { clusterId: one, name: 'team-b' };
      await make(key.name, teamB);
      const share = await knex.transaction();
      await DatabaseGrantStore.create(share).lock(key);
      const changed = namespaces.update(key, { owner: ops });
      await Promise.all([
        expect(changed).rejects.toThrow(
          `is kept for the home namespace of ${teamB}`,
        ),
        later(async () => {
          await share('kubernetes_groups').insert({
            group_ref: teamB,
            name: key.name,
            created_at: TOMORROW,
          });
          await share.commit();
        }),
      ]);
      expect((await namespaces.get(key))?.owner).toBe(teamB);
    });

    it('loses no concurrent changes', async () => {
      const { make, namespaces, one } = await setUp(databaseId);
      const key = { clusterId: one, name: 'shop' };
      await make('shop', teamA);
      const changes = [
        { owner: teamB },
        { system: 'system:default/sales' },
        { purpose: 'Till' },
      ];
      await Promise.all(changes.map(change => namespaces.update(key, change)));
      expect(await namespaces.get(key)).toMatchObject(
        Object.assign({}, ...changes),
      );
    });

    it('replaces the grants of a namespace, but not those of shares', async () => {
      const { grant, held, make, one, shares } = await setUp(databaseId);
      await shares.replace(one, [teamA]);
      await make('shop', teamA);
      const [first] = await grant(
        'shop',
        { group: teamA, role: 'admin' },
        { group: teamB, role: 'view' },
      );
      const [again] = await grant('shop', { group: teamA, role: 'admin' });
      expect(again).toEqual(first);
      expect(await held(one)).toEqual(
        [
          `${teamA} admin in shop by grant`,
          `${teamA} admin in team-a by share`,
        ].sort(),
      );
      await expect(
        grant('team-a', { group: teamA, role: 'view' }),
      ).rejects.toThrow(/group:default\/team-a, whose role here comes with/);
      await expect(grant('nowhere')).rejects.toThrow(NotFoundError);
    });

    it('never changes a grant in place', async () => {
      const { grant, make } = await setUp(databaseId);
      await make('shop');
      const ids = new Set<string>();
      for (const spec of [
        { role: 'view' as const },
        { role: 'edit' as const },
        { role: 'edit' as const, expiresAt: TOMORROW },
        { role: 'edit' as const },
      ]) {
        const [{ id, ...rest }] = await grant('shop', { group: ops, ...spec });
        expect(rest).toMatchObject({ group: ops, ...spec });
        ids.add(id);
      }
      expect(ids.size).toBe(4);
    });

    it('S21 grants nothing to a group that was made again', async () => {
      const { grant, make } = await setUp(databaseId);
      await make('shop');
      await grant('shop', { group: ops, uid: 'first', role: 'view' });
      await expect(
        grant('shop', { group: ops, uid: 'second', role: 'view' }),
      ).rejects.toThrow('deleted and created again');
    });

    it('deletes expired grants', async () => {
      const { grant, grants, held, make, one } = await setUp(databaseId);
      await make('shop');
      await grant(
        'shop',
        { group: teamA, role: 'edit', expiresAt: TOMORROW },
        { group: teamB, role: 'view' },
      );
      const changed = jest.fn();
      const record = jest.fn(async () => {});
      const options = {
        activity: { record },
        changes: { changed },
        grants,
        logger: mockServices.logger.mock(),
      };
      await deleteExpiredGrants(options);
      expect(changed).not.toHaveBeenCalled();
      await deleteExpiredGrants(options, new Date(TOMORROW));
      expect(changed.mock.calls).toEqual([[one]]);
      expect(record.mock.calls).toEqual([
        [
          {
            actor: 'system:expiry',
            event: 'grant-expire',
            clusterId: one,
            namespace: 'shop',
            groups: [teamA],
            outcome: 'Succeeded',
            meta: { role: 'edit', expiresAt: TOMORROW },
          },
        ],
      ]);
      expect(await held(one)).toEqual([`${teamB} view in shop by grant`]);
    });

    it('keeps the nodes of a quota, and forgets them with the next quota', async () => {
      const { make, one, quotas } = await setUp(databaseId);
      await make('shop', teamA);
      const key = { clusterId: one, name: 'shop' };
      const bounds = { hard: { pods: '5' }, limits: [], priorityClasses: [] };
      const placement = {
        nodeSelector: { pool: 'gpu' },
        tolerations: [
          {
            key: 'gpu',
            operator: 'Exists' as const,
            effect: 'NoSchedule' as const,
          },
        ],
      };
      await quotas.set(key, { ...bounds, sizeClass: 'gpu', placement });
      expect((await quotas.list(key))[0].placement).toEqual(placement);
      await quotas.set(key, bounds);
      expect((await quotas.list(key))[0]).not.toHaveProperty('placement');
    });

    it('lists by filter, in order, in pages', async () => {
      const { grant, listed, make, one, quotas, shares, two } = await setUp(
        databaseId,
      );
      await shares.replace(two, [teamA]);
      await make('shop', teamB);
      await make('a-b', teamA);
      await make('shop', undefined, two);
      await grant('shop', { group: ops, role: 'view' });
      await quotas.set(
        { clusterId: one, name: 'shop' },
        { hard: { pods: '5' }, limits: [], priorityClasses: [] },
      );
      expect(await listed({})).toEqual([4, 'a-b', 'shop', 'shop', 'team-a']);
      expect(await listed({ order: 'desc' }, 1)).toEqual([4, 'team-a']);
      expect(await listed({ orderBy: 'cluster', order: 'desc' }, 2)).toEqual([
        4,
        'team-a',
        'shop',
      ]);
      expect(await listed({ clusterIds: [one] })).toEqual([2, 'a-b', 'shop']);
      expect(await listed({ clusterIds: [two] })).toEqual([
        2,
        'shop',
        'team-a',
      ]);
      expect(await listed({ search: 'HO' })).toEqual([2, 'shop', 'shop']);
      expect(await listed({ search: '_' })).toEqual([0]);
      expect(await listed({ search: '%' })).toEqual([0]);
      expect(await listed({ groups: [teamB] })).toEqual([1, 'shop']);
      expect(await listed({ groups: [ops] })).toEqual([1, 'shop']);
      expect(await listed({ unbounded: true, search: 'shop' })).toEqual([
        1,
        'shop',
      ]);
      expect(await listed({ visibleTo: [ops, teamA] })).toEqual([
        2,
        'shop',
        'team-a',
      ]);
      expect(await listed({ visibleTo: [] })).toEqual([0]);
      expect(
        await listed({
          criteria: {
            anyOf: [
              { grantedTo: [ops] },
              { not: { clusters: ['one'] } },
              { ownedBy: [teamB] },
            ],
          },
        }),
      ).toEqual([3, 'shop', 'shop', 'team-a']);
      expect(await listed({ phase: 'Active' })).toEqual([0]);
    });

    it('lists the same from namespaces and from grants', async () => {
      const { grant, listed, make, shares, one } = await setUp(databaseId);
      await shares.replace(one, [teamA]);
      await make('shop', teamB);
      await make('a-b', teamA);
      await make('lab');
      await grant('shop', { group: ops, role: 'view' });
      await grant(
        'a-b',
        { group: ops, role: 'edit' },
        { group: teamB, role: 'view' },
      );
      const filters: NamespaceFilter[] = [
        { visibleTo: [ops] },
        { visibleTo: [ops, teamB], search: 'S' },
        { visibleTo: [ops], groups: [teamB] },
        { groups: [teamA, teamB], order: 'desc' },
        { groups: [teamB], order: 'desc' },
        { groups: [teamB], clusters: { sharedWith: [teamB] } },
        { visibleTo: [ops], clusterIds: [one] },
      ];
      const byHolder = await Promise.all(filters.map(filter => listed(filter)));
      // All are Pending, so this leaves them unchanged.
      expect(
        await Promise.all(
          filters.map(filter => listed({ ...filter, phase: 'Pending' })),
        ),
      ).toEqual(byHolder);
      expect(byHolder).toEqual([
        [2, 'a-b', 'shop'],
        [1, 'shop'],
        [2, 'a-b', 'shop'],
        [3, 'team-a', 'shop', 'a-b'],
        [2, 'shop', 'a-b'],
        [0],
        [2, 'a-b', 'shop'],
      ]);
    });

    it('stores the observed state', async () => {
      const { make, namespaces, one, quotas } = await setUp(databaseId);
      await make('shop');
      const key = { clusterId: one, name: 'shop' };
      const terminating = {
        finalizers: ['kubernetes'],
        conditions: [{ type: 'X', message: 'y' }],
      };
      await namespaces.observe(key, {
        phase: 'Terminating',
        uid: 'u',
        terminating,
      });
      await namespaces.markDeleting(key);
      expect(await namespaces.get(key)).toMatchObject({
        phase: 'Terminating',
        uid: 'u',
        terminating,
        deletingSince: expect.any(String),
      });
      const bounds = {
        sizeClass: 'small',
        hard: { 'requests.cpu': '4' },
        limits: [{ type: 'Container' as const, default: { cpu: '1' } }],
        priorityClasses: ['high'],
      };
      await quotas.set(key, { ...bounds, hard: {} });
      await quotas.observe(key, { 'requests.cpu': '500m' });
      expect(await quotas.set(key, bounds)).toMatchObject({
        ...bounds,
        used: { 'requests.cpu': '500m' },
        state: 'Pending',
      });
      await namespaces.remove(key);
      expect(await quotas.list()).toEqual([]);
      expect(await quotas.remove(key)).toBe(false);
      await expect(quotas.set(key, bounds)).rejects.toThrow(NotFoundError);
    });

    it('is deleted with its cluster', async () => {
      const { clusterStore, grants, namespaces, one, shares } = await setUp(
        databaseId,
      );
      await shares.replace(one, [teamA]);
      await clusterStore.delete(one);
      expect(await namespaces.listByCluster(one)).toEqual([]);
      expect(await grants.list()).toEqual([]);
    });
  });
});
