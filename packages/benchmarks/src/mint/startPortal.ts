import { ConfigReader } from '@backstage/config';
import { knex } from 'knex';
import { randomBytes } from 'node:crypto';
import {
  DatabaseClusterStore,
  DatabaseGrantStore,
  DatabasePersonalNamespaceStore,
  DatabaseShareStore,
  DefaultKeyRing,
  DefaultTokenService,
  JoseTokenSigner,
  KeyAlgorithm,
  migrate,
  Person,
  readKeyRingOptions,
  ReusingTokenSigner,
} from '../backend';
import { silent } from '../http/listen';

export const ISSUER = 'https://portal.example.com/api/oidc';

/** Starts the parts of the backend that mint tokens, on an SQLite database in memory with some shares. */
export async function startPortal(algorithm: KeyAlgorithm) {
  const database = knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await migrate(database);
  const keyRing = await DefaultKeyRing.create(
    readKeyRingOptions({
      config: new ConfigReader({ berth: { keys: { algorithm } } }),
      database,
      encryptionSecrets: [randomBytes(32).toString('hex')],
      logger: silent,
      production: true,
    }),
  );
  const cluster = await DatabaseClusterStore.create(database).create({
    name: 'prod01',
    apiServer: 'https://k8s.example.com',
    caPem: 'unused',
    connection: 'oidc',
    usernamePrefix: '',
    groupsPrefix: '',
  });
  const shares = DatabaseShareStore.create(database);
  await shares.replace(cluster.id, groupRefs(20));
  const grants = DatabaseGrantStore.create(database);
  const personal = DatabasePersonalNamespaceStore.create(database);
  const signer = new JoseTokenSigner({ issuer: ISSUER, keyRing });
  const reusing = new ReusingTokenSigner({ signer, keyRing });
  return {
    /** Returns the cluster and its shares, as a request reads them before it mints. */
    readCluster: async () => ({
      cluster,
      shares: await shares.list(cluster.id),
    }),
    keyRing,
    person: member(groupRefs(25).slice(15)),
    tokens: new DefaultTokenService({ grants, personal, signer }),
    reusedTokens: new DefaultTokenService({
      grants,
      personal,
      signer: reusing,
    }),
    signer,
    reusing,
    stop: () => database.destroy(),
  };
}

function groupRefs(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `group:default/t${index}`);
}

function member(groups: string[]): Person {
  return {
    userRef: 'user:default/alice',
    username: 'user:alice',
    groups,
    memberships: groups.map(group => ({ group, path: [group] })),
    admin: false,
    auditor: false,
  };
}
