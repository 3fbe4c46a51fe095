import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { KubeClient, KubeKey } from '../kube';
import { migrate } from '../database/migrate';
import { Person } from '../model/people';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseGroupNames } from '../tenancy/DatabaseGroupNames';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { DatabaseTenancy } from '../tenancy/DatabaseTenancy';
import { NamespaceNames } from '../tenancy/NamespaceNames';
import { PersonalNamespaces } from './PersonalNamespaces';
import { recordAbsentUsers } from './recordAbsentUsers';

const EVERYONE = 'group:default/everyone';

function personOf(name: string, more: Partial<Person> = {}): Person {
  return {
    userRef: `user:default/${name}`,
    uid: `uid-${name}`,
    username: `user:${name}`,
    groups: [EVERYONE],
    memberships: [{ group: EVERYONE, path: [EVERYONE] }],
    admin: false,
    auditor: false,
    ...more,
  };
}

describe('PersonalNamespaces', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: 'SQLITE_3' | 'POSTGRES_15') {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    const cluster = await clusters.create({
      name: 'staging',
      apiServer: 'https://k8s.example.com',
      caPem: 'the CA',
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
      namespacePrefix: 'my-',
    });
    const store = DatabaseShareStore.create(knex);
    const shares = await store.replace(cluster.id, [EVERYONE]);
    const tenancy = DatabaseTenancy.create(knex);
    const groups: Entity[] = [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'crew' },
        spec: { type: 'team', children: [] },
      },
    ];
    /** The namespaces that the cluster has without Berth. */
    const onCluster = new Set<string>();
    const changed = jest.fn();
    const changes = { changed };
    const auth = mockServices.auth();
    const personalNamespaces = new PersonalNamespaces({
      changes,
      names: new NamespaceNames({
        auth,
        catalog: catalogServiceMock({ entities: groups }),
        connect: () =>
          ({
            get: async (_: unknown, { name }: KubeKey) =>
              onCluster.has(name) ? { metadata: { name } } : undefined,
          } as unknown as KubeClient),
        groupNames: DatabaseGroupNames.create(knex),
        namespaces: tenancy.namespaces,
      }),
      rules: [
        {
          clusters: ['staging'],
          groups: [EVERYONE],
          role: 'edit',
          sizeClass: 'small',
          name: '{prefix}{user}',
        },
      ],
      sizeClasses: [{ name: 'small', hard: { pods: '3' }, limits: [] }],
      tenancy,
    });
    const visible = { cluster, shares };
    return {
      changed,
      cluster,
      onCluster,
      tenancy,
      visible,
      keyOf: (name: string) => ({ clusterId: cluster.id, name }),
      assertMayOwn: (name: string, owner: string) =>
        personalNamespaces.assertMayOwn(
          { cluster, namespace: { name, origin: 'request' } },
          owner,
        ),
      stateOf: (person: Person, of = visible) =>
        personalNamespaces.stateOf(person, of),
      entitle: (person: Person, field?: string) =>
        personalNamespaces.entitle(person, visible, field),
      make: (person: Person, given?: string, field?: string) =>
        personalNamespaces.make(person, visible, {
          given,
          by: person.userRef,
          field,
        }),
      sweep: (users: Person[]) =>
        recordAbsentUsers({
          auth,
          changes,
          personal: tenancy.personal,
          catalog: catalogServiceMock({
            entities: users.map(({ userRef, uid }) => ({
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'User',
              metadata: { name: userRef.split('/')[1], uid },
            })),
          }),
        }),
    };
  }

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    const id = databaseId as 'SQLITE_3' | 'POSTGRES_15';

    it('P6 are created once by 20 calls at the same time, with the quota', async () => {
      const { changed, keyOf, make, stateOf, tenancy } = await setUp(id);
      const alice = personOf('alice');
      expect(await stateOf(alice)).toEqual({
        state: 'absent',
        name: 'my-alice',
      });
      expect(await tenancy.personal.list()).toEqual([]);

      const made = await Promise.all(
        Array.from({ length: 20 }, () => make(alice)),
      );

      expect(new Set(made.map(({ name }) => name))).toEqual(
        new Set(['my-alice']),
      );
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      expect(changed).toHaveBeenCalledTimes(1);
      expect(await tenancy.personal.list()).toMatchObject([
        { name: 'my-alice', user: alice.userRef, role: 'edit' },
      ]);
      expect(await tenancy.quotas.list(keyOf('my-alice'))).toMatchObject([
        { sizeClass: 'small', hard: { pods: '3' } },
      ]);
      expect(await stateOf(alice)).toEqual({
        state: 'present',
        name: 'my-alice',
      });
    });

    it('P6 come back only when their owner asks again', async () => {
      const { changed, keyOf, make, stateOf, tenancy } = await setUp(id);
      const alice = personOf('alice');
      const key = keyOf('my-alice');
      await make(alice);
      await tenancy.namespaces.observe(key, { phase: 'Active', uid: 'n-1' });
      await tenancy.namespaces.observe(key, { phase: 'Pending' });
      expect(await stateOf(alice)).toMatchObject({ state: 'absent' });
      expect(await make(alice)).toEqual({ name: 'my-alice', created: true });
      expect(await tenancy.personal.get(key)).toMatchObject({ made: false });
      expect(changed).toHaveBeenCalledTimes(2);
    });

    it('P6 are for nobody who does not see the cluster, and for no other person', async () => {
      const { make, stateOf, visible } = await setUp(id);
      const outsider = personOf('mallory', { groups: [], memberships: [] });
      expect(await stateOf(outsider)).toBeUndefined();
      await expect(make(outsider)).rejects.toThrow(
        'has no personal namespaces for user:default/mallory',
      );
      expect(
        await stateOf(personOf('alice'), { ...visible, shares: [] }),
      ).toBeUndefined();
      expect(
        await stateOf(personOf('nobody', { uid: undefined })),
      ).toMatchObject({ state: 'refused' });
      await expect(
        make(personOf('nobody', { uid: undefined })),
      ).rejects.toThrow('has no UID');
    });

    it('P6 P8 name the field of the request that named a person who can have none', async () => {
      const { entitle, make } = await setUp(id);
      const outsider = personOf('mallory', { groups: [], memberships: [] });
      const unknown = personOf('nobody', { uid: undefined });
      for (const [person, reason] of [
        [outsider, 'staging has no personal namespaces for'],
        [unknown, 'The catalog has no UID of'],
      ] as const) {
        const { userRef } = person;
        await expect(make(person, undefined, 'user')).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(
            `user "${userRef}" is refused: ${reason} ${userRef}`,
          ),
          problems: [{ path: ['user'], message: expect.any(String) }],
        });
        expect(() => entitle(person, 'owner')).toThrow(
          expect.objectContaining({
            name: 'ConflictError',
            problems: [
              {
                path: ['owner'],
                message: expect.stringContaining(`owner "${userRef}"`),
              },
            ],
          }),
        );
      }
      expect(() => entitle(outsider)).toThrow(
        expect.objectContaining({ name: 'NotFoundError' }),
      );
    });

    it('P5 name the field where an admin must choose the name', async () => {
      const { make, onCluster } = await setUp(id);
      const acme = personOf('alice', { userRef: 'user:acme/alice' });
      await expect(make(acme)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('name is missing: user:acme/alice'),
        problems: [{ path: ['name'], message: expect.any(String) }],
      });
      onCluster.add('my-bob');
      await expect(make(personOf('bob'))).rejects.toMatchObject({
        problems: [
          {
            path: ['name'],
            message: expect.stringContaining('Ask a platform admin'),
          },
        ],
      });
    });

    it('P5 have the name of no group, and a name of an admin where theirs does not fit', async () => {
      const { make, stateOf } = await setUp(id);
      await expect(make(personOf('crew'))).rejects.toThrow(
        'is kept for the home namespace of the group',
      );
      const acme = personOf('alice', {
        userRef: 'user:acme/alice',
        uid: 'uid-acme',
      });
      expect(await make(personOf('alice'))).toMatchObject({ name: 'my-alice' });
      expect(await stateOf(acme)).toMatchObject({ state: 'needsName' });
      await expect(make(acme)).rejects.toThrow('Ask a platform admin');
      await expect(make(acme, 'alice')).rejects.toThrow('is taken');
      expect(await make(acme, 'alice-acme')).toEqual({
        name: 'my-alice-acme',
        created: true,
      });
      await expect(make(acme, 'other')).rejects.toThrow(
        'has the personal namespace my-alice-acme',
      );
    });

    it('P5 P8 are no namespaces with the name of a group of the catalog, which keep their owner', async () => {
      const { assertMayOwn } = await setUp(id);
      for (const name of ['crew', 'my-crew']) {
        await expect(assertMayOwn(name, 'user:default/bob')).rejects.toThrow(
          'is kept for the home namespace of group:default/crew',
        );
        await assertMayOwn(name, 'group:default/crew');
      }
      await assertMayOwn('other', 'user:default/bob');
    });

    it('P8 belong to one person, and not to a later one of the same name', async () => {
      const { keyOf, make, stateOf, sweep, tenancy } = await setUp(id);
      const alice = personOf('alice');
      const later = personOf('alice', { uid: 'uid-later' });
      await make(alice);
      expect(await stateOf(later)).toMatchObject({ state: 'needsName' });
      await expect(make(later)).rejects.toThrow('is taken');
      const absentSince = async () =>
        (await tenancy.personal.get(keyOf('my-alice')))?.absentSince;

      await sweep([alice]);
      expect(await absentSince()).toBeUndefined();
      await sweep([later]);
      expect(await absentSince()).toEqual(expect.any(String));
      await sweep([alice]);
      expect(await absentSince()).toBeUndefined();
      await sweep([]);
      expect(await absentSince()).toEqual(expect.any(String));
    });

    it('P6 name the way out where the cluster has a namespace of that name from a former registration', async () => {
      const { make, onCluster, tenancy } = await setUp(id);
      const alice = personOf('alice');
      onCluster.add('my-alice');
      await expect(make(alice)).rejects.toThrow(
        /"my-alice" is taken: .* Ask a platform admin to choose a name for your namespace, or to delete the other one/,
      );
      expect(await tenancy.personal.list()).toEqual([]);
      await expect(make(alice, 'alice-2')).resolves.toEqual({
        name: 'my-alice-2',
        created: true,
      });
      const bob = personOf('bob');
      onCluster.add('my-bob');
      await expect(make(bob)).rejects.toThrow('or to delete the other one');
      onCluster.delete('my-bob');
      await expect(make(bob)).resolves.toEqual({
        name: 'my-bob',
        created: true,
      });
    });
  });
});
