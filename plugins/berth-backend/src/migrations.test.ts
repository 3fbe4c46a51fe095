import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { migrate, openDatabase } from './database/migrate';
import { DatabaseClusterStore } from './registry/DatabaseClusterStore';
import { DatabaseShareStore } from './tenancy/DatabaseShareStore';

jest.setTimeout(60_000);

const TABLES = [
  'activity',
  'activity_groups',
  'check_runs',
  'cluster_credentials',
  'cluster_leases',
  'clusters',
  'deletion_holds',
  'former_clusters',
  'former_personal_bindings',
  'grants',
  'helm_chart_versions',
  'helm_charts',
  'helm_repositories',
  'helm_operation_lines',
  'helm_operation_locks',
  'helm_operations',
  'inventory',
  'kubernetes_groups',
  'leftover_holds',
  'namespaces',
  'owner_identities',
  'personal_namespaces',
  'pod_security_turns',
  'pod_security_waits',
  'pull_secret_versions',
  'quotas',
  'reconciler_replicas',
  'request_budgets',
  'request_steps',
  'requests',
  'shares',
  'signing_keys',
  'terminal_tickets',
];
const directory = resolvePackagePath(
  '@berth/plugin-berth-backend',
  'migrations',
);

/** The migrations of the unreleased schema, as the last commit that contained them recorded them. */
const UNRELEASED = [
  '20261121000000_init.js',
  '20261121100000_group_identity.js',
  '20261121101000_namespaces.js',
  '20261121120000_cluster_settings.js',
  '20261121121000_cluster_credentials.js',
  '20261121122000_cluster_identity.js',
  '20261121130000_cluster_leases.js',
  '20261121140000_check_runs.js',
  '20261121150000_activity.js',
  '20261121160000_requests.js',
  '20261121170000_namespace_system.js',
  '20261121180000_list_indexes.js',
  '20261129101000_request_identity.js',
  '20261129101500_leftover_holds.js',
  '20261129101600_former_clusters.js',
];

const A_KEY = {
  kid: 'a-key',
  generation: 1,
  algorithm: 'ES256',
  public_jwk: '{}',
  created_at: '2026-11-29T20:00:00.000Z',
};

/** Creates a database in the state of a version before the first release, with a cluster. */
async function leaveUnreleasedSchema(knex: Knex) {
  await knex.schema.createTable('knex_migrations', table => {
    table.increments();
    table.string('name');
    table.integer('batch');
    table.timestamp('migration_time');
  });
  await knex('knex_migrations').insert(
    UNRELEASED.map(name => ({ name, batch: 1, migration_time: new Date() })),
  );
  await knex.schema.createTable('clusters', table => {
    table.string('id', 26).primary();
    table.string('name', 63).notNullable();
  });
  await knex('clusters').insert({ id: '01KB', name: 'prod' });
}

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

  it.each(databases.eachSupportedId())(
    'upgrade a database in use, and keep its rows, on %p',
    async id => {
      const database = await databases.init(id);
      await database.migrate.up({ directory });
      expect(await database.schema.hasTable('helm_operations')).toBe(false);
      await database('signing_keys').insert(A_KEY);
      await migrate(database);
      expect(await database('signing_keys').pluck('kid')).toEqual([A_KEY.kid]);
      expect(await database.schema.hasTable('helm_operations')).toBe(true);
    },
  );

  it.each(databases.eachSupportedId())(
    'P9 keep the homes of shares and the repositories of charts on %p',
    async id => {
      const database = await databases.init(id);
      const upTo = async (migration: string) => {
        const next = async () =>
          (await database.migrate.list({ directory }))[1][0].file;
        while ((await next()) !== migration) {
          await database.migrate.up({ directory });
        }
      };
      const at = '2026-11-29T20:00:00.000Z';
      const group = 'group:default/team-a';

      await upTo('20261130053000_chart_repositories.js');
      await database('helm_repositories').insert({
        name: 'stable',
        url: 'https://charts.example.com',
      });
      await upTo('20261130070500_share_homes.js');
      const clusters = DatabaseClusterStore.create(database);
      const { id: clusterId } = await clusters.create({
        name: 'prod',
        apiServer: 'https://k8s.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
        namespacePrefix: 'x-',
      });
      await database('kubernetes_groups').insert({
        group_ref: group,
        name: 'team-a',
        created_at: at,
      });
      await database('shares').insert({
        cluster_id: clusterId,
        group_ref: group,
        state: 'Ready',
        since: at,
        created_at: at,
      });
      await migrate(database);

      const repository = await database('helm_repositories').first();
      expect(repository).toMatchObject({
        name: 'stable',
        source: 'Configuration',
      });
      expect(Boolean(repository.has_credential)).toBe(false);
      const shares = DatabaseShareStore.create(database);
      const homes = async () =>
        (await shares.list(clusterId)).map(share => share.namespace);
      expect(await homes()).toEqual(['team-a']);
      await shares.replace(clusterId, [group, 'group:default/shop']);
      expect(await homes()).toEqual(['x-shop', 'team-a']);
    },
  );

  it.each(databases.eachSupportedId())(
    'open a new database and the same one again on %p',
    async id => {
      const knex = await databases.init(id);
      const database = mockServices.database({ knex });
      await openDatabase(database);
      await expect(openDatabase(database)).resolves.toBe(knex);
    },
  );

  describe.each([
    { skip: false, name: 'that Berth migrates' },
    { skip: true, name: 'that Berth does not migrate' },
  ])('for a database $name', ({ skip }) => {
    it.each(databases.eachSupportedId())(
      'refuse one from before the first release, and change nothing in it, on %p',
      async id => {
        const knex = await databases.init(id);
        await leaveUnreleasedSchema(knex);
        const database = {
          ...mockServices.database({ knex }),
          migrations: { skip },
        };

        const opened = openDatabase(database);

        await expect(opened).rejects.toThrow(
          /does not have the migrations 20261121000000_init\.js, .*Berth changed nothing in the database\..*configure an empty database for the plugin/,
        );
        await expect(opened).rejects.toHaveProperty('name', 'ConflictError');
        expect(await knex('clusters')).toEqual([{ id: '01KB', name: 'prod' }]);
        expect(await knex('knex_migrations').pluck('name')).toEqual(UNRELEASED);
        expect(await knex.schema.hasTable('knex_migrations_lock')).toBe(false);
        expect(await knex.schema.hasTable('shares')).toBe(false);
      },
    );
  });
});
