import { KubeObject } from '../types';
import { RevisionForgotten, Store } from './Store';

function configMap(name: string, value = '1'): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'a' },
    data: { value },
  };
}

const names = (objects: KubeObject[]) =>
  objects.map(({ metadata }) => metadata.name);

describe('Store', () => {
  it('keeps objects in key order, and each namespace separate', () => {
    const store = new Store(10);
    store.put('configmaps', configMap('b'));
    store.put('configmaps', configMap('a'));
    store.put('configmaps', {
      ...configMap('c'),
      metadata: { name: 'c', namespace: 'a-b' },
    });
    const collection = store.collection('configmaps');
    expect(names(collection.values('a/'))).toEqual(['a', 'b']);
    expect(names(collection.values())).toEqual(['c', 'a', 'b']);
  });

  it('shows pages of one moment despite later writes', () => {
    const store = new Store(10);
    const collection = store.collection('configmaps');
    ['a', 'b', 'c', 'd'].forEach(name =>
      store.put('configmaps', configMap(name)),
    );
    const { revision } = store;
    const first = collection.slice({ prefix: 'a/', limit: 2 });
    expect(names(first.items)).toEqual(['a', 'b']);
    expect(first.remaining).toBe(2);

    store.remove('configmaps', collection.get('a/c')!);
    store.put('configmaps', configMap('d', '2'));
    store.put('configmaps', configMap('e'));
    const second = collection.slice({
      prefix: 'a/',
      after: first.next,
      revision,
    });
    expect(names(second.items)).toEqual(['c', 'd']);
    expect(second.items[1].data.value).toBe('1');
    expect(second.next).toBeUndefined();
  });

  it('forgets writes beyond its capacity, and reports that', () => {
    const store = new Store(4);
    const collection = store.collection('configmaps');
    store.put('configmaps', configMap('a'));
    const { revision } = store;
    for (let count = 0; count < 10; count += 1) {
      store.put('configmaps', configMap('a', `${count}`));
    }
    expect(() => collection.since(revision)).toThrow(RevisionForgotten);
    expect(() => collection.slice({ revision })).toThrow(RevisionForgotten);
    expect(collection.since(store.revision)).toEqual([]);
  });

  it('notifies listeners of every write in order', () => {
    const store = new Store(10);
    const seen: string[] = [];
    const collection = store.collection('configmaps');
    const unsubscribe = collection.subscribe(({ type, revision }) =>
      seen.push(`${type} ${revision}`),
    );
    const stored = store.put('configmaps', configMap('a'));
    store.put('configmaps', configMap('a', '2'));
    store.remove('configmaps', stored);
    unsubscribe();
    store.put('configmaps', configMap('b'));
    expect(seen).toEqual(['ADDED 2', 'MODIFIED 3', 'DELETED 4']);
  });
});
