import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { migrate } from '../../database/migrate';
import { PagePosition } from '../../model/paging';
import { NamespaceFilter } from '../../model/tenancy';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { NamespacePages } from './NamespacePages';

jest.setTimeout(60_000);

const TEAMS = ['group:default/a', 'group:default/b'];

interface Row {
  cluster: number;
  name: string;
  owner: string | null;
  phase: string;
  day: number;
}

/** Few values, so that many rows have equal keys. */
const row: fc.Arbitrary<Row> = fc.record({
  cluster: fc.nat(1),
  name: fc.constantFrom(...'abcdefgh'),
  owner: fc.constantFrom(null, ...TEAMS),
  phase: fc.constantFrom('Active', 'Pending'),
  day: fc.integer({ min: 1, max: 3 }),
});

const rows = fc.uniqueArray(row, { selector: keyOf, maxLength: 16 });

const filter: fc.Arbitrary<NamespaceFilter> = fc.record(
  {
    orderBy: fc.constantFrom('name', 'cluster', 'owner', 'phase', 'createdAt'),
    order: fc.constantFrom('asc', 'desc'),
    owners: fc.constant(TEAMS),
    phase: fc.constant('Active'),
  },
  { requiredKeys: ['orderBy', 'order'] },
);

/** What happens between two pages. */
const change = fc.record({
  added: fc.array(row, { maxLength: 3 }),
  removed: fc.array(fc.nat(15), { maxLength: 3 }),
});

function keyOf({ cluster, name }: { cluster: number; name: string }): string {
  return `${cluster} ${name}`;
}

describe('pages of namespaces', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const store = DatabaseClusterStore.create(knex);
    const clusters: string[] = [];
    // The order of the names is not that of the ids.
    for (const name of ['two', 'one']) {
      const { id } = await store.create({
        name,
        apiServer: 'https://k8s.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      clusters.push(id);
    }
    const add = async (added: Row[]) => {
      if (added.length > 0) {
        await knex('namespaces')
          .insert(
            added.map(({ cluster, name, owner, phase, day }) => ({
              cluster_id: clusters[cluster],
              name,
              owner_ref: owner,
              origin: 'request',
              phase,
              state: 'Ready',
              since: '',
              created_at: `2026-01-0${day}T00:00:00.000Z`,
            })),
          )
          .onConflict()
          .ignore();
      }
    };
    const remove = async ({ cluster, name }: Row) =>
      knex('namespaces')
        .where({ cluster_id: clusters[cluster], name })
        .delete();
    const pages = new NamespacePages(knex);
    const read = async (
      search: NamespaceFilter,
      limit: number,
      position?: PagePosition,
    ) => {
      const page = await pages.read(search, { limit, position });
      const keys = page.items.map(({ cluster_id, name }) =>
        keyOf({ cluster: clusters.indexOf(cluster_id), name }),
      );
      return { ...page, keys };
    };
    return { add, knex, read, remove };
  }

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it('have every row once, also while other rows appear and vanish', async () => {
      const { add, knex, read, remove } = await setUp(databaseId);
      await fc.assert(
        fc.asyncProperty(
          rows,
          filter,
          fc.integer({ min: 1, max: 5 }),
          fc.array(change, { maxLength: 5 }),
          async (first, search, limit, changes) => {
            await knex('namespaces').delete();
            await add(first);
            const before = (await read(search, 100)).keys;
            const gone = new Set<string>();
            const seen: string[] = [];
            let position: PagePosition | undefined;
            let turn = 0;
            do {
              const page = await read(search, limit, position);
              seen.push(...page.keys);
              expect(page.keys.length).toBeLessThanOrEqual(limit);
              position = page.next;
              const { added = [], removed = [] } = changes[turn] ?? {};
              turn += 1;
              for (const index of removed.filter(at => at < first.length)) {
                gone.add(keyOf(first[index]));
                await remove(first[index]);
              }
              await add(added.filter(one => !gone.has(keyOf(one))));
            } while (position);

            expect(new Set(seen).size).toBe(seen.length);
            const lasting = before.filter(key => !gone.has(key));
            expect(seen.filter(key => lasting.includes(key))).toEqual(lasting);
          },
        ),
        { numRuns: fc.readConfigureGlobal().numRuns ?? 40 },
      );
    });

    it('are the same backwards, with the number of rows before each', async () => {
      const { add, knex, read } = await setUp(databaseId);
      await fc.assert(
        fc.asyncProperty(
          rows,
          filter,
          fc.integer({ min: 1, max: 5 }),
          async (all, search, limit) => {
            await knex('namespaces').delete();
            await add(all);
            const forth = [await read(search, limit)];
            while (forth.at(-1)!.next) {
              forth.push(await read(search, limit, forth.at(-1)!.next));
            }
            const back = [forth.at(-1)!];
            while (back[0].previous) {
              back.unshift(await read(search, limit, back[0].previous));
            }
            expect(back.map(({ keys }) => keys)).toEqual(
              forth.map(({ keys }) => keys),
            );
            expect(forth.map(({ offset }) => offset)).toEqual(
              forth.map((_, index) => index * limit),
            );
            const { totalItems } = await read(search, 1);
            expect(totalItems).toBe(forth.flatMap(({ keys }) => keys).length);
          },
        ),
        { numRuns: fc.readConfigureGlobal().numRuns ?? 20 },
      );
    });

    it('lead back from a place after which nothing is left', async () => {
      const { add, knex, read } = await setUp(databaseId);
      const named = (name: string): Row => ({
        cluster: 0,
        name,
        owner: null,
        phase: 'Active',
        day: 1,
      });
      await add(['a', 'b', 'c', 'd'].map(named));
      const first = await read({}, 2);
      await knex('namespaces').whereIn('name', ['c', 'd']).delete();
      const rest = await read({}, 2, first.next);
      expect(rest).toMatchObject({ keys: [], offset: 2, totalItems: 2 });
      expect(rest.next).toBeUndefined();
      const back = await read({}, 2, rest.previous);
      expect(back).toMatchObject({ keys: ['0 a', '0 b'], offset: 0 });
    });
  });
});
