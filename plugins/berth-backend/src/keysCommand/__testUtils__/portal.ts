import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { knex, Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { migrate } from '../../database/migrate';
import { DefaultKeyRing } from '../../issuer/keys/DefaultKeyRing';
import { readKeyRingOptions } from '../../issuer/keys/readKeyRingOptions';

export const SECRET = 'a secret of at least thirty-two characters';

/** A portal's configuration file and database, and the key ring of a running replica. */
export interface Portal {
  configFile: string;
  /** `backend.database`. */
  database: object;
  client: Knex;
  keyRing: DefaultKeyRing;
}

/** Creates portals whose database other processes can reach, and cleans up after them. */
export class Portals {
  readonly #databases: TestDatabases;
  readonly #cleanUps: (() => Promise<unknown>)[] = [];

  constructor(databases: TestDatabases) {
    this.#databases = databases;
  }

  async start(id: 'SQLITE_3' | 'POSTGRES_15'): Promise<Portal> {
    const { client, database } =
      id === 'SQLITE_3' ? await this.#sqlite() : await this.#postgres();
    await migrate(client);
    const settings = { keys: { encryptionSecret: SECRET } };
    const keyRing = await DefaultKeyRing.create(
      readKeyRingOptions({
        config: new ConfigReader({ berth: settings }),
        database: client,
        encryptionSecrets: [SECRET],
        logger: mockServices.logger.mock(),
        production: true,
      }),
    );
    const configFile = await this.configure({ database, ...settings });
    return { client, database, keyRing, configFile };
  }

  /** Writes a configuration file and returns its path. */
  async configure(settings: {
    database: object;
    keys: object;
  }): Promise<string> {
    const file = join(await this.directory(), 'app-config.yaml');
    const { database, keys } = settings;
    const config = { backend: { database }, berth: { keys } };
    await writeFile(file, stringify(config));
    return file;
  }

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'berth-keys-'));
    this.#cleanUps.push(() => rm(directory, { recursive: true }));
    return directory;
  }

  async cleanUp(): Promise<void> {
    for (const cleanUp of this.#cleanUps.splice(0).reverse()) {
      await cleanUp();
    }
  }

  async #sqlite() {
    const directory = await this.directory();
    const client = knex({
      client: 'better-sqlite3',
      connection: { filename: join(directory, 'berth.sqlite') },
      useNullAsDefault: true,
    });
    this.#cleanUps.push(() => client.destroy());
    return {
      client,
      database: { client: 'better-sqlite3', connection: { directory } },
    };
  }

  async #postgres() {
    const client = await this.#databases.init('POSTGRES_15');
    const { connection } = client.client.config;
    return {
      client,
      database: {
        client: 'pg',
        connection: {},
        plugin: { berth: { client: 'pg', connection: { ...connection } } },
      },
    };
  }
}

export function otherSecret(): string {
  return randomBytes(32).toString('base64');
}
