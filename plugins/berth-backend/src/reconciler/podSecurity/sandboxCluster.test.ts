import { TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { migrate } from '../../database/migrate';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeObject,
  PODS,
  NAMESPACES,
} from '../../kube';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { countWrites } from '../__testUtils__/countWrites';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { ClusterSession } from '../ClusterSession';
import { DatabaseLeaseStore } from '../leases/DatabaseLeaseStore';
import { readProfiles } from '../profiles/readProfiles';
import { Profile } from '../profiles/types';
import { NamespaceObject } from '../types';
import { DatabasePodSecurityStore } from './DatabasePodSecurityStore';

const START_MS = 120_000;
const TEAM = 'team-a';
const LEVEL = 'pod-security.kubernetes.io/enforce';

/* The warnings are those of an API server here, and the turns those of the database. */
describe('Pod Security of a profile on sandbox clusters', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const names = ['one', 'two'];
  let sandboxes: SandboxCluster[];
  let clients: DefaultKubeClientFactory;

  beforeAll(async () => {
    sandboxes = await Promise.all(
      names.map(name => SandboxCluster.start({ name })),
    );
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
  }, START_MS);

  afterAll(async () => {
    await clients?.close();
    await Promise.all((sandboxes ?? []).map(sandbox => sandbox.stop()));
  }, START_MS);

  it(
    'P2 P3 waits for the pods of one cluster before the next gets its level',
    async () => {
      const knex = await databases.init('SQLITE_3');
      await migrate(knex);
      const registry = DatabaseClusterStore.create(knex);
      const leases = DatabaseLeaseStore.create(knex);
      await leases.join('us');
      const podSecurity = DatabasePodSecurityStore.create(knex);
      const world: { profile?: Profile } = {};
      const [one, two] = await Promise.all(
        sandboxes.map(async sandbox => {
          const { id } = await registry.create({
            name: sandbox.name,
            apiServer: sandbox.apiServer,
            caPem: sandbox.caPem,
            connection: 'oidc',
            usernamePrefix: '',
            groupsPrefix: '',
          });
          const { token = 0 } = (await leases.acquire(id, 'us')) ?? {};
          const session = new ClusterSession({
            ...fakeLease(id),
            holder: 'us',
            token,
          });
          const cluster = { ...CLUSTER, id, name: sandbox.name };
          const { client, writes } = countWrites(
            clients.create(sandbox, async () => sandbox.adminToken),
          );
          const shares = new FakeShares(id);
          await shares.replace(id, [`group:default/${TEAM}`]);
          const reconciler = testReconciler({
            shares,
            inventory: new FakeInventory(),
            client,
            podSecurity,
            tenants: {
              read: async () => ({
                ...NO_TENANTS,
                profiles: { group: world.profile },
              }),
            },
          });
          return {
            client,
            writes,
            pass: () =>
              reconciler.reconcile(
                cluster,
                session,
                new AbortController().signal,
              ),
            level: async () => {
              const namespace = await client.get<NamespaceObject>(NAMESPACES, {
                name: TEAM,
              });
              return namespace?.metadata.labels?.[LEVEL];
            },
            waits: async () =>
              (await podSecurity.list(id)).map(({ warnings }) => warnings),
          };
        }),
      );
      const enforce = (level: string) => {
        const config = new ConfigReader({
          berth: { profiles: [{ name: 'p', podSecurity: { enforce: level } }] },
        });
        [world.profile] = readProfiles(config);
      };

      enforce('baseline');
      await one.pass();
      await two.pass();
      expect([await one.level(), await two.level()]).toEqual([
        'baseline',
        'baseline',
      ]);
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace: TEAM, name: 'web' },
        spec: { containers: [{ name: 'main', image: 'x' }] },
      };
      const { metadata } = await one.client.apply<KubeObject>(PODS, pod);

      enforce('restricted');
      await one.pass();
      await two.pass();
      expect(await one.waits()).toEqual([
        [
          `existing pods in namespace "${TEAM}" violate the new PodSecurity enforce level "restricted:latest"`,
          'web: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile',
        ],
      ]);
      expect(await two.waits()).toEqual([
        [
          'one gets higher levels now; the clusters get them one after the other',
        ],
      ]);
      expect([await one.level(), await two.level()]).toEqual([
        'baseline',
        'baseline',
      ]);
      // A wait writes nothing to the clusters again.
      const before = [one.writes.length, two.writes.length];
      await one.pass();
      await two.pass();
      expect([one.writes.length, two.writes.length]).toEqual(before);

      await one.client.delete(PODS, pod.metadata, {
        uid: metadata.uid ?? '',
      });
      await one.pass();
      await two.pass();
      expect([await one.level(), await two.level()]).toEqual([
        'restricted',
        'restricted',
      ]);
      await one.pass();
      expect([await one.waits(), await two.waits()]).toEqual([[], []]);
      // The level that came is the API server's, not a mere label.
      await expect(one.client.apply(PODS, pod)).rejects.toThrow(
        /violates PodSecurity "restricted:latest"/,
      );
    },
    START_MS,
  );
});
