import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { migrate } from '../database/migrate';
import { recordShareOutcome } from '../database/recordShareOutcome';
import { Outcome } from '../model/outcome';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from './DatabaseShareStore';

const teamA = 'group:default/team-a';
const teamB = 'group:default/team-b';

describe('DatabaseShareStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    const [one, two] = await Promise.all(
      ['one', 'two'].map(name =>
        clusters.create({
          name,
          apiServer: 'https://k8s.example.com',
          caPem: 'the CA',
          connection: 'oidc',
          usernamePrefix: '',
          groupsPrefix: '',
        }),
      ),
    );
    const shares = DatabaseShareStore.create(knex);
    const groupsOf = async (clusterId: string) =>
      (await shares.list(clusterId)).map(share => share.group);
    return { knex, clusters, shares, groupsOf, one: one.id, two: two.id };
  }

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    it('replaces the whole set and keeps the state of remaining shares', async () => {
      const { knex, shares, one, two } = await setUp(databaseId);
      await shares.replace(two, [teamB]);
      const first = await shares.replace(one, [teamB, teamA]);
      expect(first).toEqual([
        {
          clusterId: one,
          group: teamA,
          kubernetesName: 'team-a',
          namespace: 'team-a',
          state: 'Pending',
          since: expect.any(String),
        },
        expect.objectContaining({ group: teamB, kubernetesName: 'team-b' }),
      ]);

      await recordShareOutcome(knex, one, teamA, { state: 'Ready' });
      const ready = (await shares.list(one))[0];
      await expect(
        shares.replace(one, [teamA, 'group:acme/ops']),
      ).resolves.toEqual([
        expect.objectContaining({ group: 'group:acme/ops', state: 'Pending' }),
        ready,
      ]);
      await expect(shares.list()).resolves.toHaveLength(3);

      await expect(shares.replace(one, [])).resolves.toEqual([]);
      await expect(shares.list()).resolves.toHaveLength(1);
    });

    it('changes nothing when the same set is given again', async () => {
      const { shares, one } = await setUp(databaseId);
      const first = await shares.replace(one, [teamA, teamB]);
      await expect(shares.replace(one, [teamB, teamA])).resolves.toEqual(first);
    });

    it('S17 keeps a share whose name became reserved, and makes no new one', async () => {
      const { knex, shares, groupsOf, one, two } = await setUp(databaseId);
      await shares.replace(one, [teamA]);
      await knex('kubernetes_groups')
        .where({ group_ref: teamA })
        .update({ name: 'berth-ops' });
      await shares.replace(one, [teamA, teamB]);
      await expect(groupsOf(one)).resolves.toEqual([teamA, teamB]);
      await expect(shares.replace(two, [teamA])).rejects.toThrow(
        'Rename the group in the catalog',
      );
    });

    it('stores refs in lowercase and keeps an assigned name forever', async () => {
      const { shares, one, two } = await setUp(databaseId);
      const given = { 'group:default/Team_C': 'team-c' };
      await shares.replace(one, ['group:default/Team_C'], given);
      await shares.replace(one, []);
      await expect(
        shares.replace(two, ['group:default/Team_C']),
      ).resolves.toMatchObject([
        { group: 'group:default/team_c', kubernetesName: 'team-c' },
      ]);
      await expect(
        shares.replace(two, ['group:default/team_c'], {
          'group:default/team_c': 'other',
        }),
      ).rejects.toThrow(ConflictError);
    });

    it('S18 saves nothing if one of the groups cannot be named', async () => {
      const { knex, shares, groupsOf, one, two } = await setUp(databaseId);
      await shares.replace(one, [teamA]);
      await expect(
        shares.replace(two, [teamB, 'group:acme/team-a']),
      ).rejects.toThrow(/acme\/team-a.*default\/team-a/);
      await expect(
        shares.replace(one, [teamB, 'group:default/team_x']),
      ).rejects.toThrow(InputError);

      await expect(groupsOf(one)).resolves.toEqual([teamA]);
      await expect(groupsOf(two)).resolves.toEqual([]);
      await expect(knex('kubernetes_groups')).resolves.toHaveLength(1);
    });

    it('P9 puts the prefix of each cluster before the names of new homes', async () => {
      const { clusters, shares, one, two } = await setUp(databaseId);
      const homesOn = async (clusterId: string, groups: string[]) =>
        (await shares.replace(clusterId, groups)).map(share => share.namespace);
      await clusters.update(one, { namespacePrefix: 'team-' });
      await clusters.update(two, { namespacePrefix: 'x-' });
      expect(await homesOn(one, [teamA, 'group:default/shop'])).toEqual([
        'team-shop',
        'team-a',
      ]);
      expect(await homesOn(two, [teamA])).toEqual(['x-team-a']);
      // The home stays while the share stays, and is the same again after the share has ended.
      await clusters.update(two, { namespacePrefix: 'y-' });
      expect(await homesOn(two, [teamA, teamB])).toEqual([
        'x-team-a',
        'y-team-b',
      ]);
      await shares.replace(two, []);
      expect(await homesOn(two, [teamA])).toEqual(['x-team-a']);
    });

    it('P9 never gives two groups one home, nor a home a name that is too long', async () => {
      const { knex, clusters, shares, one } = await setUp(databaseId);
      await clusters.update(one, { namespacePrefix: 'team-' });
      await shares.replace(one, [teamA]);
      await expect(
        shares.replace(one, [teamA, 'group:default/a']),
      ).rejects.toThrow(
        'group:default/a is called "a" on clusters, but its home namespace on this one, "team-a", belongs to group:default/team-a',
      );
      const long = 'x'.repeat(60);
      await expect(
        shares.replace(one, [`group:default/${long}`]),
      ).rejects.toThrow(
        `group:default/${long} cannot get a home namespace on this cluster: the home namespace "${long}" is too long: with "team-", the namespace prefix of this cluster, it has 65 characters, and a namespace name has at most 63`,
      );
      await expect(knex('namespaces').pluck('name')).resolves.toEqual([
        'team-a',
      ]);
      const grants = await knex('grants').select('namespace', 'group_ref');
      expect(grants).toEqual([{ namespace: 'team-a', group_ref: teamA }]);
    });

    it("S21 gives a group that was created again none of the former group's shares", async () => {
      const { shares, one, two } = await setUp(databaseId);
      const share = (clusterId: string, uid: string, takeOver?: string[]) =>
        shares.replace(clusterId, [teamA, teamB], undefined, {
          uids: { [teamA]: uid },
          takeOver,
        });
      const uidsOn = async (clusterId: string) =>
        (await shares.list(clusterId)).map(({ groupUid }) => groupUid);
      await share(one, 'first');
      await expect(share(two, 'second')).rejects.toThrow(ConflictError);
      expect(await uidsOn(two)).toEqual([]);
      await share(two, 'second', [teamA]);
      expect(await uidsOn(one)).toEqual(['second', undefined]);
      await expect(share(one, 'first')).rejects.toThrow(
        'group:default/team-a: deleted and created again',
      );
    });

    it('deletes shares with their cluster, and refuses new ones', async () => {
      const { clusters, shares, one } = await setUp(databaseId);
      await shares.replace(one, [teamA]);
      await clusters.delete(one);
      await expect(shares.list()).resolves.toEqual([]);
      await expect(shares.replace(one, [teamA])).rejects.toThrow(NotFoundError);
    });

    it('saves one of the sets when a cluster is shared concurrently', async () => {
      const { shares, groupsOf, one } = await setUp(databaseId);
      const sets = Array.from({ length: 8 }, (_, i) => [
        `group:default/team-${i}`,
        `group:default/team-${i + 1}`,
      ]);
      const results = await Promise.all(
        sets.map(set => shares.replace(one, set)),
      );
      expect(results.map(result => result.map(share => share.group))).toEqual(
        sets,
      );
      expect(sets).toContainEqual(await groupsOf(one));
    });

    it('S18 assigns a name to one of two groups that request it at the same time', async () => {
      const { knex, shares, one, two } = await setUp(databaseId);
      const results = await Promise.allSettled([
        shares.replace(one, ['group:a/ops']),
        shares.replace(two, ['group:b/ops']),
      ]);
      expect(results.map(result => result.status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      const rejected = results.find(result => result.status === 'rejected');
      expect(rejected?.reason).toBeInstanceOf(ConflictError);
      await expect(knex('kubernetes_groups')).resolves.toHaveLength(1);
      await expect(shares.list()).resolves.toHaveLength(1);
    });

    it('changes `since` only with the state or cause', async () => {
      const { knex, shares, one } = await setUp(databaseId);
      await shares.replace(one, [teamA]);
      const outcome = async (
        clusterId: string,
        group: string,
        recorded: Outcome,
      ) => {
        await new Promise(resolve => setTimeout(resolve, 5));
        await recordShareOutcome(knex, clusterId, group, recorded);
        return (await shares.list(one))[0];
      };
      const failed = { state: 'Failed', cause: 'Forbidden' } as const;
      const first = await outcome(one, teamA, { ...failed, message: 'a' });
      const second = await outcome(one, teamA, { ...failed, message: 'b' });
      const third = await outcome(one, teamA, { ...failed, cause: 'TLS' });
      const fourth = await outcome(one, teamA, { state: 'Ready' });
      expect(first).toMatchObject({ ...failed, message: 'a' });
      expect(second).toEqual({ ...first, message: 'b' });
      expect(third.since > second.since).toBe(true);
      expect(third.message).toBeUndefined();
      expect(fourth.since > third.since).toBe(true);
      expect(fourth).not.toHaveProperty('cause');

      await recordShareOutcome(knex, one, 'group:default/unknown', failed);
      await expect(shares.list()).resolves.toEqual([fourth]);
    });
  });
});
