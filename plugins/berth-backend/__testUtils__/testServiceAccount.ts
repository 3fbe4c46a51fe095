/* eslint-disable jest/no-export -- test cases that two test files share */
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { decodeJwt } from 'jose';
import { Knex } from 'knex';
import { migrate } from '../src/database/migrate';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
  KubeObject,
  KubeResource,
  KubeTarget,
  NAMESPACES,
  ROLE_BINDINGS,
  SECRETS,
  SUBJECT_ACCESS_REVIEWS,
} from '../src/kube';
import { ClusterRegistrar } from '../src/registry/ClusterRegistrar';
import { DatabaseClusterStore } from '../src/registry/DatabaseClusterStore';
import { ClusterIdentity } from '../src/registry/ClusterIdentity';
import {
  clusterRoleBindings,
  clusterRoles,
} from '../src/model/onboardingObjects';
import { SERVICE_ACCOUNT } from '../src/model/portalAccount';
import { serviceAccountObjects } from '../src/registry/onboarding/serviceAccount';
import { pullSecretObjects } from '../src/model/pullSecrets';
import { PullSecrets } from '../src/reconciler/pullSecrets/PullSecrets';
import { testCipher } from '../src/registry/__testUtils__/testStrategies';
import { ConnectionStrategies } from '../src/registry/connection/ConnectionStrategies';
import { connectToClusters } from '../src/registry/connection/connectToClusters';
import { CredentialRenewer } from '../src/registry/connection/CredentialRenewer';
import { DatabaseCredentialStore } from '../src/registry/connection/DatabaseCredentialStore';
import { credentialStatus } from '../src/registry/connection/renewal';
import { requestToken } from '../src/registry/connection/requestToken';
import { ServiceAccountConnection } from '../src/registry/connection/ServiceAccountConnection';

const START_MS = 180_000;
const CASE_MS = 60_000;
const LIFETIME_MS = 3_600_000;

const PLURALS: Record<string, string> = {
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  Namespace: 'namespaces',
  Role: 'roles',
  RoleBinding: 'rolebindings',
  ServiceAccount: 'serviceaccounts',
};

interface TestedCluster extends KubeTarget {
  adminToken: string;
  stop(): Promise<void>;
}

function resourceOf({ apiVersion, kind, metadata }: KubeObject): KubeResource {
  return {
    apiVersion,
    kind,
    plural: PLURALS[kind],
    namespaced: metadata.namespace !== undefined,
  };
}

/** Tests the strategy `serviceAccount` on an actual or simulated Kubernetes API server. */
export function testServiceAccount(start: () => Promise<TestedCluster>) {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let tested: TestedCluster;
  let clients: DefaultKubeClientFactory;
  let admin: KubeClient;
  let count = 0;

  beforeAll(async () => {
    tested = await start();
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    admin = clients.create(tested, async () => tested.adminToken);
    for (const { object } of [...clusterRoles(), ...serviceAccountObjects()]) {
      await admin.apply(resourceOf(object as KubeObject), object as KubeObject);
    }
  }, START_MS);

  afterAll(async () => {
    await clients?.close();
    await tested?.stop();
  }, START_MS);

  /** Opens a backend's parts, as after each start. */
  function open(knex: Knex) {
    const credentials = DatabaseCredentialStore.create(knex, testCipher());
    const clusters = DatabaseClusterStore.create(knex, credentials);
    let now = new Date();
    const strategies = new ConnectionStrategies().add(
      'serviceAccount',
      ServiceAccountConnection.create({
        clients,
        lifetimeSeconds: LIFETIME_MS / 1000,
        now: () => now,
      }),
    );
    const connect = connectToClusters({ clients, credentials, strategies });
    const logger = mockServices.logger.mock();
    const identity = ClusterIdentity.create({
      clients,
      clusters,
      connect,
      credentials,
      strategies,
      logger,
    });
    const onRenewal = jest.fn(async () => {});
    const keeper = CredentialRenewer.create({
      clusters,
      credentials,
      strategies,
      logger,
      onRenewal,
      now: () => now,
    });
    return {
      onRenewal,
      clusters,
      connect,
      credentials,
      identity,
      keeper,
      logger,
      registrar: ClusterRegistrar.create({ clusters, identity, strategies }),
      at: (time: number) => {
        now = new Date(time);
      },
      status: async () =>
        (await credentials.list()).map(one => credentialStatus(one, now))[0],
    };
  }

  async function register() {
    const knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const backend = open(knex);
    const bootstrap = await requestToken(admin, SERVICE_ACCOUNT, 600);
    const cluster = await backend.registrar.create({
      settings: {
        name: `account${count++}`,
        apiServer: tested.apiServer,
        caPem: tested.caPem,
        connection: 'serviceAccount',
        usernamePrefix: '',
        groupsPrefix: '',
      },
      credential: { token: bootstrap.token },
    });
    return { ...backend, bootstrap, cluster, knex };
  }

  it(
    'S48 exchanges the given token for another one, and connects with that',
    async () => {
      const { bootstrap, cluster, connect, credentials } = await register();
      const kept = await credentials.get(cluster.id);
      const token = kept?.secret.token ?? '';
      expect(token).not.toBe(bootstrap.token);
      const { sub, iat = 0, exp = 0 } = decodeJwt(token);
      expect(sub).toBe(SERVICE_ACCOUNT.username);
      // An API server may add some lifetime, so that clients have time.
      expect((exp - iat) * 1000).toBeGreaterThanOrEqual(LIFETIME_MS);
      const namespace = await connect(cluster).get(NAMESPACES, {
        name: 'kube-system',
      });
      expect(namespace?.metadata.uid).toBeTruthy();
    },
    CASE_MS,
  );

  it(
    'P14 S39 writes the Secrets of the feature pullSecrets by server-side apply only, and reads none',
    async () => {
      const objects = pullSecretObjects({
        groupsPrefix: '',
        serviceAccount: true,
        names: ['harbor'],
      }).map(({ object }) => object as KubeObject);
      for (const object of objects.filter(({ kind }) => PLURALS[kind])) {
        await admin.apply(resourceOf(object), object);
      }
      const { cluster, connect } = await register();
      const portal = connect(cluster);
      const namespace = 'pull-secrets';
      await admin.apply(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      const secrets = PullSecrets.create(
        [
          {
            name: 'harbor',
            registry: 'harbor.example.com',
            username: 'robot',
            password: 'pa55',
          },
        ],
        {
          encryptionSecrets: ['x'.repeat(32)],
          logger: mockServices.logger.mock(),
        },
      );
      const key = { name: 'berth-pull-harbor', namespace };
      const secret = secrets.filled({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: key,
      });
      const { metadata } = await portal.applyHidden(SECRETS, secret);
      expect(metadata).toEqual({ ...key, uid: expect.any(String) });
      await expect(admin.get(SECRETS, key)).resolves.toMatchObject({
        type: 'kubernetes.io/dockerconfigjson',
        data: {
          '.dockerconfigjson': Buffer.from(
            '{"auths":{"harbor.example.com":{"username":"robot","password":"pa55","auth":"cm9ib3Q6cGE1NQ=="}}}',
          ).toString('base64'),
        },
      });
      const again = await portal.applyHidden(SECRETS, secret);
      expect(again.metadata.uid).toBe(metadata.uid);

      const other = { ...secret, metadata: { ...key, name: 'berth-pull-x' } };
      const refused = { failure: 'Forbidden' };
      await expect(portal.get(SECRETS, key)).rejects.toMatchObject(refused);
      const pages = portal.pages(SECRETS, { namespace });
      await expect(pages[Symbol.asyncIterator]().next()).rejects.toMatchObject(
        refused,
      );
      await expect(
        portal.watch(SECRETS, { namespace, resourceVersion: '1' }),
      ).rejects.toMatchObject(refused);
      await expect(portal.applyHidden(SECRETS, other)).rejects.toMatchObject(
        refused,
      );
      await expect(portal.create(SECRETS, other)).rejects.toMatchObject(
        refused,
      );
      await expect(portal.delete(SECRETS, key, {})).resolves.toBe(true);
      await expect(portal.create(SECRETS, secret)).rejects.toMatchObject(
        refused,
      );
    },
    CASE_MS,
  );

  it(
    'S48 refuses a token of an account that others can use as well',
    async () => {
      const binding: KubeObject & { roleRef: object; subjects: object[] } = {
        apiVersion: ROLE_BINDINGS.apiVersion,
        kind: 'RoleBinding',
        metadata: {
          name: 'berth:admin:team-b',
          namespace: SERVICE_ACCOUNT.namespace,
        },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'admin',
        },
        subjects: [
          {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'Group',
            name: 'team-b',
          },
        ],
      };
      const { metadata } = await admin.apply(ROLE_BINDINGS, binding);
      await expect(register()).rejects.toThrow(
        /nothing was saved: the RoleBinding berth:admin:team-b gives ClusterRole admin to Group team-b\. Delete the namespace/,
      );
      await admin.delete(
        ROLE_BINDINGS,
        { name: metadata.name, namespace: SERVICE_ACCOUNT.namespace },
        { uid: metadata.uid ?? '' },
      );
      await expect(register()).resolves.toBeDefined();
    },
    CASE_MS,
  );

  it(
    'S48 renews between half and four fifths of its life, and survives a restart',
    async () => {
      const { cluster, credentials, keeper, at, knex } = await register();
      const before = await credentials.get(cluster.id);
      const begin = Date.parse(before?.issuedAt ?? '');
      const life = Date.parse(before?.expiresAt ?? '') - begin;

      at(begin + life * 0.5 - 1);
      await keeper.renewDue();
      await expect(credentials.get(cluster.id)).resolves.toEqual(before);

      // Two tokens of the same second are identical.
      await new Promise(resolve => setTimeout(resolve, 1_100));
      const restarted = open(knex);
      restarted.at(begin + life * 0.8);
      await restarted.keeper.renewDue();
      const after = await restarted.credentials.get(cluster.id);
      expect(after?.secret.token).not.toBe(before?.secret.token);
      expect(after?.issuedAt).toBe(new Date(begin + life * 0.8).toISOString());
      await expect(restarted.status()).resolves.toMatchObject({
        state: 'Valid',
      });
      await expect(
        restarted.connect(cluster).get(NAMESPACES, { name: 'kube-system' }),
      ).resolves.toBeDefined();
      expect(JSON.stringify(restarted.logger.info.mock.calls)).not.toContain(
        'eyJ',
      );
    },
    CASE_MS,
  );

  it(
    'S48 reports a renewal that fails while the token is still valid, and recovers',
    async () => {
      const {
        at,
        cluster,
        connect,
        credentials,
        keeper,
        logger,
        onRenewal,
        status,
      } = await register();
      const kept = await credentials.get(cluster.id);
      const binding = serviceAccountObjects()[4].object as KubeObject;
      const { uid = '' } =
        (
          await admin.get(ROLE_BINDINGS, {
            name: binding.metadata.name,
            namespace: SERVICE_ACCOUNT.namespace,
          })
        )?.metadata ?? {};
      await admin.delete(ROLE_BINDINGS, { ...binding.metadata }, { uid });
      const due = Date.parse(kept?.issuedAt ?? '') + LIFETIME_MS * 0.9;
      at(due);
      await keeper.renewDue();
      await expect(status()).resolves.toMatchObject({
        state: 'RenewalFailed',
        message: expect.stringMatching(
          /cannot be renewed since .*serviceaccounts.*It expires at/s,
        ),
      });
      expect(logger.error.mock.calls).toEqual([
        [expect.stringContaining(`cluster ${cluster.name} cannot be renewed`)],
      ]);
      expect(onRenewal.mock.calls).toEqual([
        [
          {
            clusterId: cluster.id,
            cluster: cluster.name,
            error: expect.stringContaining('serviceaccounts'),
          },
        ],
      ]);
      const reported = [logger.error.mock.calls, onRenewal.mock.calls];
      expect(JSON.stringify(reported)).not.toContain('eyJ');
      await expect(
        connect(cluster).get(NAMESPACES, { name: 'kube-system' }),
      ).resolves.toBeDefined();

      await admin.apply(ROLE_BINDINGS, binding);
      const [{ renewAt = '' }] = await credentials.list();
      expect(Date.parse(renewAt)).toBeGreaterThan(due);
      expect(Date.parse(renewAt)).toBeLessThan(
        Date.parse(kept?.expiresAt ?? ''),
      );
      at(Date.parse(renewAt));
      await keeper.renewDue();
      await expect(status()).resolves.toMatchObject({ state: 'Valid' });
    },
    CASE_MS,
  );

  it.each([
    ['get', 'kube-system', true],
    ['get', 'default', false],
    ['list', undefined, false],
    ['patch', 'kube-system', false],
  ])(
    'S25 S39 lets the group of every token %s the namespace %s: %s',
    async (verb, name, allowed) => {
      for (const { object } of clusterRoleBindings('')) {
        const binding = object as KubeObject;
        await admin.apply(resourceOf(binding), binding);
      }
      await expect(
        admin.review(SUBJECT_ACCESS_REVIEWS, {
          user: 'berth:reconciler',
          groups: ['cluster-scope', 'system:authenticated'],
          resourceAttributes: { verb, resource: 'namespaces', name },
        }),
      ).resolves.toMatchObject({ allowed });
    },
    CASE_MS,
  );

  it(
    'S25 accepts another address of the same cluster with a certificate of the same CA',
    async () => {
      const { cluster, clusters, identity, registrar } = await register();
      await clusters.setStatus(cluster.id, { state: 'Connected' });
      await identity.pinAll();
      const pinned = await clusters.get(cluster.name);
      expect(pinned?.kubeSystemUid).toMatch(/^[\w-]{36}$/);
      const apiServer = tested.apiServer.replace('127.0.0.1', 'localhost');
      const moved = await registrar.update(
        pinned ?? cluster,
        { change: { apiServer } },
        'api',
      );
      expect(moved).toMatchObject({
        apiServer,
        kubeSystemUid: pinned?.kubeSystemUid,
      });
    },
    CASE_MS,
  );
}
