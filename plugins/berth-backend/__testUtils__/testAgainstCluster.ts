/* eslint-disable jest/no-export -- test cases that two test files share */
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { migrate } from '../src/database/migrate';
import {
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
  KubeObject,
  KubeTarget,
  NAMESPACES,
  NETWORK_POLICIES,
  RESOURCE_QUOTAS,
  ROLE_BINDINGS,
  SECRETS,
  SUBJECT_ACCESS_REVIEWS,
} from '../src/kube';
import { ClusterRecord } from '../src/model/clusters';
import { Person } from '../src/model/people';
import { pullSecretPolicy } from '../src/model/pullSecrets';
import { NamespaceRecord, QuotaRecord } from '../src/model/tenancy';
import { personalBindingName } from '../src/access/personalBinding';
import { PersonalNamespaces } from '../src/personal/PersonalNamespaces';
import { adoptNamespace } from '../src/reconciler/adoptNamespace';
import { desired, ownLabels } from '../src/reconciler/desired';
import { takeOver } from '../src/reconciler/former/takeOver';
import { eventually } from '../src/reconciler/observe/__testUtils__/Followed';
import { fingerprint } from '../src/reconciler/observe/fingerprint';
import { OwnerIdentity } from '../src/reconciler/identities/types';
import { NetworkPolicyObject } from '../src/reconciler/profiles/networkPolicy';
import { PROFILE_FIELDS } from '../src/reconciler/profiles/profileFields';
import {
  parseProfiles,
  readProfiles,
} from '../src/reconciler/profiles/readProfiles';
import { PullSecrets } from '../src/reconciler/pullSecrets/PullSecrets';
import { PullSecret } from '../src/reconciler/pullSecrets/types';
import { removedFields } from '../src/reconciler/preview/differences';
import { readTenants } from '../src/reconciler/readTenants';
import { ClusterSession } from '../src/reconciler/ClusterSession';
import {
  NamespaceObject,
  RoleBindingObject,
  Tenants,
} from '../src/reconciler/types';
import { countWrites } from '../src/reconciler/__testUtils__/countWrites';
import {
  CLUSTER,
  fakeLease,
  fakePullSecrets,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../src/reconciler/__testUtils__/fakes';
import { DatabaseClusterStore } from '../src/registry/DatabaseClusterStore';
import { DatabaseGroupNames } from '../src/tenancy/DatabaseGroupNames';
import { DatabaseTenancy } from '../src/tenancy/DatabaseTenancy';
import { NamespaceNames } from '../src/tenancy/NamespaceNames';

const START_MS = 180_000;
const CASE_MS = 60_000;

/** A profile with every field, except those of newer versions. */
const [PROFILE] = readProfiles(
  new ConfigReader({
    berth: {
      profiles: [
        {
          name: 'isolated',
          networkPolicies: [
            {
              name: 'same-namespace',
              spec: {
                podSelector: {},
                ingress: [{ from: [{ podSelector: {} }] }],
              },
            },
            {
              name: 'out',
              spec: {
                podSelector: {
                  matchLabels: { version: '1.0' },
                  matchExpressions: [
                    { key: 'example.com/tier', operator: 'In', values: ['1'] },
                    { key: 'open', operator: 'DoesNotExist', values: [] },
                  ],
                },
                egress: [
                  { ports: [{ port: 53, protocol: 'UDP' }, { port: 'dns' }] },
                  {
                    to: [
                      {
                        ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
                      },
                      { ipBlock: { cidr: '::/0', except: [] } },
                      {
                        namespaceSelector: {},
                        podSelector: { matchLabels: {} },
                      },
                    ],
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  }),
);

const HARBOR: PullSecret = {
  name: 'harbor',
  registry: 'harbor.example.com',
  username: 'robot',
  password: 'planted',
};

/** A client that finds the policy for pull secrets, which the versions of the tested API servers do not have. */
function withPullSecretPolicy(client: KubeClient): KubeClient {
  const [policy, binding] = pullSecretPolicy({
    groupsPrefix: '',
    names: [HARBOR.name],
  }).map(({ object }) => object as KubeObject);
  const policies = new Map([
    [ADMISSION_POLICIES, policy],
    [ADMISSION_POLICY_BINDINGS, binding],
  ]);
  return {
    ...client,
    get: async <T extends KubeObject>(...call: Parameters<KubeClient['get']>) =>
      (policies.get(call[0]) as T | undefined) ?? client.get<T>(...call),
  };
}

export interface TestedCluster extends KubeTarget {
  adminToken: string;
  stop(): Promise<void>;
}

/** The reconciler's test cases, against a Kubernetes API server. */
export function testAgainstCluster(start: () => Promise<TestedCluster>) {
  let tested: TestedCluster;
  let clients: DefaultKubeClientFactory;
  let others: DefaultKubeClientFactory;
  let admin: KubeClient;
  /** A client with another field manager. */
  let other: KubeClient;
  let record: ClusterRecord;
  let count = 0;
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  beforeAll(async () => {
    tested = await start();
    const policy = AddressPolicy.create({ allow: ['127.0.0.0/8'] });
    const token = async () => tested.adminToken;
    clients = DefaultKubeClientFactory.create({
      policy,
      fieldManager: 'berth',
    });
    others = DefaultKubeClientFactory.create({
      policy,
      fieldManager: 'other',
    });
    admin = clients.create(tested, token);
    other = others.create(tested, token);
    record = { ...CLUSTER, apiServer: tested.apiServer, caPem: tested.caPem };
  }, START_MS);

  afterAll(async () => {
    await clients?.close();
    await others?.close();
    await tested?.stop();
  }, START_MS);

  /** Each case has its own team, so that it needs no clean cluster. */
  function setUp({ id = CLUSTER.id, name = `team-${count++}` } = {}) {
    const group = `group:default/${name}`;
    const cluster = { ...record, id };
    const shares = new FakeShares(id);
    const inventory = new FakeInventory();
    const { client, writes } = countWrites(
      clients.create(tested, async () => tested.adminToken),
    );
    const tenants: Tenants = { ...NO_TENANTS };
    const reconciler = testReconciler({
      shares,
      inventory,
      client,
      tenants: { read: async () => tenants },
    });
    const session = new ClusterSession(fakeLease(id));
    const key = { namespace: name, name: `berth:admin:${name}` };
    return {
      cluster,
      name,
      key,
      group,
      shares,
      inventory,
      tenants,
      writes,
      share: () => shares.replace(id, [group]),
      unshare: () => shares.replace(id, []),
      pass: () =>
        reconciler.reconcile(cluster, session, new AbortController().signal),
      state: () => shares.state(group),
      binding: () => admin.get<RoleBindingObject>(ROLE_BINDINGS, key),
      namespace: () => admin.get<NamespaceObject>(NAMESPACES, { name }),
      policy: (namespace: string, policyName: string) =>
        admin.get<NetworkPolicyObject>(NETWORK_POLICIES, {
          namespace,
          name: policyName,
        }),
      makeBinding: (role: string) =>
        admin.create<RoleBindingObject>(ROLE_BINDINGS, {
          apiVersion: ROLE_BINDINGS.apiVersion,
          kind: 'RoleBinding',
          metadata: key,
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: role,
          },
          subjects: [{ kind: 'User', name: 'mallory' }],
        }),
      removeBinding: async () => {
        const { uid = '' } =
          (await admin.get(ROLE_BINDINGS, key))?.metadata ?? {};
        await admin.delete(ROLE_BINDINGS, key, { uid });
      },
    };
  }

  /** Returns whether the cluster lets a person of the groups list the pods of a namespace. */
  async function mayList(
    namespace: string,
    username: string,
    groups: string[] = [],
  ): Promise<boolean> {
    const { allowed } = await admin.review<object, { allowed: boolean }>(
      SUBJECT_ACCESS_REVIEWS,
      {
        user: username,
        groups: ['system:authenticated', 'cluster-scope', ...groups],
        resourceAttributes: {
          verb: 'list',
          group: '',
          resource: 'pods',
          namespace,
        },
      },
    );
    return allowed;
  }

  it(
    'P6 P7 P12 gives a person without a namespace one with the quota and the profile for it, and writes nothing in the second pass',
    async () => {
      const knex = await databases.init('SQLITE_3');
      await migrate(knex);
      const created = await DatabaseClusterStore.create(knex).create({
        name: 'staging',
        apiServer: tested.apiServer,
        caPem: tested.caPem,
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      const cluster = { ...record, id: created.id };
      const tenancy = DatabaseTenancy.create(knex);
      const team = `team-${count++}`;
      const group = `group:default/${team}`;
      const shares = new FakeShares(cluster.id);
      const visible = {
        cluster,
        shares: await shares.replace(cluster.id, [group]),
      };
      const personOf = (name: string): Person => ({
        userRef: `user:default/${name}`,
        uid: `uid-${name}`,
        username: `user:${name}`,
        groups: [group],
        memberships: [{ group, path: [group] }],
        admin: false,
        auditor: false,
      });
      const personal = new PersonalNamespaces({
        changes: { changed: () => {} },
        names: new NamespaceNames({
          auth: mockServices.auth(),
          catalog: catalogServiceMock({ entities: [] }),
          connect: () => admin,
          groupNames: DatabaseGroupNames.create(knex),
          namespaces: tenancy.namespaces,
        }),
        rules: [{ role: 'edit', sizeClass: 'small', name: '{prefix}{user}' }],
        sizeClasses: [{ name: 'small', hard: { pods: '3' }, limits: [] }],
        tenancy,
      });
      const { client, writes } = countWrites(
        clients.create(tested, async () => tested.adminToken),
      );
      const reconciler = testReconciler({
        shares,
        inventory: new FakeInventory(),
        client: withPullSecretPolicy(client),
        pullSecrets: fakePullSecrets({
          secrets: PullSecrets.create([HARBOR], {
            encryptionSecrets: ['a secret of at least 32 characters'],
            logger: mockServices.logger.mock(),
          }),
        }),
        tenants: readTenants(
          tenancy,
          parseProfiles(
            [
              {
                name: 'own',
                for: 'personal',
                podSecurity: { enforce: 'restricted' },
                egress: {},
                pullSecrets: [HARBOR.name],
              },
            ],
            [HARBOR.name],
          ),
        ),
      });
      const session = new ClusterSession(fakeLease(cluster.id));
      const pass = () =>
        reconciler.reconcile(cluster, session, new AbortController().signal);
      const level = async (name: string) =>
        (await admin.get(NAMESPACES, { name }))?.metadata.labels?.[
          'pod-security.kubernetes.io/enforce'
        ];
      const alice = personOf(`alice-${team}`);
      const bob = personOf(`bob-${team}`);
      const namespace = `alice-${team}`;

      await pass();
      expect(await admin.get(NAMESPACES, { name: namespace })).toBeUndefined();
      await expect(
        personal.make(alice, visible, { by: alice.userRef }),
      ).resolves.toEqual({ name: namespace, created: true });
      await expect(pass()).resolves.toMatchObject({
        settled: true,
        failed: false,
      });

      expect(
        await admin.get(RESOURCE_QUOTAS, { namespace, name: 'berth' }),
      ).toMatchObject({ spec: { hard: { pods: '3' } } });
      expect(
        await admin.get(NETWORK_POLICIES, { namespace, name: 'berth-egress' }),
      ).toMatchObject({ spec: { podSelector: {}, policyTypes: ['Egress'] } });
      expect(
        await admin.get(SECRETS, { namespace, name: 'berth-pull-harbor' }),
      ).toMatchObject({ type: 'kubernetes.io/dockerconfigjson' });
      expect(
        await admin.get(SECRETS, {
          namespace: team,
          name: 'berth-pull-harbor',
        }),
      ).toBeUndefined();
      expect(await level(namespace)).toBe('restricted');
      expect(await level(team)).toBeUndefined();
      await eventually(async () =>
        expect(await mayList(namespace, alice.username)).toBe(true),
      );
      expect(await mayList(namespace, bob.username, [team])).toBe(false);

      const before = writes.length;
      await expect(pass()).resolves.toMatchObject({
        settled: true,
        failed: false,
      });
      expect(writes).toHaveLength(before);
    },
    CASE_MS,
  );

  it(
    'P6 P7 P8 gives a personal namespace to its owner alone, and does not create it again',
    async () => {
      const { name: user, tenants, pass, writes } = setUp();
      const name = `own-${user}`;
      const owner = {
        clusterId: CLUSTER.id,
        name,
        user: `user:default/${user}`,
        userUid: 'uid-1',
        role: 'edit' as const,
        made: false,
      };
      tenants.namespaces = [{ ...asked(name, 'personal'), owner: owner.user }];
      tenants.personal = [owner];
      // The API server reads role bindings a moment after they change.
      const becomes = (username: string, expected: boolean) =>
        eventually(async () =>
          expect(await mayList(name, username)).toBe(expected),
        );

      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(writes).toEqual(['create Namespace', 'apply RoleBinding']);
      await becomes(`user:${user}`, true);
      for (const stranger of [
        `user:acme/${user}`,
        `user:default/${user}`,
        user,
        `user:${user}x`,
        `USER:${user}`,
      ]) {
        expect(
          await mayList(name, stranger, [user, name, `user:${user}`]),
        ).toBe(false);
      }

      await pass();
      expect(writes).toHaveLength(2);

      tenants.personal = [{ ...owner, absentSince: '2026-11-21T00:00:00Z' }];
      await pass();
      await becomes(`user:${user}`, false);
      const heir = { ...owner, user: `user:acme/${user}`, made: true };
      tenants.personal = [heir];
      tenants.namespaces = [{ ...tenants.namespaces[0], owner: heir.user }];
      const before = await admin.get(NAMESPACES, { name });
      await pass();
      await becomes(`user:acme/${user}`, true);
      expect(await mayList(name, `user:${user}`)).toBe(false);
      const after = await admin.get(NAMESPACES, { name });
      expect(after?.metadata).toMatchObject({
        uid: before?.metadata.uid,
        annotations: { 'berth.dev/group': heir.user },
      });
    },
    CASE_MS,
  );

  it(
    'S33 makes a share ready, and writes nothing in the second pass',
    async () => {
      const { share, pass, state, binding, namespace, group, ...rest } =
        setUp();
      await share();
      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(await state()).toBe('Ready');
      expect((await namespace())?.metadata).toMatchObject({
        labels: {
          'app.kubernetes.io/managed-by': 'berth',
          'berth.dev/cluster-id': CLUSTER.id,
        },
        annotations: { 'berth.dev/group': group },
      });
      expect(await binding()).toMatchObject({
        roleRef: { kind: 'ClusterRole', name: 'admin' },
        subjects: [{ kind: 'Group', name: rest.name }],
      });
      expect(rest.writes).toEqual(['create Namespace', 'apply RoleBinding']);
      const before = rest.inventory.writes;
      await pass();
      expect(rest.writes).toHaveLength(2);
      expect(rest.inventory.writes).toBe(before);
    },
    CASE_MS,
  );

  it(
    'S34 repairs subjects, labels, role and deletion, and then writes nothing',
    async () => {
      const { share, pass, binding, namespace, name, ...rest } = setUp();
      await share();
      await pass();
      const made = await binding();

      await rest.removeBinding();
      await rest.makeBinding('admin');
      await pass();
      expect(await rest.state()).toBe('Ready');
      expect(await binding()).toMatchObject({
        metadata: { labels: made?.metadata.labels },
        subjects: made?.subjects,
      });

      await rest.removeBinding();
      await rest.makeBinding('cluster-admin');
      await pass();
      expect(await binding()).toMatchObject({
        roleRef: made?.roleRef,
        subjects: made?.subjects,
      });

      await rest.removeBinding();
      await pass();
      expect((await binding())?.subjects).toEqual(made?.subjects);

      // Another field manager takes ownership of our label.
      await admin.apply(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'berth.dev/cluster-id': 'other' } },
      });
      await pass();
      expect((await namespace())?.metadata.labels).toMatchObject({
        'berth.dev/cluster-id': CLUSTER.id,
        'app.kubernetes.io/managed-by': 'berth',
      });

      const before = rest.writes.length;
      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(rest.writes).toHaveLength(before);
    },
    CASE_MS,
  );

  it(
    'S35 unshares by deleting exactly the binding, and shares again',
    async () => {
      const { share, unshare, pass, state, binding, namespace, inventory } =
        setUp();
      await share();
      await pass();
      const { uid } = (await namespace())?.metadata ?? {};
      await unshare();
      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(await binding()).toBeUndefined();
      expect((await namespace())?.metadata.uid).toBe(uid);
      expect(await inventory.list()).toHaveLength(1);
      await share();
      await pass();
      expect(await state()).toBe('Ready');
      expect(await binding()).toBeDefined();
    },
    CASE_MS,
  );

  it(
    'S35 leaves an object alone that took the name of our binding',
    async () => {
      const { share, unshare, pass, binding, ...rest } = setUp();
      await share();
      await pass();
      await rest.removeBinding();
      await rest.makeBinding('view');
      await unshare();
      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect((await binding())?.roleRef.name).toBe('view');
    },
    CASE_MS,
  );

  it(
    'S36 never adopts a foreign namespace, until an admin labels it',
    async () => {
      const { share, pass, state, binding, namespace, name, writes } = setUp();
      const object = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      };
      await admin.create(NAMESPACES, object);
      await share();
      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(await state()).toBe('Failed NamespaceExists');
      expect(writes).toEqual([]);
      expect(await binding()).toBeUndefined();

      const labels = {
        'app.kubernetes.io/managed-by': 'berth',
        'berth.dev/cluster-id': CLUSTER.id,
      };
      await admin.apply(NAMESPACES, {
        ...object,
        metadata: { name, labels },
      });
      await pass();
      expect(await state()).toBe('Ready');
      expect((await namespace())?.metadata.labels).toMatchObject(labels);
    },
    CASE_MS,
  );

  it(
    'S21 S36 does not apply to a namespace with another UID than the observed one',
    async () => {
      const { share, pass, namespace, name } = setUp();
      await share();
      await pass();
      const object = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, uid: '00000000-0000-4000-8000-000000000000' },
      };
      await expect(admin.apply(NAMESPACES, object)).rejects.toMatchObject({
        failure: expect.stringMatching(/^(Conflict|Invalid)$/),
      });
      await expect(
        admin.apply(NAMESPACES, {
          ...object,
          metadata: { ...object.metadata, name: `${name}-gone` },
        }),
      ).rejects.toMatchObject({ failure: 'Conflict' });
      const { uid } = (await namespace())?.metadata ?? {};
      await expect(
        admin.apply(NAMESPACES, { ...object, metadata: { name, uid } }),
      ).resolves.toMatchObject({ metadata: { uid } });
    },
    CASE_MS,
  );

  it(
    'waits for a namespace that is being deleted, and creates it again',
    async () => {
      const { share, pass, state, namespace, name } = setUp();
      await share();
      await pass();
      const { uid = '' } = (await namespace())?.metadata ?? {};
      await admin.delete(NAMESPACES, { name }, { uid });
      let result = await pass();
      while (!result.settled) {
        expect(await state()).toBe('Failed NamespaceTerminating');
        await new Promise(resolve => {
          setTimeout(resolve, 250);
        });
        result = await pass();
      }
      expect(await state()).toBe('Ready');
      expect((await namespace())?.metadata.uid).not.toBe(uid);
    },
    CASE_MS,
  );

  it(
    'S33 writes the owner of a namespace, a new one and none, and then writes nothing',
    async () => {
      const { name: team, pass, tenants, writes } = setUp();
      const shop = asked(`${team}-shop`);
      const owners = ['group:default/one', 'group:default/two', undefined];
      for (const owner of owners) {
        tenants.namespaces = [{ ...shop, owner }];
        await pass();
        const found = await admin.get(NAMESPACES, { name: shop.name });
        expect(found?.metadata.annotations?.['berth.dev/group']).toBe(
          owner ?? '',
        );
      }
      expect(writes).toEqual([
        'create Namespace',
        'apply Namespace',
        'apply Namespace',
      ]);
      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(writes).toHaveLength(owners.length);
    },
    CASE_MS,
  );

  it(
    'S33 S34 S35 keeps the policies of a profile in namespaces that it made, and in no other',
    async () => {
      const { share, pass, policy, tenants, writes, ...rest } = setUp();
      const { name: home } = rest;
      const [shop, legacy] = [`${home}-shop`, `${home}-legacy`];
      await admin.create(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: legacy, labels: ownLabels(CLUSTER.id) },
      });
      await share();
      Object.assign(tenants, {
        namespaces: [asked(shop), asked(legacy, 'adopted')],
        profiles: { group: PROFILE },
      });
      const wanted = desired(CLUSTER, await rest.shares.list(), tenants)
        .flatMap(({ objects }) => objects)
        .filter(({ kind }) => kind === 'NetworkPolicy');
      const isAsWanted = async () => {
        expect(wanted).toHaveLength(4);
        for (const one of wanted) {
          const { namespace = '', name } = one.metadata;
          const found = await policy(namespace, name);
          expect(found && fingerprint(found)).toBe(fingerprint(one));
        }
        for (const { name } of PROFILE.networkPolicies) {
          expect(await policy(legacy, name)).toBeUndefined();
        }
      };
      const isAtRest = async () => {
        const before = [writes.length, rest.inventory.writes];
        await expect(pass()).resolves.toMatchObject({
          settled: true,
          failed: false,
        });
        expect([writes.length, rest.inventory.writes]).toEqual(before);
      };

      await expect(pass()).resolves.toMatchObject({ settled: true });
      await isAsWanted();
      expect(writes.filter(one => one.endsWith('NetworkPolicy'))).toHaveLength(
        4,
      );
      await isAtRest();

      const theirs = await policy(home, 'same-namespace');
      await other.apply<NetworkPolicyObject>(NETWORK_POLICIES, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: {
          name: 'same-namespace',
          namespace: home,
          labels: { 'berth.dev/cluster-id': 'other' },
        },
        spec: {
          podSelector: { matchLabels: { none: 'such' } },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{}],
          egress: [{}],
        },
      });
      const gone = { namespace: shop, name: 'out' };
      const { uid = '' } = (await policy(shop, 'out'))?.metadata ?? {};
      await other.delete(NETWORK_POLICIES, gone, { uid });
      await pass();
      await isAsWanted();
      expect((await policy(home, 'same-namespace'))?.metadata.uid).toBe(
        theirs?.metadata.uid,
      );
      await isAtRest();

      tenants.profiles = undefined;
      await expect(pass()).resolves.toMatchObject({ settled: true });
      for (const { metadata } of wanted) {
        expect(
          await policy(metadata.namespace ?? '', metadata.name),
        ).toBeUndefined();
      }
      expect(await rest.binding()).toBeDefined();
      await isAtRest();
    },
    CASE_MS,
  );

  it(
    'P12 P13 P16 P17 sets the fields that the policy pack reads, and restores them',
    async () => {
      const { share, pass, tenants, writes, namespace, group, name } = setUp();
      const identity = {
        owner: group,
        used: {
          entityUid: 'e1',
          values: { runAsGroup: 100, supplementalGroups: [200, 300] },
        },
        since: '',
      };
      const identities = new Map<string, OwnerIdentity>();
      const [profile] = parseProfiles([
        {
          name: 'pack',
          identity: { gid: 'example.com/gid' },
          placement: {
            nodeSelector: { pool: 'gpu' },
            tolerations: [
              { key: 'gpu', operator: 'Exists', effect: 'NoExecute' },
            ],
            enforce: true,
          },
          storageClass: { replace: 'standard', by: 'fast' },
        },
      ]);
      Object.assign(tenants, { profiles: { group: profile }, identities });
      const fields = async () => {
        const { labels, annotations } = (await namespace())?.metadata ?? {};
        return Object.fromEntries(
          Object.entries({ ...labels, ...annotations }).filter(([key]) =>
            /(run-as|supplemental|identity|placement|node|tolerations|storage)/.test(
              key,
            ),
          ),
        );
      };
      await share();
      await expect(pass()).resolves.toMatchObject({ failed: true });
      expect(await fields()).not.toHaveProperty(['berth.dev/run-as-group']);
      expect(writes).toEqual(['create Namespace', 'apply Namespace']);

      identities.set(group, identity);
      await expect(pass()).resolves.toMatchObject({ failed: false });
      const wanted = {
        'berth.dev/identity': 'enforced',
        'berth.dev/run-as-group': '100',
        'berth.dev/supplemental-groups': '200,300',
        'berth.dev/placement': 'enforced',
        'berth.dev/node-selector': 'pool=gpu',
        'berth.dev/tolerations': 'gpu:NoExecute',
        'berth.dev/storage-class': 'set',
        'berth.dev/storage-class-replace': 'standard',
        'berth.dev/storage-class-by': 'fast',
      };
      expect(await fields()).toEqual(wanted);
      const before = writes.length;
      await pass();
      expect(writes).toHaveLength(before);

      await other.apply<NamespaceObject>(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels: { 'berth.dev/identity': 'off' },
          annotations: { 'berth.dev/run-as-group': '0' },
        },
      });
      await expect(pass()).resolves.toMatchObject({ failed: false });
      expect(await fields()).toEqual(wanted);

      identities.delete(group);
      await pass();
      expect(await fields()).toMatchObject({
        'berth.dev/identity': 'enforced',
      });
      expect(await fields()).not.toHaveProperty(['berth.dev/run-as-group']);
    },
    CASE_MS,
  );

  it(
    'P1 P4 P22 keeps the labels and annotations of a profile, and takes away exactly its own',
    async () => {
      const { share, pass, tenants, writes, namespace, ...rest } = setUp();
      const { name: home } = rest;
      const legacy = `${home}-legacy`;
      await admin.create(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: legacy, labels: ownLabels(CLUSTER.id) },
      });
      const theirs = (fields: Partial<NamespaceObject['metadata']>) =>
        other.apply<NamespaceObject>(NAMESPACES, {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: home, ...fields },
        });
      const fields = async (keys: string[]) => {
        const { labels, annotations } = (await namespace())?.metadata ?? {};
        return keys.map(key => labels?.[key] ?? annotations?.[key]);
      };
      const isAtRest = async (result: object) => {
        const before = writes.length;
        await expect(pass()).resolves.toMatchObject(result);
        expect(writes).toHaveLength(before);
      };
      const keys = ['team', 'example.com/tier', 'example.com/note', 'foreign'];
      const profile = { name: 'fields', networkPolicies: [] };
      Object.assign(tenants, {
        namespaces: [asked(legacy, 'adopted')],
        profiles: {
          group: {
            ...profile,
            labels: { team: 'a', 'example.com/tier': '1' },
            annotations: { 'example.com/note': 'by the profile' },
          },
        },
      });
      await share();

      await expect(pass()).resolves.toMatchObject({ settled: true });
      expect(await fields(keys)).toEqual([
        'a',
        '1',
        'by the profile',
        undefined,
      ]);
      const adopted = await admin.get(NAMESPACES, { name: legacy });
      expect(adopted?.metadata.labels).not.toHaveProperty('team');
      await theirs({ labels: { foreign: 'stays' } });
      await isAtRest({ settled: true, failed: false });

      tenants.profiles = { group: { ...profile, labels: { team: 'b' } } };
      await pass();
      expect(await fields(keys)).toEqual(['b', undefined, undefined, 'stays']);
      await isAtRest({ failed: false });

      await theirs({ labels: { foreign: 'stays', team: 'theirs' } });
      await isAtRest({ settled: true, failed: true });
      await isAtRest({ settled: true, failed: true });
      expect(await rest.state()).toBe('Failed ProfileOverwritten');
      await theirs({
        labels: { foreign: 'stays' },
        annotations: { [PROFILE_FIELDS]: '' },
      });
      await pass();
      expect(await fields(keys)).toEqual(['b', undefined, undefined, 'stays']);
      await isAtRest({ failed: false });

      tenants.profiles = undefined;
      await pass();
      expect(await fields(keys)).toEqual([
        undefined,
        undefined,
        undefined,
        'stays',
      ]);
      expect(await rest.binding()).toBeDefined();
      await isAtRest({ failed: false });
    },
    CASE_MS,
  );

  it(
    'P2 P4 P12 P16 keeps the fields of a profile when a namespace of a former registration is taken over',
    async () => {
      const former = { id: 'former', name: 'old', deletedAt: '' };
      const before = setUp({ id: former.id });
      const after = setUp({ id: 'registered-again', name: before.name });
      const [profile] = parseProfiles([
        {
          name: 'pack',
          labels: { tier: 'gold' },
          annotations: { 'example.com/note': 'by the profile' },
          podSecurity: { enforce: 'baseline' },
          placement: { nodeSelector: { pool: 'gpu' }, enforce: true },
        },
      ]);
      before.tenants.profiles = { group: profile };
      after.tenants.profiles = { group: profile };
      await before.share();
      await before.pass();
      const { labels, annotations } =
        (await before.namespace())?.metadata ?? {};
      expect({ ...labels, ...annotations }).toMatchObject({
        tier: 'gold',
        'berth.dev/placement': 'enforced',
        'example.com/note': 'by the profile',
        'pod-security.kubernetes.io/enforce': 'baseline',
      });

      const wanted = desired(after.cluster, await after.share(), after.tenants);
      await takeOver(
        admin,
        after.cluster,
        former,
        wanted,
        new AbortController().signal,
      );
      const { metadata } = (await after.namespace()) ?? {};
      expect(metadata).toMatchObject({
        labels: { ...labels, ...ownLabels(after.cluster.id) },
        annotations,
      });
      await expect(after.pass()).resolves.toMatchObject({ failed: false });
      expect(after.writes).toEqual(['apply RoleBinding']);

      // The profile still gives up what it no longer has, and the plan says so.
      after.tenants.profiles = undefined;
      const [bare] = desired(
        after.cluster,
        await after.shares.list(),
        after.tenants,
      );
      const found = await after.namespace();
      expect(
        found && removedFields(bare.namespace, found).map(one => one.field),
      ).toEqual(
        expect.arrayContaining([
          'metadata.labels["pod-security.kubernetes.io/enforce"]',
          'metadata.labels.tier',
          'metadata.annotations["example.com/note"]',
        ]),
      );
      await after.pass();
      const kept = Object.keys(
        (await after.namespace())?.metadata.labels ?? {},
      );
      // Older versions of Kubernetes do not set the label with the name.
      expect(
        kept.filter(key => key !== 'kubernetes.io/metadata.name').sort(),
      ).toEqual(Object.keys(ownLabels(after.cluster.id)).sort());
    },
    CASE_MS,
  );

  it.each([
    ['a former registration, by its labels', 'former'],
    ['this registration, by the token of an admin', 'registered-again'],
  ])(
    'P1 P2 P12 keeps what Berth set in a namespace that is taken over from %s and has no profile then',
    async (_, formerId) => {
      const id = 'registered-again';
      const before = setUp({ id: formerId });
      const after = setUp({ id, name: before.name });
      const [profile] = parseProfiles([
        {
          name: 'pack',
          labels: { tier: 'gold' },
          annotations: { 'example.com/note': 'by the profile' },
          podSecurity: { enforce: 'restricted' },
          placement: { nodeSelector: { pool: 'gpu' }, enforce: true },
        },
      ]);
      before.tenants.profiles = { group: profile };
      await before.share();
      await before.pass();
      const { labels, annotations } =
        (await before.namespace())?.metadata ?? {};
      expect({ ...labels, ...annotations }).toMatchObject({
        tier: 'gold',
        'berth.dev/placement': 'enforced',
        'berth.dev/node-selector': 'pool=gpu',
        'example.com/note': 'by the profile',
        'pod-security.kubernetes.io/enforce': 'restricted',
      });

      if (formerId === id) {
        await adoptNamespace(admin, after.cluster, after.name);
      } else {
        await takeOver(
          admin,
          after.cluster,
          { id: formerId, name: 'old', deletedAt: '' },
          [],
          new AbortController().signal,
        );
      }
      const adopted = asked(after.name, 'adopted');
      const isKept = async (owner: string | undefined, list: object) => {
        const { metadata } = (await after.namespace()) ?? {};
        expect(metadata?.labels).toEqual({ ...labels, ...ownLabels(id) });
        expect(metadata?.annotations).toEqual({
          ...annotations,
          ...list,
          'berth.dev/group': owner ?? '',
        });
      };
      const write = (metadata: Partial<NamespaceObject['metadata']>) =>
        other.apply<NamespaceObject>(NAMESPACES, {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: after.name, ...metadata },
        });
      const lists: Record<string, string>[] = [{}, { [PROFILE_FIELDS]: '' }];
      for (const list of lists) {
        // An admin of the cluster may remove the list of the fields.
        await write({ annotations: list });
        for (const owner of [undefined, 'group:default/other', after.group]) {
          after.tenants.namespaces = [{ ...adopted, owner }];
          await expect(after.pass()).resolves.toMatchObject({ failed: false });
          await isKept(owner, list);
        }
        // It becomes the home of a group, and has a quota.
        after.tenants.quotas = [quotaOf(after.name)];
        await after.share();
        await expect(after.pass()).resolves.toMatchObject({ failed: false });
        await isKept(after.group, list);
        const written = after.writes.length;
        await expect(after.pass()).resolves.toMatchObject({ settled: true });
        expect(after.writes).toHaveLength(written);
        await after.unshare();
        after.tenants.quotas = [];
        after.tenants.profiles = { group: profile };
      }

      // What an admin of the cluster changes or removes stays so.
      const enforced = { 'pod-security.kubernetes.io/enforce': 'baseline' };
      await write({ labels: enforced });
      after.tenants.namespaces = [adopted];
      await after.pass();
      expect((await after.namespace())?.metadata.labels).toMatchObject(
        enforced,
      );
      await write({});
      after.tenants.namespaces = [{ ...adopted, owner: after.group }];
      await after.pass();
      const now = (await after.namespace())?.metadata;
      expect(now?.annotations?.['berth.dev/group']).toBe(after.group);
      expect(now?.labels).not.toHaveProperty(Object.keys(enforced)[0]);
    },
    CASE_MS,
  );

  it(
    'P8 S21 gives a person no namespace of a former registration, and names ways out that work',
    async () => {
      const former = { id: 'former', name: 'old', deletedAt: '' };
      const before = setUp({ id: former.id });
      const after = setUp({ id: 'registered-again', name: before.name });
      const [kept, given] = ['kept', 'given'].map(it => `${it}-${after.name}`);
      const user = `user:default/${after.name}`;
      const ownerOf = (name: string, userUid: string) => ({
        clusterId: CLUSTER.id,
        name,
        user,
        userUid,
        role: 'edit' as const,
        made: false,
      });
      const bindingOf = (name: string, userUid: string) =>
        admin.get(ROLE_BINDINGS, {
          namespace: name,
          name: personalBindingName(ownerOf(name, userUid)),
        });
      const asks = ({ tenants }: typeof before, userUid: string) =>
        Object.assign(tenants, {
          namespaces: [kept, given].map(name => ({
            ...asked(name, 'personal'),
            owner: user,
          })),
          personal: [kept, given].map(name => ownerOf(name, userUid)),
        });
      asks(before, 'uid-1');
      await before.pass();
      expect(await bindingOf(given, 'uid-1')).toBeDefined();

      // The cluster did not answer when a later user of the same name asked, so the portal could not refuse.
      asks(after, 'uid-2');
      const takeAll = () =>
        takeOver(
          admin,
          after.cluster,
          former,
          desired(after.cluster, [], after.tenants),
          new AbortController().signal,
        );
      await expect(after.pass()).resolves.toMatchObject({ failed: true });
      await expect(takeAll()).rejects.toThrow('can be taken over');
      await after.pass();
      expect(after.writes).toEqual([]);
      for (const name of [kept, given]) {
        expect(await bindingOf(name, 'uid-2')).toBeUndefined();
      }

      // An admin transfers the one with content to a group, and takes it over.
      after.tenants.personal = [ownerOf(given, 'uid-2')];
      after.tenants.namespaces = [
        asked(kept),
        { ...asked(given, 'personal'), owner: user },
      ];
      await expect(takeAll()).resolves.toMatchObject({ namespaces: [kept] });
      // An admin deletes the other one.
      const { uid = '' } =
        (await admin.get(NAMESPACES, { name: given }))?.metadata ?? {};
      await admin.delete(NAMESPACES, { name: given }, { uid });
      let result = await after.pass();
      while (!result.settled) {
        await new Promise(resolve => {
          setTimeout(resolve, 250);
        });
        result = await after.pass();
      }
      expect(result).toMatchObject({ failed: false });
      expect(await bindingOf(kept, 'uid-1')).toBeUndefined();
      expect(await bindingOf(kept, 'uid-2')).toBeUndefined();
      expect(await bindingOf(given, 'uid-2')).toBeDefined();
    },
    CASE_MS,
  );

  it(
    'P4 P12 restores its own fields next to a label that something else changes',
    async () => {
      const { share, pass, state, tenants, writes, namespace, name } = setUp();
      const [profile] = parseProfiles([
        {
          name: 'pack',
          labels: { tier: 'gold', team: 'a' },
          placement: { nodeSelector: { pool: 'gpu' }, enforce: true },
        },
      ]);
      tenants.profiles = { group: profile };
      await share();
      await pass();
      await other.apply<NamespaceObject>(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels: { tier: 'lead', 'berth.dev/placement': 'off' },
          annotations: { 'berth.dev/node-selector': 'pool=all' },
        },
      });
      await pass();
      expect((await namespace())?.metadata).toMatchObject({
        labels: {
          tier: 'lead',
          team: 'a',
          'berth.dev/placement': 'enforced',
        },
        annotations: { 'berth.dev/node-selector': 'pool=gpu' },
      });
      expect(await state()).toBe('Failed ProfileOverwritten');
      const before = writes.length;
      await expect(pass()).resolves.toMatchObject({ failed: true });
      expect(writes).toHaveLength(before);
    },
    CASE_MS,
  );
}

function quotaOf(namespace: string): QuotaRecord {
  return {
    clusterId: CLUSTER.id,
    namespace,
    hard: { pods: '3' },
    limits: [],
    priorityClasses: [],
    state: 'Pending',
    since: new Date().toISOString(),
  };
}

function asked(
  name: string,
  origin: NamespaceRecord['origin'] = 'request',
): NamespaceRecord {
  const now = new Date().toISOString();
  return {
    clusterId: CLUSTER.id,
    name,
    origin,
    phase: 'Pending',
    state: 'Pending',
    since: now,
    createdAt: now,
  };
}
