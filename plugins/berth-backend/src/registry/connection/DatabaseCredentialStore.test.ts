import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../../database/migrate';
import { KeyCipher } from '../../crypto/KeyCipher';
import { testCipher } from '../__testUtils__/testStrategies';
import { DatabaseClusterStore } from '../DatabaseClusterStore';
import { ClusterSettings } from '../../model/clusters';
import { DatabaseCredentialStore } from './DatabaseCredentialStore';
import { StoredCredential } from '../../model/credentials';

const settings: ClusterSettings = {
  name: 'prod01',
  apiServer: 'https://prod01.example.com:6443',
  caPem: 'the CA',
  connection: 'serviceAccount',
  usernamePrefix: '',
  groupsPrefix: '',
};

const credential: StoredCredential = {
  strategy: 'serviceAccount',
  secret: { token: 'very-secret-token' },
  issuedAt: '2026-11-21T00:00:00.000Z',
  expiresAt: '2026-11-22T00:00:00.000Z',
};

jest.setTimeout(60_000);

describe('DatabaseCredentialStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    async function setUp(cipher = testCipher()) {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const credentials = DatabaseCredentialStore.create(knex, cipher);
      const clusters = DatabaseClusterStore.create(knex, credentials);
      return { clusters, credentials, knex };
    }

    it('S26 stores a credential encrypted, and decrypts it', async () => {
      const { clusters, credentials, knex } = await setUp();
      const { id } = await clusters.create(settings, credential);
      await expect(credentials.get(id)).resolves.toEqual(credential);
      const rows = JSON.stringify(await knex('cluster_credentials'));
      expect(rows).not.toContain('very-secret');
      expect(rows).toMatch(/"encrypted":"eyJ[\w.-]+"/);
    });

    it('S26 cannot be decrypted with another secret, nor by the cipher of the signing keys', async () => {
      const { clusters, knex } = await setUp();
      const { id } = await clusters.create(settings, credential);
      const others = [
        testCipher('another secret of more than 32 characters'),
        KeyCipher.fromSecrets({
          secrets: ['a secret of more than 32 characters'],
          production: false,
        }),
      ];
      for (const cipher of others) {
        await expect(
          DatabaseCredentialStore.create(knex, cipher).get(id),
        ).rejects.toThrow('under a secret that is not configured');
      }
    });

    it('S26 does not accept the row of another cluster', async () => {
      const { clusters, credentials, knex } = await setUp();
      const one = await clusters.create(settings, credential);
      const two = await clusters.create(
        { ...settings, name: 'prod02' },
        { ...credential, secret: { token: 'another' } },
      );
      const { encrypted } = await knex('cluster_credentials')
        .where({ cluster_id: one.id })
        .first();
      await knex('cluster_credentials')
        .where({ cluster_id: two.id })
        .update({ encrypted });
      await expect(credentials.get(two.id)).rejects.toThrow(
        'belongs to another cluster',
      );
    });

    it('encrypts again with the first secret, so that the old one can be removed', async () => {
      const [before, after] = ['old', 'new'].map(
        name => `the ${name} secret of more than 32 characters`,
      );
      const { clusters, knex } = await setUp(testCipher(before));
      const { id } = await clusters.create(settings, credential);
      const both = KeyCipher.fromSecrets({
        secrets: [after, before],
        production: false,
        purpose: 'berth cluster credentials',
      });
      await DatabaseCredentialStore.create(knex, both).reencrypt();
      await expect(
        DatabaseCredentialStore.create(knex, testCipher(after)).get(id),
      ).resolves.toEqual(credential);
    });

    it('is deleted with its cluster, and with its connection', async () => {
      const { clusters, credentials, knex } = await setUp();
      const { id } = await clusters.create(settings, credential);
      const renewed = { ...credential, secret: { token: 'given again' } };
      await clusters.update(id, {}, undefined, renewed);
      await expect(credentials.get(id)).resolves.toEqual(renewed);
      await clusters.update(id, { connection: 'oidc' });
      await expect(credentials.get(id)).resolves.toBeUndefined();

      const other = await clusters.create(
        { ...settings, name: 'prod02' },
        credential,
      );
      await clusters.delete(other.id);
      await expect(knex('cluster_credentials')).resolves.toEqual([]);
    });

    it('does not replace a credential that was entered during the renewal', async () => {
      const { clusters, credentials } = await setUp();
      const { id } = await clusters.create(settings, credential);
      const given = { ...credential, issuedAt: '2026-11-21T06:00:00.000Z' };
      await clusters.update(id, {}, undefined, given);
      await expect(
        credentials.renew(
          id,
          { ...credential, secret: { token: 'late' } },
          credential,
        ),
      ).resolves.toBe(false);
      await expect(
        credentials.recordFailure(
          { clusterId: id, issuedAt: credential.issuedAt },
          { message: 'late', renewAt: new Date() },
        ),
      ).resolves.toBe(false);
      await expect(credentials.get(id)).resolves.toEqual(given);
      const [record] = await credentials.list();
      expect(record.failingSince).toBeUndefined();
    });

    it('records since when renewals fail, without any token', async () => {
      const { clusters, credentials } = await setUp();
      const { id } = await clusters.create(settings, credential);
      const fail = (time: string) =>
        credentials.recordFailure(
          { clusterId: id, issuedAt: credential.issuedAt },
          {
            message: `Refused: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl`,
            renewAt: new Date(time),
          },
        );
      await fail('2026-11-21T12:01:00.000Z');
      const [first] = await credentials.list();
      await fail('2026-11-21T12:05:00.000Z');
      const [second] = await credentials.list();
      expect(second).toMatchObject({
        clusterId: id,
        failingSince: first.failingSince,
        renewAt: '2026-11-21T12:05:00.000Z',
        message: expect.not.stringContaining('eyJ'),
      });
    });
  });
});
