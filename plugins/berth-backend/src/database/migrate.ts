import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { readdir } from 'fs/promises';
import { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  '@berth/plugin-berth-backend',
  'migrations',
);

/** The table in which knex records the migrations of a database. */
const RECORDS = 'knex_migrations';

/** Connects to the plugin's database and brings its schema up to date. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  await refuseOtherSchema(client);
  if (!database.migrations?.skip) {
    await migrate(client);
  }
  return client;
}

/** Brings the schema of a database up to date. */
export async function migrate(client: Knex): Promise<void> {
  await client.migrate.latest({ directory: migrationsDirectory });
}

/**
 * Refuses the database of another version of Berth, for example one from before the migrations of the unreleased
 * schema became one. Only reads.
 */
async function refuseOtherSchema(client: Knex): Promise<void> {
  if (!(await client.schema.hasTable(RECORDS))) {
    return;
  }
  const known = new Set(await readdir(migrationsDirectory));
  const done: string[] = await client(RECORDS).orderBy('id').pluck('name');
  const unknown = done.filter(name => !known.has(name));
  if (unknown.length > 0) {
    throw new ConflictError(
      `The database of the plugin berth has the schema of another version of Berth: this version does not ` +
        `have the migrations ${unknown.join(
          ', ',
        )}. Berth changed nothing in the database. If a version ` +
        `from before the first release wrote it, there is no way to upgrade: configure an empty database for ` +
        `the plugin and register the clusters again. If a newer version wrote it, start that version.`,
    );
  }
}
