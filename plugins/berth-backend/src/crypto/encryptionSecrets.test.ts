import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import knex, { Knex } from 'knex';
import { promises as fs } from 'node:fs';
import {
  findEncryptionSecrets,
  provideEncryptionSecrets,
} from './encryptionSecrets';
import { KeyCipher } from './KeyCipher';

const configured = 'a secret of at least thirty-two characters';

describe('provideEncryptionSecrets', () => {
  const folder = createMockDirectory();
  const databases: Knex[] = [];
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    folder.clear();
    jest.clearAllMocks();
  });

  afterAll(() => Promise.all(databases.map(database => database.destroy())));

  function databaseAt(filename: string) {
    const database = knex({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    });
    databases.push(database);
    return database;
  }

  function options(
    settings: {
      production?: boolean;
      secret?: string | string[];
      filename?: string;
    } = {},
  ) {
    const { production = false, secret, filename = 'portal.sqlite' } = settings;
    return {
      config: new ConfigReader({
        berth: { keys: { encryptionSecret: secret } },
      }),
      database: databaseAt(filename),
      directory: folder.path,
      logger,
      production,
    };
  }

  const file = () => folder.resolve('.berth/encryption-secret');

  it('keeps one secret across restarts in development', async () => {
    const first = await provideEncryptionSecrets(options());
    expect(await provideEncryptionSecrets(options())).toEqual(first);
    expect(await findEncryptionSecrets(options())).toEqual(first);
    expect(await fs.readFile(file(), 'utf8')).toBe(`${first[0]}\n`);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(`berth.keys.encryptionSecret is not set`),
    );
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain(first[0]);
  });

  it('keeps it where only its owner can read it and git ignores it', async () => {
    await provideEncryptionSecrets(options());
    expect((await fs.stat(file())).mode & 0o777).toBe(0o600);
    expect((await fs.stat(folder.resolve('.berth'))).mode & 0o777).toBe(0o700);
    expect(await fs.readdir(folder.resolve('.berth'))).toEqual([
      '.gitignore',
      'encryption-secret',
    ]);
    expect(await fs.readFile(folder.resolve('.berth/.gitignore'), 'utf8')).toBe(
      '*\n',
    );
  });

  it('gives the same secret to several backends that start at once', async () => {
    const secrets = await Promise.all(
      Array.from({ length: 20 }, () => provideEncryptionSecrets(options())),
    );
    expect(new Set(secrets.flat()).size).toBe(1);
  });

  it('stores nothing for an in-memory database', async () => {
    const inMemory = () => options({ filename: ':memory:' });
    const first = await provideEncryptionSecrets(inMemory());
    const second = await provideEncryptionSecrets(inMemory());
    expect(second).not.toEqual(first);
    expect(await fs.readdir(folder.path)).toEqual([]);
  });

  it.each([
    ['a text', configured, [configured]],
    ['a list', [configured, 'older'], [configured, 'older']],
  ])('uses the setting if it is %s', async (_, secret, expected) => {
    for (const production of [true, false]) {
      expect(
        await provideEncryptionSecrets(options({ production, secret })),
      ).toEqual(expected);
    }
    expect(await fs.readdir(folder.path)).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('S12 gives production no secret that development stored', async () => {
    const [kept] = await provideEncryptionSecrets(options());
    const production = options({ production: true });
    for (const find of [findEncryptionSecrets, provideEncryptionSecrets]) {
      const secrets = await find(production);
      expect(secrets).toEqual([]);
      expect(() =>
        KeyCipher.fromSecrets({ secrets, production: true }),
      ).toThrow('berth.keys.encryptionSecret is not set');
    }
    expect(() =>
      KeyCipher.fromSecrets({ secrets: [kept], production: true }),
    ).toThrow('is a secret of development');
  });

  it('S12 makes no secret for a command in development', async () => {
    expect(await findEncryptionSecrets(options())).toEqual([]);
    expect(await fs.readdir(folder.path)).toEqual([]);
  });

  it('refuses a secret that others can read', async () => {
    await provideEncryptionSecrets(options());
    await fs.chmod(file(), 0o640);
    await expect(provideEncryptionSecrets(options())).rejects.toThrow(
      `Other users can read the secret in ${file()}. Run \`chmod 600`,
    );
  });

  it('refuses a link in place of the file', async () => {
    await provideEncryptionSecrets(options());
    await fs.rename(file(), folder.resolve('elsewhere'));
    await fs.symlink(folder.resolve('elsewhere'), file());
    await expect(provideEncryptionSecrets(options())).rejects.toThrow(
      `Cannot read the secret in ${file()}`,
    );
  });

  it('names the setting if the secret cannot be stored', async () => {
    folder.setContent({ '.berth': 'a file' });
    await expect(provideEncryptionSecrets(options())).rejects.toThrow(
      'Set berth.keys.encryptionSecret to at least 32 random characters instead',
    );
  });
});
