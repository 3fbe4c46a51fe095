import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { DatabaseTenancy } from '../tenancy/DatabaseTenancy';
import { DatabaseDirectory } from './DatabaseDirectory';
import { PagePosition, PageRequest, PositionedPage } from '../model/paging';

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

describe('DatabaseDirectory', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    const shares = DatabaseShareStore.create(knex);
    const { grants, namespaces, personal } = DatabaseTenancy.create(knex);
    const ids = new Map<string, string>();
    for (const name of ['staging', 'gpulab']) {
      const { id } = await clusters.create({
        name,
        apiServer: 'https://k8s.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
        labels: { environment: name },
      });
      ids.set(name, id);
    }
    const state = { now: new Date() };
    const directory = DatabaseDirectory.create({
      clusters,
      database: knex,
      grants,
      personal,
      shares,
      now: () => state.now,
    });
    return { directory, grants, ids, namespaces, personal, shares, state };
  }

  /** Reads all pages by following `next`. */
  async function all<T>(
    read: (page: PageRequest) => Promise<PositionedPage<T>>,
    limit: number,
  ): Promise<T[][]> {
    const pages: T[][] = [];
    let position: PagePosition | undefined;
    do {
      const { items, next } = await read({ limit, position });
      pages.push(items);
      position = next;
    } while (position);
    return pages;
  }

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it('lists every cluster with the groups that may see it, and without its address', async () => {
      const { directory, ids, shares } = await setUp(databaseId);
      await shares.replace(ids.get('staging')!, [TEAM_B, TEAM_A], undefined, {
        uids: { [TEAM_A]: 'uid-a' },
      });

      const pages = await all(page => directory.clusters(page), 1);

      expect(pages.map(page => page.length)).toEqual([1, 1]);
      expect(pages.flat().find(({ name }) => name === 'staging')).toEqual({
        id: ids.get('staging'),
        name: 'staging',
        labels: { environment: 'staging' },
        visibleTo: [{ group: TEAM_A, uid: 'uid-a' }, { group: TEAM_B }],
      });
      expect(JSON.stringify(pages)).not.toMatch(/example\.com|the CA/);
    });

    it('lists every namespace once, in pages of any size', async () => {
      const { directory, ids, namespaces } = await setUp(databaseId);
      const names = ['a', 'a-b', 'ab', 'a0', 'b', 'b-a'];
      for (const clusterId of ids.values()) {
        for (const name of names) {
          await namespaces.create({ clusterId, name });
        }
      }

      for (const limit of [1, 5, 6, 12, 500]) {
        const pages = await all(page => directory.namespaces(page), limit);
        const keys = pages.flat().map(item => `${item.cluster}/${item.name}`);
        expect(new Set(keys).size).toBe(12);
        expect(keys).toHaveLength(12);
        expect(pages).toHaveLength(Math.ceil(12 / limit));
      }
    });

    it('counts as visibleTo only groups whose grant is effective now', async () => {
      const { directory, grants, ids, namespaces, shares, state } = await setUp(
        databaseId,
      );
      const clusterId = ids.get('staging')!;
      await shares.replace(clusterId, [TEAM_A]);
      await namespaces.create({ clusterId, name: 'shop', owner: TEAM_B });
      await grants.replace(
        { clusterId, name: 'shop' },
        [
          {
            group: TEAM_A,
            role: 'view',
            expiresAt: new Date(state.now.getTime() + 60_000).toISOString(),
          },
          { group: TEAM_B, role: 'admin' },
        ],
        'user:default/ada',
      );
      const holdersOfShop = async () => {
        const { items } = await directory.namespaces({ limit: 10 });
        return items.find(({ name }) => name === 'shop')!.visibleTo;
      };

      expect(await holdersOfShop()).toEqual([{ group: TEAM_A }]);
      state.now = new Date(state.now.getTime() + 60_001);
      expect(await holdersOfShop()).toEqual([]);
    });

    it('P8 shows a personal namespace to its owner by UID, as a member of a group with a share', async () => {
      const { directory, ids, namespaces, personal, shares } = await setUp(
        databaseId,
      );
      const clusterId = ids.get('staging')!;
      const key = { clusterId, name: 'alice' };
      const user = 'user:default/alice';
      await namespaces.create({ ...key, owner: user, origin: 'personal' });
      await personal.add({ ...key, user, userUid: 'uid-1', role: 'edit' });
      await shares.replace(ids.get('gpulab')!, [TEAM_A]);
      const holders = async () => {
        const { items } = await directory.namespaces({ limit: 10 });
        return items.find(({ name }) => name === 'alice')?.visibleTo;
      };
      expect(await holders()).toEqual([]);
      await shares.replace(clusterId, [TEAM_B], undefined, {
        uids: { [TEAM_B]: 'uid-b' },
      });
      expect(await holders()).toEqual([
        {
          group: user,
          uid: 'uid-1',
          asMemberOf: [{ group: TEAM_B, uid: 'uid-b' }],
        },
      ]);
    });

    it('names the system of a namespace', async () => {
      const { directory, ids, namespaces } = await setUp(databaseId);
      const clusterId = ids.get('staging')!;
      const system = 'system:default/shop';
      await namespaces.create({ clusterId, name: 'shop', system });
      await namespaces.create({ clusterId, name: 'till' });

      const { items } = await directory.namespaces({ limit: 10 });

      expect(items).toMatchObject([{ name: 'shop', system }, { name: 'till' }]);
      expect(items[1]).not.toHaveProperty('system');
    });

    it('marks the home namespace of a group', async () => {
      const { directory, ids, shares } = await setUp(databaseId);
      await shares.replace(ids.get('staging')!, [TEAM_A]);

      const { items } = await directory.namespaces({ limit: 10 });

      expect(items).toEqual([
        {
          clusterId: ids.get('staging'),
          cluster: 'staging',
          name: 'team-a',
          owner: TEAM_A,
          home: true,
          phase: 'Pending',
          visibleTo: [{ group: TEAM_A }],
        },
      ]);
    });
  });
});
