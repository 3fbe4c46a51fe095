import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { migrate } from './database/migrate';

jest.setTimeout(60_000);

const TABLES = [
  'activity',
  'activity_groups',
  'signing_keys',
  'clusters',
  'cluster_credentials',
  'kubernetes_groups',
  'shares',
  'inventory',
  'namespaces',
  'grants',
  'quotas',
  'check_runs',
  'requests',
  'request_steps',
  'request_budgets',
  'leftover_holds',
  'former_clusters',
];
const directory = resolvePackagePath(
  '@berth/plugin-berth-backend',
  'migrations',
);

describe('migrations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())('go up, down and up on %p', async id => {
    const database = await databases.init(id);
    const present = () =>
      Promise.all(TABLES.map(table => database.schema.hasTable(table)));

    await migrate(database);
    expect(await present()).toEqual(TABLES.map(() => true));
    await database.migrate.rollback({ directory }, true);
    expect(await present()).toEqual(TABLES.map(() => false));
    await migrate(database);
    expect(await present()).toEqual(TABLES.map(() => true));
  });
});
