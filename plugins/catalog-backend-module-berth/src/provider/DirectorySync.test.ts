import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { DirectorySync } from './DirectorySync';

function setUp() {
  const state = {
    now: 0,
    source: new Map<string, string>(),
    failAfter: Infinity,
    /** Digests by name. */
    catalog: new Map<string, string | undefined>(),
    mutations: [] as string[][],
  };
  const entity = (name: string, title: string): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name, title },
  });
  const applyMutation = jest.fn(async (mutation: EntityProviderMutation) => {
    if (mutation.type !== 'delta') {
      throw new Error('a full mutation');
    }
    const added = mutation.added.map(({ entity: { metadata } }) => {
      state.catalog.set(
        metadata.name,
        metadata.annotations?.['berth.dev/digest'],
      );
      return metadata.name;
    });
    const removed = mutation.removed.map(item =>
      ('entityRef' in item ? item.entityRef : '').replace(/.*\//, ''),
    );
    removed.forEach(name => state.catalog.delete(name));
    state.mutations.push([
      ...added.map(name => `+${name}`),
      ...removed.map(name => `-${name}`),
    ]);
  });
  const logger = mockServices.logger.mock();
  const create = () =>
    DirectorySync.create({
      what: 'namespaces',
      type: 'kubernetes-namespace',
      connection: { applyMutation, refresh: jest.fn() },
      known: { digests: async () => new Map(state.catalog) },
      logger,
      now: () => state.now,
      async *pages() {
        const all = [...state.source].map(item => entity(...item));
        for (let start = 0; start < all.length || start === 0; start += 2) {
          if (start >= state.failAfter) {
            throw new Error('the page failed');
          }
          yield all.slice(start, start + 2);
        }
      },
    });
  let sync = create();
  const run = async (replica = sync) => {
    state.mutations = [];
    await replica.run();
    return state.mutations;
  };
  return {
    create,
    logger,
    restart: () => {
      sync = create();
    },
    run,
    set: (...names: string[]) => {
      state.source = new Map(names.map(name => [name, name]));
    },
    state,
  };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `n${index}`);

describe('DirectorySync', () => {
  it('writes only new and changed entities to the catalog', async () => {
    const { run, set, state } = setUp();
    set('a', 'b', 'c');
    expect(await run()).toEqual([['+a', '+b'], ['+c']]);
    expect(await run()).toEqual([]);

    state.source.set('b', 'another title');
    expect(await run()).toEqual([['+b']]);
  });

  it('deletes entities that the source no longer returns, also after a restart', async () => {
    const { restart, run, set, state } = setUp();
    set('a', 'b', 'c');
    await run();
    set('a', 'c');
    expect(await run()).toEqual([['-b']]);

    set('a');
    restart();
    await run();
    expect([...state.catalog.keys()]).toEqual(['a']);
  });

  it('writes nothing after a restart, and undoes what another replica wrote before', async () => {
    const { create, restart, run, set, state } = setUp();
    const other = create();
    set('a', 'b');
    await run();
    restart();
    expect(await run()).toEqual([]);

    state.source.set('a', 'another title');
    expect(await run(other)).toEqual([['+a']]);
    state.source.set('a', 'a');
    expect(await run()).toEqual([['+a']]);
  });

  it('restores entities that were removed from the catalog by hand', async () => {
    const { run, set, state } = setUp();
    set('a', 'b');
    await run();
    state.catalog.delete('a');

    expect(await run()).toEqual([['+a']]);
  });

  it('S38 deletes nothing when a page fails', async () => {
    const { run, set, state } = setUp();
    set('a', 'b', 'c', 'd');
    await run();
    set('a', 'b', 'd');
    state.failAfter = 2;

    await expect(run()).rejects.toThrow('the page failed');
    expect(state.mutations).toEqual([]);

    state.failAfter = Infinity;
    expect(await run()).toEqual([['-c']]);
  });

  it('S38 deletes nothing when the source is suddenly empty', async () => {
    const { logger, run, set, state } = setUp();
    set('a', 'b');
    await run();
    set();

    expect(await run()).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no longer has 2 of 2 namespaces'),
    );
    state.now = 3_599_999;
    expect(await run()).toEqual([]);
    expect([...state.catalog.keys()]).toEqual(['a', 'b']);
  });

  it('follows a source that has been empty for an hour', async () => {
    const { run, set, state } = setUp();
    set('a', 'b');
    await run();
    set();
    await run();
    state.now = 1_800_000;
    await run();
    state.now = 3_600_000;

    expect(await run()).toEqual([['-a', '-b']]);
    expect(await run()).toEqual([]);
  });

  it('S38 delays the deletion of most entities, until the source returns them again', async () => {
    const { run, set, state } = setUp();
    set(...many(20));
    await run();
    set(...many(9));
    expect(await run()).toEqual([]);

    set(...many(20));
    await run();
    set(...many(9));
    state.now = 3_600_000;
    expect(await run()).toEqual([]);
  });

  it('S38 starts the hour again on a replica that has not looked for long', async () => {
    const { run, set, state } = setUp();
    set('a', 'b');
    await run();
    set();
    await run();
    state.now = 3_600_000;
    expect(await run()).toEqual([]);
  });
});
