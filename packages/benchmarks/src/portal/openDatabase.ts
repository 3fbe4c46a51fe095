import { TemporaryDirectory } from '@berth/control-plane';
import { Knex, knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { migrate } from '../backend';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
/** The default of Backstage's own pool. */
const CONNECTIONS = 10;

/** A migrated database for one run. */
export interface BenchDatabase {
  knex: Knex;
  /** The configuration with which another process connects to the database. */
  config: Knex.Config;
  /** The name of the database for the notes, such as `PostgreSQL`. */
  title: string;
  drop(): Promise<void>;
}

/**
 * Opens PostgreSQL if the environment variable of Backstage's tests names a server, and otherwise an SQLite
 * file.
 */
export async function openDatabase(): Promise<BenchDatabase> {
  const url = process.env[POSTGRES];
  return url ? openPostgres(url) : openSqlite();
}

/** Opens both, or SQLite alone without a PostgreSQL server. */
export async function openEach(): Promise<BenchDatabase[]> {
  const url = process.env[POSTGRES];
  return [await openSqlite(), ...(url ? [await openPostgres(url)] : [])];
}

async function openPostgres(url: string): Promise<BenchDatabase> {
  const name = `berth_bench_${randomBytes(6).toString('hex')}`;
  const server = knex({ client: 'pg', connection: url });
  await server.raw('create database ??', [name]);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const config = {
    client: 'pg',
    connection: own.toString(),
    pool: { min: 0, max: CONNECTIONS },
  };
  const database = await connect(config);
  return {
    knex: database,
    config,
    title: 'PostgreSQL',
    drop: async () => {
      await database.destroy();
      await server.raw('drop database if exists ?? with (force)', [name]);
      await server.destroy();
    },
  };
}

async function openSqlite(): Promise<BenchDatabase> {
  const directory = await TemporaryDirectory.create('berth-bench-');
  const config = {
    client: 'better-sqlite3',
    connection: join(directory.path, 'portal.sqlite'),
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  };
  const database = await connect(config);
  return {
    knex: database,
    config,
    title: 'SQLite',
    drop: async () => {
      await database.destroy();
      await directory.remove();
    },
  };
}

async function connect(config: Knex.Config): Promise<Knex> {
  const database = knex(config);
  if (config.client === 'better-sqlite3') {
    await database.raw('PRAGMA foreign_keys = ON');
  }
  await migrate(database);
  return database;
}
