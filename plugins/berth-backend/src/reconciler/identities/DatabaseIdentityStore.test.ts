import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { migrate } from '../../database/migrate';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { DatabaseTenancy } from '../../tenancy/DatabaseTenancy';
import { DatabaseIdentityStore } from './DatabaseIdentityStore';

const ALICE = 'user:default/alice';
const BOB = 'user:default/bob';

const ids = (runAsUser: number, ...supplementalGroups: number[]) => ({
  runAsUser,
  runAsGroup: 100,
  supplementalGroups,
});
const of = (owner: string, runAsUser: number, ...groups: number[]) => ({
  entityUid: `uid of ${owner}`,
  values: ids(runAsUser, ...groups),
});

describe('DatabaseIdentityStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'P13 keeps one person for each user ID, and another ID until an admin confirms it, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const store = DatabaseIdentityStore.create(
        knex,
        () => new Date('2026-11-30T10:00:00.000Z'),
      );
      const read = async (owner: string) => {
        const [{ since: _, ...identity }] = await store.list([owner]);
        return identity;
      };

      const max = 2_147_483_647;
      expect(await store.save(ALICE, of(ALICE, max))).toBe(true);
      expect(await store.save(ALICE, of(ALICE, max))).toBe(false);
      expect(await read(ALICE)).toEqual({
        owner: ALICE,
        used: of(ALICE, max),
      });

      await store.save(BOB, of(BOB, max));
      expect(await read(BOB)).toEqual({
        owner: BOB,
        problem: `The user ID ${max} of ${BOB} is that of another person`,
      });
      await store.save(BOB, of(BOB, 2000));
      expect(await read(BOB)).toEqual({ owner: BOB, used: of(BOB, 2000) });

      // More groups follow at once; another user ID does not.
      await store.save(BOB, of(BOB, 2000, 7));
      await store.save(BOB, of(BOB, max, 7, 8));
      const waiting = {
        owner: BOB,
        used: of(BOB, 2000, 7),
        found: of(BOB, max, 7, 8),
      };
      expect(await read(BOB)).toEqual(waiting);
      const by = 'user:default/ada';
      await expect(store.confirm(BOB, of(BOB, max, 7, 8), by)).rejects.toThrow(
        ConflictError,
      );
      expect(await read(BOB)).toEqual(waiting);

      await store.save(BOB, of(BOB, 3000, 8));
      const wanted = of(BOB, 3000, 8);
      const another = { ...wanted, entityUid: 'another' };
      expect(await store.confirm(BOB, of(BOB, 3001, 8), by)).toBe(false);
      expect(await store.confirm(BOB, another, by)).toBe(false);
      expect(await store.confirm(BOB, wanted, by)).toBe(true);
      expect(await store.confirm(BOB, wanted, by)).toBe(false);
      expect(await read(BOB)).toEqual({ owner: BOB, used: of(BOB, 3000, 8) });

      // The catalog lost the ID: it stays in use.
      await store.save(BOB, { problem: 'gone' });
      expect(await read(BOB)).toEqual({
        owner: BOB,
        used: of(BOB, 3000, 8),
        problem: 'gone',
      });

      expect((await store.withoutNamespace()).sort()).toEqual([ALICE, BOB]);
      await store.remove(ALICE);
      expect(await store.list([ALICE])).toEqual([]);

      // A person who was made again waits, with the same IDs, too.
      const again = { ...of(BOB, 3000, 8), entityUid: 'another' };
      await store.save(BOB, again);
      expect(await read(BOB)).toEqual({
        owner: BOB,
        used: of(BOB, 3000, 8),
        found: again,
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'finds the owners of the namespaces that Berth made, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const store = DatabaseIdentityStore.create(knex);
      const { namespaces } = DatabaseTenancy.create(knex);
      const [one, two] = await Promise.all(
        ['one', 'two'].map(name =>
          DatabaseClusterStore.create(knex).create({
            name,
            apiServer: 'https://k8s.example.com',
            caPem: 'the CA',
            connection: 'oidc',
            usernamePrefix: '',
            groupsPrefix: '',
          }),
        ),
      );
      const team = 'group:default/team';
      const make = (clusterId: string, name: string, more: object) =>
        namespaces.create({ clusterId, name, ...more });
      await make(one.id, 'a', { owner: team });
      await make(one.id, 'b', { owner: team });
      await make(two.id, 'c', { owner: team });
      await make(two.id, 'd', { owner: BOB, origin: 'adopted' });
      await make(two.id, 'e', {});
      await store.save(team, { problem: 'x' });
      await store.save(BOB, { problem: 'x' });

      expect(await store.ownersOn([one.id])).toEqual(
        new Map([[team, [one.id]]]),
      );
      expect((await store.clustersOf(team)).sort()).toEqual(
        [one.id, two.id].sort(),
      );
      expect(await store.withoutNamespace()).toEqual([BOB]);
      await store.remove(team);
      await store.remove(BOB);
      expect((await store.list([team, BOB])).map(({ owner }) => owner)).toEqual(
        [team],
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'P13 gives a user ID to one of 20 persons who claim it at once, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const store = DatabaseIdentityStore.create(knex);
      const owners = Array.from(
        { length: 20 },
        (_, index) => `user:default/person-${index}`,
      );
      await Promise.all(
        owners.map(owner => store.save(owner, of(owner, 4242))),
      );
      const all = await store.list(owners);
      expect(all).toHaveLength(20);
      expect(all.filter(({ used }) => used !== undefined)).toHaveLength(1);
      expect(all.filter(({ problem }) => problem !== undefined)).toHaveLength(
        19,
      );
    },
  );
});
