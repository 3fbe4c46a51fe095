import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { personalBindingName } from '../access/personalBinding';
import { migrate } from '../database/migrate';
import { NamespaceKey, NewPersonalNamespace } from '../model/tenancy';
import { DatabaseFormerBindings } from '../reconciler/former/DatabaseFormerBindings';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from './DatabaseShareStore';
import { DatabaseTenancy } from './DatabaseTenancy';

const ALICE = { user: 'user:default/alice', userUid: 'uid-1' };
const BOB = { user: 'user:default/bob', userUid: 'uid-b' };

describe('personal namespaces in the database', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    const register = async (name: string) => {
      const { id } = await clusters.create({
        name,
        apiServer: 'https://k8s.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      return id;
    };
    const clusterId = await register('one');
    const tenancy = DatabaseTenancy.create(knex);
    const { namespaces, personal } = tenancy;
    const keyOf = (name: string) => ({ clusterId, name });
    return {
      clusterId,
      clusters,
      keyOf,
      knex,
      register,
      namespaces,
      personal,
      tenancy,
      shares: DatabaseShareStore.create(knex),
      make: (
        name: string,
        owner: Pick<NewPersonalNamespace, 'user' | 'userUid'> = ALICE,
      ) =>
        tenancy.transaction(async inside => {
          await inside.namespaces.create({
            ...keyOf(name),
            owner: owner.user,
            origin: 'personal',
          });
          await inside.personal.add({
            ...keyOf(name),
            ...owner,
            role: 'admin',
          });
        }),
      listed: async (person: typeof ALICE) => {
        const { items } = await namespaces.list(
          {
            visibleTo: [],
            visibleToUser: person,
          },
          { limit: 10 },
        );
        return items.map(({ name }) => name);
      },
    };
  }

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it('P6 are one per person and cluster, and leave nothing of a second one', async () => {
      const { keyOf, make, namespaces, personal } = await setUp(databaseId);
      await make('alice');
      await expect(make('alice-2')).rejects.toThrow(ConflictError);
      expect(await namespaces.get(keyOf('alice-2'))).toBeUndefined();
      expect(await personal.list()).toEqual([
        { ...keyOf('alice'), ...ALICE, role: 'admin', made: false },
      ]);
    });

    it('P6 were made once they were seen on the cluster, until their owner asks again', async () => {
      const { keyOf, make, namespaces, personal } = await setUp(databaseId);
      await make('alice');
      const key = keyOf('alice');
      const made = async () => (await personal.get(key))?.made;
      await namespaces.observe(key, { phase: 'Pending' });
      expect(await made()).toBe(false);
      await namespaces.observe(key, { phase: 'Active', uid: 'n-1' });
      expect(await made()).toBe(true);
      await namespaces.observe(key, { phase: 'Pending' });
      expect(await made()).toBe(true);
      await personal.createAgain(key);
      expect(await made()).toBe(false);
      await namespaces.remove(key);
      expect(await personal.list()).toEqual([]);
    });

    it('P8 are seen by the person, and not by a later person of the same name', async () => {
      const { listed, make } = await setUp(databaseId);
      await make('alice');
      await make('bob', BOB);
      expect(await listed(ALICE)).toEqual(['alice']);
      expect(await listed({ ...ALICE, userUid: 'uid-2' })).toEqual([]);
    });

    it('P8 are open to a former person as long as Berth has a role binding there, also after a transfer or a removal', async () => {
      const { clusterId, keyOf, knex, make, namespaces, personal } =
        await setUp(databaseId);
      const changes = {
        kept: async () => {},
        given: (key: NamespaceKey) =>
          personal.transfer(key, { ...BOB, role: 'edit' }),
        shared: (key: NamespaceKey) =>
          personal.transfer(key, 'group:default/team-a'),
        removed: (key: NamespaceKey) => namespaces.remove(key),
      };
      for (const [name, change] of Object.entries(changes)) {
        const owner = { user: `user:default/${name}`, userUid: 'uid-1' };
        await make(name, owner);
        const isOpen = async (userUid?: string, user = owner.user) =>
          (await personal.isOpenToFormer({ clusterId, user, userUid })) && name;
        expect(await isOpen('uid-2')).toBe(false);
        const binding = {
          cluster_id: clusterId,
          kind: 'RoleBinding',
          namespace: name,
          name: personalBindingName({ ...owner, role: 'admin' }),
        };
        await knex('inventory').insert({ ...binding, created_at: '' });
        await change(keyOf(name));
        expect(await isOpen('uid-2')).toBe(name);
        expect(await isOpen()).toBe(name);
        expect(await isOpen('uid-1')).toBe(false);
        expect(await isOpen('uid-1', BOB.user)).toBe(false);
        expect(await isOpen('uid-1', `user:acme/${name}`)).toBe(false);
        await knex('inventory').where(binding).delete();
        expect(await isOpen('uid-2')).toBe(false);
      }
    });

    it('P8 S21 are open to a former user after their cluster was deleted and registered again, until its bindings are gone there', async () => {
      const { clusterId, clusters, knex, make, personal, register } =
        await setUp(databaseId);
      await clusters.pin(clusterId, 'kube-1');
      await make('alice');
      const binding = {
        kind: 'RoleBinding',
        namespace: 'alice',
        name: personalBindingName({ ...ALICE, role: 'admin' }),
      };
      await knex('inventory').insert({
        ...binding,
        cluster_id: clusterId,
        created_at: '',
      });
      await clusters.delete(clusterId);
      const again = await register('one');
      const isOpen = (on: string, userUid?: string, user = ALICE.user) =>
        personal.isOpenToFormer({ clusterId: on, user, userUid });

      // Any former cluster may answer at an address that nothing was read from.
      expect(await isOpen(again, 'uid-2')).toBe(true);
      await clusters.pin(again, 'kube-1');
      expect(await isOpen(again, 'uid-2')).toBe(true);
      expect(await isOpen(again)).toBe(true);
      expect(await isOpen(again, ALICE.userUid)).toBe(false);
      expect(await isOpen(again, 'uid-2', BOB.user)).toBe(false);
      const other = await register('other');
      await clusters.pin(other, 'kube-2');
      expect(await isOpen(other, 'uid-2')).toBe(false);

      const formers = DatabaseFormerBindings.create(knex);
      expect(await formers.of(other)).toEqual([]);
      const left = await formers.of(again);
      expect(left).toEqual([
        {
          formerId: clusterId,
          namespace: 'alice',
          name: binding.name,
          deletedAt: expect.any(String),
        },
      ]);
      await formers.settle({ kubeSystemUid: 'kube-2' }, left);
      expect(await isOpen(again, 'uid-2')).toBe(true);
      await formers.settle({ kubeSystemUid: 'kube-1' }, left);
      expect(await isOpen(again, 'uid-2')).toBe(false);
      expect(await knex('former_personal_bindings')).toEqual([]);
    });

    it('P8 S21 are remembered once for each cluster, however often it is registered and deleted', async () => {
      const { clusterId, clusters, knex, personal, register } = await setUp(
        databaseId,
      );
      const binding = {
        kind: 'RoleBinding',
        namespace: 'alice',
        name: personalBindingName({ ...ALICE, role: 'admin' }),
        created_at: '',
      };
      const leave = async (id: string, kubeSystemUid: string) => {
        await clusters.pin(id, kubeSystemUid);
        await knex('inventory').insert({ ...binding, cluster_id: id });
        await clusters.delete(id);
        return id;
      };
      await leave(clusterId, 'kube-1');
      const other = await leave(await register('other'), 'kube-2');
      await leave(await register('again'), 'kube-1');
      const last = await leave(await register('again'), 'kube-1');
      const rows = await knex('former_personal_bindings').orderBy(
        'kube_system_uid',
      );
      expect(rows.map(row => row.former_cluster_id)).toEqual([last, other]);
      for (const uid of ['kube-1', 'kube-2']) {
        const now = await register(`now-${uid}`);
        await clusters.pin(now, uid);
        const asked = { clusterId: now, user: ALICE.user, userUid: 'uid-2' };
        expect(await personal.isOpenToFormer(asked)).toBe(true);
      }
    });

    it('P8 S21 of a deleted cluster whose UID was never read are open on each later one until it has no such binding', async () => {
      const { clusterId, clusters, knex, make, personal, register } =
        await setUp(databaseId);
      const before = await register('before');
      await clusters.pin(before, 'kube-0');
      await make('alice');
      await knex('inventory').insert({
        cluster_id: clusterId,
        kind: 'RoleBinding',
        namespace: 'alice',
        name: personalBindingName({ ...ALICE, role: 'admin' }),
        created_at: '',
      });
      await clusters.delete(clusterId);
      await knex('former_personal_bindings').update({
        deleted_at: new Date(Date.now() - 1_000).toISOString(),
      });
      await knex('clusters')
        .where({ id: before })
        .update({ created_at: new Date(0).toISOString() });
      const later = [await register('one'), await register('two')];
      await clusters.pin(later[0], 'kube-1');
      await clusters.pin(later[1], 'kube-2');
      const open = () =>
        Promise.all(
          [before, ...later].map(on =>
            personal.isOpenToFormer({
              clusterId: on,
              user: ALICE.user,
              userUid: 'uid-2',
            }),
          ),
        );
      expect(await open()).toEqual([false, true, true]);
      const formers = DatabaseFormerBindings.create(knex);
      await formers.settle(
        { kubeSystemUid: 'kube-1' },
        await formers.of(later[0]),
      );
      expect(await open()).toEqual([false, false, true]);
      await formers.settle(
        { kubeSystemUid: 'kube-2' },
        await formers.of(later[1]),
      );
      expect(await open()).toEqual([false, false, false]);
    });

    it('P8 find the binding of a former user by an index, not among all bindings of a cluster', async () => {
      const { clusterId, knex, personal } = await setUp(databaseId);
      const queries: { sql: string; bindings: Knex.RawBinding[] }[] = [];
      knex.on('query', query => queries.push(query));
      await personal.isOpenToFormer({ clusterId, user: ALICE.user });
      const [{ sql, bindings }] = queries;
      const isSqlite = databaseId === 'SQLITE_3';
      const explain = isSqlite ? 'explain query plan' : 'explain';
      const plan: unknown = await knex.transaction(async transaction => {
        if (!isSqlite) {
          // An empty table is not worth an index.
          await transaction.raw('set local enable_seqscan = off');
        }
        return transaction.raw(
          `${explain} ${sql.replace(/\$\d+/g, '?')}`,
          bindings,
        );
      });
      expect(JSON.stringify(plan)).toMatch(/inventory_personal_bindings/);
    });

    it('P8 keep their data when they get another owner', async () => {
      const { keyOf, make, namespaces, personal } = await setUp(databaseId);
      await make('alice');
      const key = keyOf('alice');
      await namespaces.observe(key, { phase: 'Active', uid: 'n-1' });
      const toBob = { ...BOB, role: 'edit' as const };
      expect(await personal.transfer(key, toBob)).toMatchObject({
        before: { owner: ALICE.user },
        after: { owner: BOB.user, origin: 'personal', uid: 'n-1' },
      });
      expect(await personal.list()).toEqual([{ ...key, ...toBob, made: true }]);

      const group = 'group:default/team-a';
      expect(await personal.transfer(key, group)).toMatchObject({
        after: { owner: group, origin: 'request', uid: 'n-1' },
      });
      expect(await personal.list()).toEqual([]);

      expect(await personal.transfer(key, toBob)).toMatchObject({
        after: { owner: BOB.user, origin: 'personal' },
      });
    });

    it('P8 a namespace that was taken over stays without a profile when a group gets it', async () => {
      const { keyOf, namespaces, personal } = await setUp(databaseId);
      const key = keyOf('legacy');
      const group = 'group:default/team-a';
      await namespaces.create({ ...key, origin: 'adopted' });
      expect(await personal.transfer(key, group)).toMatchObject({
        after: { owner: group, origin: 'adopted' },
      });
      expect(await namespaces.get(key)).toMatchObject({ origin: 'adopted' });
    });

    it('P8 are not transferred against the rules', async () => {
      const { clusterId, keyOf, make, namespaces, personal, shares } =
        await setUp(databaseId);
      await make('alice');
      await make('bob', BOB);
      await shares.replace(clusterId, ['group:default/team-a']);
      await namespaces.create({ ...keyOf('legacy'), origin: 'adopted' });
      const toBob = { ...BOB, role: 'edit' as const };
      const transfer = (name: string) => personal.transfer(keyOf(name), toBob);
      const message =
        'owner is refused: user:default/bob has the personal namespace bob on this cluster already';
      await expect(transfer('alice')).rejects.toMatchObject({
        message,
        problems: [{ path: ['owner'], message }],
      });
      await expect(transfer('team-a')).rejects.toThrow('is the home namespace');
      await expect(transfer('legacy')).rejects.toThrow('was taken over');
      await expect(transfer('none')).rejects.toThrow(NotFoundError);
      await namespaces.markDeleting(keyOf('bob'));
      await expect(
        personal.transfer(keyOf('bob'), 'group:default/team-a'),
      ).rejects.toThrow(NotFoundError);
      expect(await personal.list()).toMatchObject([
        { name: 'alice', user: ALICE.user },
        { name: 'bob', user: BOB.user },
      ]);
    });

    it('P8 keep their owner when other details change', async () => {
      const { keyOf, make, namespaces } = await setUp(databaseId);
      await make('alice');
      for (const owner of [null, 'group:default/team-a']) {
        await expect(
          namespaces.update(keyOf('alice'), { owner }),
        ).rejects.toThrow('is the personal namespace of user:default/alice');
      }
      await expect(
        namespaces.update(keyOf('alice'), { purpose: 'trials' }),
      ).resolves.toMatchObject({ after: { purpose: 'trials' } });
    });

    it('record who left the catalog, and who came back', async () => {
      const { keyOf, make, personal } = await setUp(databaseId);
      await make('alice');
      await make('bob', BOB);
      const alice = { ...keyOf('alice'), userUid: ALICE.userUid };
      await personal.setAbsent([alice], true);
      const absent = async () =>
        (await personal.list())
          .filter(({ absentSince }) => absentSince !== undefined)
          .map(({ name }) => name);
      expect(await absent()).toEqual(['alice']);
      await personal.setAbsent([alice], false);
      expect(await absent()).toEqual([]);
      await personal.setAbsent([], true);
      // Another owner got the namespace after its owner was read.
      await personal.transfer(keyOf('alice'), {
        user: 'user:default/carol',
        userUid: 'uid-c',
        role: 'edit',
      });
      await personal.setAbsent([alice], true);
      expect(await absent()).toEqual([]);
    });
  });
});
