import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  '@berth/plugin-berth-backend',
  'migrations',
);

/** Connects to the plugin's database and brings its schema up to date. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(client);
  }
  return client;
}

/** Brings the schema of a database up to date. */
export async function migrate(client: Knex): Promise<void> {
  await client.migrate.latest({ directory: migrationsDirectory });
}
