import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { calculateJwkThumbprint } from 'jose';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { DatabaseKeyRing } from './DatabaseKeyRing';
import { KeyCipher } from './KeyCipher';

jest.setTimeout(60_000);

const logger = mockServices.logger.mock();

function cipherOf(secret: string) {
  return KeyCipher.fromSecret({ secret: secret.repeat(32), production: true });
}

describe('DatabaseKeyRing', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
  });

  async function emptyDatabase(id: TestDatabaseId): Promise<Knex> {
    const database = await databases.init(id);
    await migrate(database);
    return database;
  }

  it.each(databases.eachSupportedId())(
    'S14 makes one key for replicas that start together, and keeps it, on %p',
    async id => {
      const database = await emptyDatabase(id);
      const start = () =>
        DatabaseKeyRing.create({ database, cipher: cipherOf('a'), logger });
      const rings = [
        ...(await Promise.all([start(), start(), start()])),
        await start(),
      ];
      const kids = await Promise.all(
        rings.map(async ring => (await ring.signingKey()).kid),
      );
      expect(new Set(kids).size).toBe(1);
      expect((await rings[0].publicKeys()).keys).toHaveLength(1);
    },
  );

  it.each(databases.eachSupportedId())(
    'S12 stores no private key in clear on %p',
    async id => {
      const database = await emptyDatabase(id);
      await DatabaseKeyRing.create({
        database,
        cipher: cipherOf('a'),
        logger,
      });
      const [row] = await database('signing_keys');
      const header = row.private_jwk_encrypted.split('.')[0];
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
        alg: 'dir',
        enc: 'A256GCM',
      });
      expect(JSON.stringify(row)).not.toMatch(/"d\\?":/);
    },
  );

  it('S3 publishes public members only, under the RFC 7638 thumbprint', async () => {
    const database = await emptyDatabase('SQLITE_3');
    const ring = await DatabaseKeyRing.create({
      database,
      cipher: cipherOf('a'),
      logger,
    });
    const [key] = (await ring.publicKeys()).keys;
    expect(Object.keys(key).sort()).toEqual([
      'alg',
      'e',
      'kid',
      'kty',
      'n',
      'use',
    ]);
    expect(key.kid).toBe(await calculateJwkThumbprint(key, 'sha256'));
    expect(key).toMatchObject({ alg: 'RS256', use: 'sig' });
  });

  it('says which setting to look at when a key does not decrypt', async () => {
    const database = await emptyDatabase('SQLITE_3');
    await DatabaseKeyRing.create({ database, cipher: cipherOf('a'), logger });
    await expect(
      DatabaseKeyRing.create({ database, cipher: cipherOf('b'), logger }),
    ).rejects.toThrow('berth.keys.encryptionSecret');
  });
});
