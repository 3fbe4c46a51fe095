import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { IdentityRefresher } from './IdentityRefresher';
import { nextIdentity } from './nextIdentity';
import { CatalogIdentity, IdentityStore, OwnerIdentity } from './types';

const UID = 'ldap.example.com/uid';
const GID = 'ldap.example.com/gid';

const user = (name: string, uid: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name,
    uid: `entity of ${name}`,
    annotations: { [UID]: uid, [GID]: '100' },
  },
});

class MemoryIdentities implements IdentityStore {
  readonly rows = new Map<string, OwnerIdentity>();
  readonly owners: Map<string, string[]>;

  constructor(owners: Record<string, string[]>) {
    this.owners = new Map(Object.entries(owners));
  }

  async list(owners: string[]) {
    return owners.flatMap(owner => this.rows.get(owner) ?? []);
  }

  async ownersOn(clusterIds: string[]) {
    return new Map(
      [...this.owners].filter(([, ids]) =>
        ids.some(id => clusterIds.includes(id)),
      ),
    );
  }

  async ownersOfUserIds() {
    return new Map<number, string>();
  }

  async withoutNamespace() {
    return [...this.rows.keys()].filter(owner => !this.owners.has(owner));
  }

  async remove(owner: string) {
    this.rows.delete(owner);
  }

  async clustersOf(owner: string) {
    return this.owners.get(owner) ?? [];
  }

  async save(owner: string, catalog: CatalogIdentity) {
    const before = this.rows.get(owner) ?? { owner, since: '' };
    const after = { owner, since: '', ...nextIdentity(before, catalog) };
    this.rows.set(owner, after);
    return JSON.stringify(before) !== JSON.stringify(after);
  }

  async confirm() {
    return false;
  }
}

function setup(entities: Entity[], owners: Record<string, string[]>) {
  const store = new MemoryIdentities(owners);
  const onChange = jest.fn();
  const catalog = catalogServiceMock({ entities });
  const list = async () => [
    { id: 'c1', name: 'one' },
    { id: 'c2', name: 'two' },
  ];
  const refresher = new IdentityRefresher({
    auth: mockServices.auth(),
    catalog,
    clusters: { list } as never,
    profiles: [
      {
        name: 'ids',
        clusters: ['one'],
        networkPolicies: [],
        identity: { uid: UID, gid: GID, minimum: 1000 },
      },
    ],
    store,
    onChange,
    logger: mockServices.logger.mock(),
  });
  return { catalog, onChange, refresher, store };
}

describe('IdentityRefresher', () => {
  it('reads the owners on the clusters with such a profile, and reports changes once', async () => {
    const { onChange, refresher, store } = setup(
      [user('alice', '1000'), user('bob', '1001')],
      { 'user:default/alice': ['c1', 'c2'], 'user:default/bob': ['c2'] },
    );
    await refresher.refresh();
    await refresher.refresh();
    expect([...store.rows.keys()]).toEqual(['user:default/alice']);
    expect(store.rows.get('user:default/alice')?.used).toEqual({
      entityUid: 'entity of alice',
      values: { runAsUser: 1000, runAsGroup: 100, supplementalGroups: [] },
    });
    expect(onChange.mock.calls).toEqual([['c1'], ['c2']]);
  });

  it('P13 refuses a user ID that two persons of the catalog have, but not to the person who uses it', async () => {
    const alice = 'user:default/alice';
    const { refresher, store } = setup(
      [user('alice', '1000'), user('mallory', '1000'), user('Bob', '2000')],
      {
        [alice]: ['c1'],
        'user:default/mallory': ['c1'],
        'user:default/bob': ['c1'],
      },
    );
    const problem = (owner: string) => ({
      problem: `Several persons of the catalog have the user ID 1000 of ${owner}`,
    });
    await refresher.refresh();
    expect(store.rows.get(alice)).toMatchObject(problem(alice));
    expect(store.rows.get('user:default/bob')?.used).toBeDefined();

    const used = {
      entityUid: 'entity of alice',
      values: { runAsUser: 1000, runAsGroup: 100, supplementalGroups: [] },
    };
    store.rows.set(alice, { owner: alice, used, since: '' });
    await refresher.refresh();
    expect(store.rows.get(alice)).toEqual({ owner: alice, used, since: '' });
    expect(store.rows.get('user:default/mallory')).toMatchObject(
      problem('user:default/mallory'),
    );
  });

  it('keeps the IDs in use of a person who is not in the catalog, and stores nothing if the catalog fails', async () => {
    const alice = 'user:default/alice';
    const { catalog, onChange, refresher, store } = setup([], {
      [alice]: ['c1'],
    });
    await refresher.refresh();
    expect(store.rows.get(alice)?.problem).toBe(
      'user:default/alice is no User of the catalog',
    );
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('down'));
    onChange.mockClear();
    await expect(refresher.refresh()).rejects.toThrow('down');
    expect(onChange).not.toHaveBeenCalled();
  });

  it('reports what it has stored before it failed', async () => {
    const [alice, bob] = ['user:default/alice', 'user:default/bob'];
    const { onChange, refresher, store } = setup(
      [user('alice', '1000'), user('bob', '1001')],
      { [alice]: ['c1'], [bob]: ['c1'] },
    );
    const save = store.save.bind(store);
    jest.spyOn(store, 'save').mockImplementation(async (owner, catalog) => {
      if (owner === bob) {
        throw new Error('the database is down');
      }
      return save(owner, catalog);
    });
    await expect(refresher.refresh()).rejects.toThrow('the database is down');
    expect(onChange.mock.calls).toEqual([['c1']]);
  });

  it('gives the IDs of a person free who left the catalog and has no namespace', async () => {
    const { refresher, store } = setup([user('bob', '1001')], {});
    for (const owner of ['user:default/alice', 'user:default/bob']) {
      store.rows.set(owner, { owner, since: '' });
    }
    await refresher.refresh();
    expect([...store.rows.keys()]).toEqual(['user:default/bob']);
  });

  it('reads an owner once although several passes ask for it', async () => {
    const alice = 'user:default/alice';
    const { catalog, onChange, refresher } = setup([user('alice', '1000')], {
      [alice]: ['c1'],
    });
    const read = jest.spyOn(catalog, 'getEntitiesByRefs');
    const changed = new Promise(resolve => {
      onChange.mockImplementation(resolve);
    });
    refresher.request([alice]);
    refresher.request([alice]);
    expect(await changed).toBe('c1');
    expect(read).toHaveBeenCalledTimes(1);
  });
});
