import { SandboxCluster } from '@berth/cluster-sandbox';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { DatabaseClusterStore } from '../registry';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { ClusterRecord } from '../model/clusters';
import {
  connectionOf,
  ReplicaProcess,
} from './__testUtils__/replica/ReplicaProcess';
import { DatabaseInventory } from './DatabaseInventory';

jest.setTimeout(240_000);

const CLUSTERS = 6;
const TAKEOVER_MS = 60_000;

/*
 * Replicas in separate processes, on a real PostgreSQL. The clusters are six registrations of one sandbox,
 * which makes no difference to the leases.
 */
describe('replicas', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });
  const replicas: ReplicaProcess[] = [];
  let sandbox: SandboxCluster;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'shared' });
  });

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    await sandbox?.stop();
  });

  async function until(what: string, test: () => Promise<boolean>) {
    const began = Date.now();
    while (!(await test())) {
      if (Date.now() - began > TAKEOVER_MS) {
        const logs = replicas.flatMap(({ messages }) => messages.slice(-5));
        throw new Error(
          `Not within ${TAKEOVER_MS / 1000} s: ${what} ${JSON.stringify(logs)}`,
        );
      }
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    }
  }

  async function setUp(knex: Knex) {
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    const shares = DatabaseShareStore.create(knex);
    const records: ClusterRecord[] = [];
    for (let index = 0; index < CLUSTERS; index++) {
      records.push(
        await clusters.create({
          name: `cluster${index}`,
          apiServer: sandbox.apiServer,
          caPem: sandbox.caPem,
          connection: 'oidc',
          usernamePrefix: '',
          groupsPrefix: '',
        }),
      );
    }
    const start = () => {
      const replica = ReplicaProcess.start({
        database: connectionOf(knex),
        token: sandbox.adminToken,
      });
      replicas.push(replica);
      return replica;
    };
    const holders = async (): Promise<Record<string, string[]>> => {
      const rows: { cluster_id: string; holder: string }[] = await knex(
        'cluster_leases',
      ).whereNotNull('holder');
      const held: Record<string, string[]> = {};
      for (const { cluster_id, holder } of rows) {
        (held[holder] ??= []).push(cluster_id);
      }
      return held;
    };
    const spread = async () =>
      Object.values(await holders())
        .map(({ length }) => length)
        .sort();
    const share = (index: number, ...groups: string[]) =>
      shares.replace(
        records[index].id,
        groups.map(group => `group:default/${group}${index}`),
      );
    const ready = async (index: number, count: number) => {
      const found = await shares.list(records[index].id);
      return (
        found.length === count && found.every(({ state }) => state === 'Ready')
      );
    };
    return { knex, records, start, holders, spread, share, ready };
  }

  it.each(databases.eachSupportedId())(
    'S41 a killed replica is replaced within 60 s, an edit wakes the replica that has the cluster, and one that hung is fenced off (%p)',
    async database => {
      const { knex, records, start, holders, spread, share, ready } =
        await setUp(await databases.init(database));
      for (const index of records.keys()) {
        await share(index, 'a');
      }
      start();
      start();
      await until('a fair spread', async () => `${await spread()}` === '3,3');
      for (const index of records.keys()) {
        await until('a first share', () => ready(index, 1));
        // This process writes, as another replica does.
        await share(index, 'a', 'b');
      }
      for (const index of records.keys()) {
        await until('an edit elsewhere', () => ready(index, 2));
      }

      // One replica is killed: the other replica takes all clusters over, and continues.
      const before = Object.keys(await holders());
      await replicas[0].kill();
      const killed = Date.now();
      for (const index of records.keys()) {
        await share(index, 'b', 'c');
      }
      await until('the takeover', async () => `${await spread()}` === '6');
      for (const index of records.keys()) {
        await until('work after the takeover', () => ready(index, 2));
      }
      expect(Date.now() - killed).toBeLessThan(TAKEOVER_MS);
      const [survivor] = Object.keys(await holders());
      expect(before).toContain(survivor);

      // One replica hangs, is replaced, and comes back.
      replicas[1].signal('SIGSTOP');
      start();
      await until(
        'the takeover from one that hangs',
        async () =>
          !(survivor in (await holders())) && `${await spread()}` === '6',
      );
      for (const index of records.keys()) {
        await share(index, 'c');
      }
      replicas[1].signal('SIGCONT');
      await until('its return', async () => `${await spread()}` === '3,3');
      expect(Object.keys(await holders())).not.toContain(survivor);
      const lost = replicas[1].messages.flatMap(message =>
        'lost' in message ? [message.lost] : [],
      );
      expect(lost).toEqual(expect.arrayContaining(records.map(({ id }) => id)));

      const inventory = DatabaseInventory.create(knex);
      for (const [index, { id }] of records.entries()) {
        await until('all that is shared', () => ready(index, 1));
        await until('nothing else', async () => {
          const bindings = (await inventory.list(id)).filter(
            ({ kind }) => kind === 'RoleBinding',
          );
          return (
            bindings.length === 1 &&
            bindings[0].name === `berth:admin:c${index}` &&
            bindings[0].uid !== undefined
          );
        });
      }
    },
  );
});
