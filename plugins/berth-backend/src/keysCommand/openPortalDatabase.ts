import { DatabaseManager } from '@backstage/backend-defaults/database';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ForwardedError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { existsSync } from 'node:fs';

const PLUGIN_ID = 'berth';

export interface PortalDatabase {
  client: Knex;
  close(): Promise<void>;
}

/**
 * Opens the plugin's database like the backend, and changes nothing in it.
 *
 * @throws NotFoundError if no backend has used it; any failure to reach it is thrown
 */
export async function openPortalDatabase(
  config: Config,
  logger: LoggerService,
): Promise<PortalDatabase> {
  const hooks: (() => void | Promise<void>)[] = [];
  const lifecycle = {
    addStartupHook: () => {},
    addShutdownHook: (hook: () => void | Promise<void>) => hooks.push(hook),
    addBeforeShutdownHook: () => {},
  };
  const manager = DatabaseManager.fromConfig(config, {
    rootLifecycle: lifecycle,
  });
  const client = await manager
    .forPlugin(PLUGIN_ID, { logger, lifecycle })
    .getClient();
  const close = async () => {
    await Promise.all(hooks.map(hook => hook()));
    await client.destroy();
  };
  try {
    await assertUsed(client);
  } catch (error) {
    await close();
    throw error;
  }
  return { client, close };
}

async function assertUsed(client: Knex): Promise<void> {
  const { filename } = { ...client.client.config.connection };
  if (filename === ':memory:') {
    throw new NotFoundError(
      "backend.database is an SQLite database in memory, which only the backend itself can reach; use the backend's /issuer/keys instead",
    );
  }
  if (filename !== undefined && !existsSync(filename)) {
    throw new NotFoundError(
      `There is no database ${filename}: check that this is the backend's configuration and that the backend has started with it`,
    );
  }
  if (!(await hasKeys(client))) {
    throw new NotFoundError(
      "The database has no signing keys: check that this is the backend's configuration and that the backend has started with it",
    );
  }
}

async function hasKeys(client: Knex): Promise<boolean> {
  try {
    return await client.schema.hasTable('signing_keys');
  } catch (error) {
    throw new ForwardedError(
      'The database cannot be used; see backend.database',
      error,
    );
  }
}
