import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { calculateJwkThumbprint } from 'jose';
import { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import { DatabaseKeyStore } from './DatabaseKeyStore';
import { DefaultKeyRing } from './DefaultKeyRing';
import { KeyCipher } from '../../crypto/KeyCipher';
import { KeyPolicy } from './keyChanges';

jest.setTimeout(60_000);

const policy: KeyPolicy = { algorithm: 'RS256', rotationIntervalMs: 1e9 };

function startReplica(
  database: Knex,
  options: { secrets?: string[]; policy?: KeyPolicy } = {},
) {
  const cipher = KeyCipher.fromSecrets({
    secrets: (options.secrets ?? ['a']).map(secret => secret.repeat(32)),
    production: true,
  });
  return DefaultKeyRing.create({
    store: new DatabaseKeyStore(database, cipher),
    cipher,
    policy: options.policy ?? policy,
    logger: mockServices.logger.mock(),
  });
}

async function statesOf(ring: DefaultKeyRing) {
  return (await ring.list()).map(key => key.state);
}

describe('DefaultKeyRing', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function emptyDatabase(id: TestDatabaseId): Promise<Knex> {
    const database = await databases.init(id);
    await migrate(database);
    return database;
  }

  describe.each(databases.eachSupportedId())('on %p', id => {
    it('S14 creates one key for replicas that start together, and keeps it over a restart', async () => {
      const database = await emptyDatabase(id);
      const rings = await Promise.all(
        [1, 2, 3].map(() => startReplica(database)),
      );
      rings.push(await startReplica(database));
      const kids = await Promise.all(
        rings.map(async ring => (await ring.signingKey()).kid),
      );
      expect(new Set(kids).size).toBe(1);
      expect(await statesOf(rings[0])).toEqual(['active', 'next']);
    });

    it('S14 creates one new key when three replicas rotate at once', async () => {
      const database = await emptyDatabase(id);
      const rings = await Promise.all(
        [1, 2, 3].map(() => startReplica(database)),
      );
      await Promise.all(rings.map(ring => ring.rotate()));
      expect(await statesOf(rings[0])).toEqual(['active', 'next', 'next']);
    });

    it('S15 revokes at once, with the standby key in its place, and keeps no private key', async () => {
      const database = await emptyDatabase(id);
      const ring = await startReplica(database);
      const [active, standby] = await ring.list();
      await ring.revoke([active.kid]);
      expect((await ring.signingKey()).kid).toBe(standby.kid);
      const { jwks } = await ring.publishedKeys();
      expect(jwks.keys.map(key => key.kid)).not.toContain(active.kid);
      const row = await database('signing_keys')
        .where({ kid: active.kid })
        .first();
      expect(row.private_jwk_encrypted).toBeNull();
    });

    it('S15 three replicas revoking the same key leave one active key', async () => {
      const database = await emptyDatabase(id);
      const rings = await Promise.all(
        [1, 2, 3].map(() => startReplica(database)),
      );
      const [{ kid }] = await rings[0].list();
      await Promise.all(rings.map(ring => ring.revoke([kid])));
      const states = await statesOf(rings[0]);
      expect(states.filter(state => state === 'active')).toHaveLength(1);
      expect(states[0]).toBe('revoked');
    });

    it('S12 stores no private key in clear text', async () => {
      const database = await emptyDatabase(id);
      await startReplica(database);
      const rows = await database('signing_keys');
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        const header = row.private_jwk_encrypted.split('.')[0];
        expect(
          JSON.parse(Buffer.from(header, 'base64url').toString()),
        ).toMatchObject({ alg: 'dir', enc: 'A256GCM' });
        expect(Object.keys(JSON.parse(row.public_jwk))).not.toContain('d');
      }
    });

    it('S12 encrypts keys with a new secret, so that the old one is no longer needed', async () => {
      const database = await emptyDatabase(id);
      const first = await startReplica(database, { secrets: ['a'] });
      const { kid } = await first.signingKey();
      await startReplica(database, { secrets: ['b', 'a'] });
      const last = await startReplica(database, { secrets: ['b'] });
      expect((await last.signingKey()).kid).toBe(kid);
    });
  });

  it('S3 publishes public members only, under RFC 7638 thumbprints', async () => {
    const ring = await startReplica(await emptyDatabase('SQLITE_3'));
    const { jwks } = await ring.publishedKeys();
    expect(jwks.keys).toHaveLength(2);
    for (const key of jwks.keys) {
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
    }
  });

  it('signs with ES256 if the configuration says so', async () => {
    const ring = await startReplica(await emptyDatabase('SQLITE_3'), {
      policy: { ...policy, algorithm: 'ES256' },
    });
    expect((await ring.signingKey()).algorithm).toBe('ES256');
    expect((await ring.publishedKeys()).algorithms).toEqual(['ES256']);
  });

  it('notices changes of another replica within seconds', async () => {
    const database = await emptyDatabase('SQLITE_3');
    const [one, other] = [
      await startReplica(database),
      await startReplica(database),
    ];
    const { kid } = await one.signingKey();
    await other.revoke([kid]);
    jest.useFakeTimers({
      now: Date.now() + 5_001,
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout'],
    });
    try {
      expect((await one.signingKey()).kid).not.toBe(kid);
    } finally {
      jest.useRealTimers();
    }
  });

  it('signs nothing after a minute without reading the ring, but continues to publish', async () => {
    const database = await emptyDatabase('SQLITE_3');
    const ring = await startReplica(database);
    await database.destroy();
    jest.useFakeTimers({
      now: Date.now() + 61_000,
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout'],
    });
    try {
      await expect(ring.signingKey()).rejects.toThrow(
        'the issuer signs nothing',
      );
      expect((await ring.publishedKeys()).jwks.keys).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('names the setting to check when a key does not decrypt', async () => {
    const database = await emptyDatabase('SQLITE_3');
    await startReplica(database, { secrets: ['a'] });
    await expect(startReplica(database, { secrets: ['b'] })).rejects.toThrow(
      'a secret that is not configured',
    );
  });

  it('refuses to revoke a key that does not exist', async () => {
    const ring = await startReplica(await emptyDatabase('SQLITE_3'));
    await expect(ring.revoke(['nosuch'])).rejects.toThrow(
      'There is no signing key nosuch',
    );
  });
});
