import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { ActivityRow } from './activityRow';
import { ActivityWriter, WrittenEntry } from './ActivityWriter';

jest.setTimeout(60_000);

function entry(id: string, some: Partial<ActivityRow> = {}): WrittenEntry {
  return {
    row: {
      id,
      at: '2026-01-01T00:00:00.000Z',
      actor: 'user:default/ada',
      actor_uid: null,
      event: 'token-mint',
      outcome: 'Started',
      error: null,
      cluster_id: null,
      cluster_name: null,
      namespace: null,
      jti: null,
      meta: null,
      ...some,
    },
    groups: [],
  };
}

const ids = (count: number) =>
  Array.from({ length: count }, (_, n) => `id-${`${n}`.padStart(3, '0')}`);

describe('ActivityWriter', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %p', id => {
    async function setUp() {
      const knex: Knex = await databases.init(id);
      await migrate(knex);
      const statements: string[] = [];
      knex.on('query', ({ sql }) => statements.push(sql));
      const stored = () => knex('activity').orderBy('id').pluck('id');
      return { knex, statements, stored, writer: new ActivityWriter(knex) };
    }

    it('writes what arrives together in one statement', async () => {
      const { statements, stored, writer } = await setUp();
      await Promise.all(ids(50).map(one => writer.write(entry(one))));
      expect(statements).toHaveLength(1);
      expect(await stored()).toEqual(ids(50));
    });

    it('S47 reports an entry as written only when it is in the database', async () => {
      const { stored, writer } = await setUp();
      await Promise.all(
        ids(150).map(async one => {
          await writer.write(entry(one));
          expect(await stored()).toContain(one);
        }),
      );
    });

    it('writes the end of an entry over its start', async () => {
      const { knex, writer } = await setUp();
      await writer.write(entry('id-1'));
      await Promise.all([
        writer.write(entry('id-1', { outcome: 'Succeeded', jti: 'J1' })),
        writer.write(entry('id-2')),
      ]);
      expect(
        await knex('activity').orderBy('id').select('outcome', 'jti'),
      ).toEqual([
        { outcome: 'Succeeded', jti: 'J1' },
        { outcome: 'Started', jti: null },
      ]);
    });

    it('S47 throws the error of a bad entry to it alone', async () => {
      const { knex, stored, writer } = await setUp();
      const group = { group_ref: 'group:default/a', group_uid: null };
      const results = await Promise.allSettled([
        writer.write(entry('id-1')),
        writer.write(entry('id-2', { actor: null as unknown as string })),
        writer.write({
          ...entry('id-3'),
          groups: [{ ...group, entry_id: 'id-3' }],
        }),
      ]);
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(await stored()).toEqual(['id-1', 'id-3']);
      expect(await knex('activity_groups').pluck('entry_id')).toEqual(['id-3']);
    });

    it('S47 reports nothing as written when the database goes away', async () => {
      const { knex, stored, writer } = await setUp();
      await writer.write(entry('id-1'));
      jest
        .spyOn(knex.client, 'acquireConnection')
        .mockRejectedValue(new Error('The database is away'));
      const results = await Promise.allSettled([
        writer.write(entry('id-2')),
        writer.write(entry('id-3')),
      ]);
      expect(results.map(({ status }) => status)).toEqual([
        'rejected',
        'rejected',
      ]);
      jest.restoreAllMocks();
      expect(await stored()).toEqual(['id-1']);
      await writer.write(entry('id-4'));
      expect(await stored()).toEqual(['id-1', 'id-4']);
    });
  });
});
