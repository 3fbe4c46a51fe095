import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import createKnex, { Knex } from 'knex';
import { migrate } from '../database/migrate';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
  NAMESPACES,
  ROLE_BINDINGS,
} from '../kube';
import { DatabaseClusterStore } from '../registry';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { ClusterRecord } from '../model/clusters';
import { DatabaseTenancy } from '../tenancy/DatabaseTenancy';
import { countWrites } from './__testUtils__/countWrites';
import {
  FakeHolds,
  FakePodSecurity,
  fakePullSecrets,
  NO_ACTIVITY,
  NO_METRICS,
} from './__testUtils__/fakes';
import {
  connectionOf,
  ReplicaProcess,
} from './__testUtils__/replica/ReplicaProcess';
import { PodSecurityGate } from './podSecurity/PodSecurityGate';
import { DeletionBreaker } from './breaker/DeletionBreaker';
import { ClusterReconciler } from './ClusterReconciler';
import { DatabaseFormerBindings } from './former/DatabaseFormerBindings';
import { DatabaseInventory } from './DatabaseInventory';
import { DatabaseOutcomeStore } from './DatabaseOutcomeStore';
import { keyOf, keyText } from './keys';
import { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
import { ClusterLease } from './leases/ClusterLease';
import { ReadingObserver } from './ReadingObserver';
import { readTenants } from './readTenants';
import { ClusterSession } from './ClusterSession';
import { RoleBindingObject } from './types';

jest.setTimeout(300_000);

/** More than the writes of the pass; the test fails if it does not reach the last one. */
const MOST_WRITES = 40;

/*
 * A replica in a separate process makes one pass with all kinds of writes. It is killed with SIGKILL at each
 * write in turn, before the write is sent and after it was answered. The next pass, by another replica, must
 * reach the desired state.
 */
describe('crash points', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });
  let sandbox: SandboxCluster;
  let clients: DefaultKubeClientFactory;
  let admin: KubeClient;
  let directory: string;
  const opened: Knex[] = [];
  /** All runs share a sandbox, so each uses separate names. */
  let world = 0;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'crashed' });
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    admin = clients.create(sandbox, async () => sandbox.adminToken);
    directory = await mkdtemp(join(tmpdir(), 'crash-points-'));
  });

  afterAll(async () => {
    await Promise.all(opened.map(knex => knex.destroy()));
    await clients?.close();
    await sandbox?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function openSqlite(): Promise<Knex> {
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: join(directory, `${opened.length}.sqlite`) },
      useNullAsDefault: true,
    });
    opened.push(knex);
    await knex.raw('PRAGMA foreign_keys = ON');
    return knex;
  }

  /** Runs a pass by the replica that takes over. */
  async function pass(knex: Knex, cluster: ClusterRecord) {
    await knex('reconciler_replicas').delete();
    const leases = DatabaseLeaseStore.create(knex);
    await leases.join('us');
    const { token = 0 } = (await leases.acquire(cluster.id, 'us')) ?? {};
    const lease = new ClusterLease(
      { clusterId: cluster.id, holder: 'us', token },
      () => Infinity,
      () => performance.now(),
    );
    const { client, writes } = countWrites(admin);
    const result = await new ClusterReconciler({
      shares: DatabaseShareStore.create(knex),
      tenants: readTenants(DatabaseTenancy.create(knex), []),
      inventory: DatabaseInventory.create(knex),
      outcomes: DatabaseOutcomeStore.create(knex),
      activity: NO_ACTIVITY,
      observer: new ReadingObserver(),
      formers: { of: async () => [] },
      formerBindings: DatabaseFormerBindings.create(knex),
      connect: () => client,
      breaker: new DeletionBreaker({ store: new FakeHolds() }),
      leftoverBreaker: new DeletionBreaker({ store: new FakeHolds() }),
      podSecurity: new PodSecurityGate(new FakePodSecurity()),
      pullSecrets: fakePullSecrets(),
      metrics: NO_METRICS,
      logger: mockServices.logger.mock(),
      forgetMs: 0,
    }).reconcile(cluster, new ClusterSession(lease), lease.signal);
    await leases.leave('us');
    return { ...result, writes };
  }

  /** Prepares a cluster with one binding to revoke, one to recreate and one to create. */
  async function prepare(knex: Knex, id: string) {
    const clusters = DatabaseClusterStore.create(knex);
    const shares = DatabaseShareStore.create(knex);
    const cluster = await clusters.create({
      name: `crash${id}`,
      apiServer: sandbox.apiServer,
      caPem: sandbox.caPem,
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
    });
    const name = (team: string) => `${team}-${id}`;
    const share = (...teams: string[]) =>
      shares.replace(
        cluster.id,
        teams.map(team => `group:default/${name(team)}`),
      );
    const key = (team: string) => ({
      namespace: name(team),
      name: `berth:admin:${name(team)}`,
    });
    const binding = (team: string) =>
      admin.get<RoleBindingObject>(ROLE_BINDINGS, key(team));
    await share('old', 'drifted');
    await expect(pass(knex, cluster)).resolves.toMatchObject({ settled: true });
    const made = await binding('drifted');
    const { uid = '' } = made?.metadata ?? {};
    await admin.delete(ROLE_BINDINGS, key('drifted'), { uid });
    await admin.create<RoleBindingObject>(ROLE_BINDINGS, {
      ...made!,
      metadata: key('drifted'),
      roleRef: { ...made!.roleRef, name: 'view' },
    });
    await share('drifted', 'new');
    return { cluster, clusters, shares, name, binding };
  }

  async function crashAt(
    knex: Knex,
    write: number,
    when: 'before' | 'after',
  ): Promise<boolean> {
    const { cluster, clusters, shares, name, binding } = await prepare(
      knex,
      `${when}${world++}`,
    );
    const inventory = DatabaseInventory.create(knex);
    const replica = ReplicaProcess.start({
      database: connectionOf(knex),
      token: sandbox.adminToken,
      killAt: { write, when },
    });
    await replica.until(message => 'passed' in message);
    const over = replica.messages.some(message => 'passed' in message);
    await replica.kill();

    // Nothing is lost: the inventory lists every object that exists.
    const known = new Set((await inventory.list(cluster.id)).map(keyText));
    for (const team of ['old', 'drifted', 'new']) {
      const there = [
        await admin.get(NAMESPACES, { name: name(team) }),
        await binding(team),
      ];
      for (const object of there) {
        if (object) {
          expect(known).toContain(keyText(keyOf(object)));
        }
      }
    }

    await expect(pass(knex, cluster)).resolves.toMatchObject({
      settled: true,
      failed: false,
    });
    expect(await binding('old')).toBeUndefined();
    const entries = await inventory.list(cluster.id);
    expect(entries).toHaveLength(5);
    for (const team of ['drifted', 'new']) {
      const found = await binding(team);
      expect(found?.roleRef.name).toBe('admin');
      expect(entries).toContainEqual({
        ...keyOf(found!),
        uid: found?.metadata.uid,
      });
    }
    const states = (await shares.list(cluster.id)).map(({ state }) => state);
    expect(states).toEqual(['Ready', 'Ready']);
    expect((await pass(knex, cluster)).writes).toEqual([]);
    await clusters.delete(cluster.id);
    return over;
  }

  const postgres = databases.eachSupportedId().map(([id]) => id);
  const kinds: [string, () => Promise<Knex>][] = [
    ...postgres.map((id): [string, () => Promise<Knex>] => [
      'PostgreSQL',
      () => databases.init(id),
    ]),
    ['SQLite in a file', openSqlite],
  ];
  const cases = kinds.flatMap(([kind, open], index) =>
    // One moment is enough on the second database: the writes are the same.
    (index === 0 ? (['before', 'after'] as const) : (['after'] as const)).map(
      when => [when, kind, open] as const,
    ),
  );

  it.each(cases)(
    'S43 killed %s each of its writes, on %s, loses, doubles and half-saves nothing',
    async (when, _kind, open) => {
      const knex = await open();
      await migrate(knex);
      let write = 1;
      while (!(await crashAt(knex, write, when))) {
        write++;
        expect(write).toBeLessThan(MOST_WRITES);
      }
      // At least the deletion, the intent, the creations and the outcomes.
      expect(write).toBeGreaterThan(8);
    },
  );
});
