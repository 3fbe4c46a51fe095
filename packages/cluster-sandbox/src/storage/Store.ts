import { KubeObject } from '../types';

/** One write, as reported to watches. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  revision: number;
  /** The object after the write; after a deletion, its last state with the revision of the deletion. */
  object: KubeObject;
  previous?: KubeObject;
}

export type StoreListener = (event: StoreEvent) => void;

export interface Slice {
  items: KubeObject[];
  /** The key after which the next slice begins, if there is one. */
  next?: string;
  remaining: number;
}

/** Thrown if a revision is older than the history of the collection. */
export class RevisionForgotten extends Error {
  readonly oldest: number;

  constructor(oldest: number) {
    super('the revision is no longer remembered');
    this.oldest = oldest;
  }
}

/**
 * The objects of one resource in key order, with a limited history of writes. The history serves both watches that
 * resume and list pages that continue at an older revision: undoing the writes since then gives the snapshot.
 */
export class Collection {
  readonly #objects = new Map<string, KubeObject>();
  readonly #keys: string[] = [];
  readonly #listeners = new Set<StoreListener>();
  readonly #capacity: number;
  #history: StoreEvent[] = [];
  #oldest = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): KubeObject | undefined {
    return this.#objects.get(key);
  }

  /** Returns every object whose key begins with the prefix. */
  values(prefix = ''): KubeObject[] {
    return this.slice({ prefix }).items;
  }

  /**
   * Returns objects from a key on, as of a revision.
   *
   * @throws RevisionForgotten if the history does not reach the revision
   */
  slice(options: {
    prefix?: string;
    after?: string;
    limit?: number;
    revision?: number;
    filter?: (object: KubeObject) => boolean;
  }): Slice {
    const { prefix = '', after, limit, revision, filter } = options;
    const past =
      revision === undefined ? undefined : this.#changedSince(revision);
    const keys = past ? this.#keysWith(past) : this.#keys;
    const items: KubeObject[] = [];
    let index =
      after === undefined
        ? lowerBound(keys, prefix)
        : lowerBound(keys, `${after}\0`);
    let last: string | undefined;
    for (; index < keys.length && keys[index].startsWith(prefix); index += 1) {
      if (limit !== undefined && items.length >= limit) {
        break;
      }
      const object = past?.has(keys[index])
        ? past.get(keys[index])
        : this.#objects.get(keys[index]);
      if (object && (!filter || filter(object))) {
        items.push(object);
      }
      last = keys[index];
    }
    const end = lowerBound(keys, `${prefix}\uffff`);
    return index < end
      ? { items, next: last, remaining: end - index }
      : { items, remaining: 0 };
  }

  /**
   * Returns the writes after a revision.
   *
   * @throws RevisionForgotten if the history does not reach the revision
   */
  since(revision: number): StoreEvent[] {
    if (revision < this.#oldest) {
      throw new RevisionForgotten(this.#oldest);
    }
    return this.#history.slice(
      firstIndex(this.#history, event => event.revision > revision),
    );
  }

  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets every write up to a revision, as etcd's compaction does. */
  forget(revision: number): void {
    this.#history = this.#history.filter(event => event.revision > revision);
    this.#oldest = Math.max(this.#oldest, revision);
  }

  /** Writes, records and reports an event; only for the store. */
  apply(key: string, event: StoreEvent): void {
    const index = lowerBound(this.#keys, key);
    if (event.type === 'DELETED') {
      this.#objects.delete(key);
      this.#keys.splice(index, 1);
    } else {
      this.#objects.set(key, event.object);
      if (event.type === 'ADDED') {
        this.#keys.splice(index, 0, key);
      }
    }
    this.#history.push(event);
    if (this.#history.length > this.#capacity * 1.25) {
      const dropped = this.#history.length - this.#capacity;
      this.#oldest = this.#history[dropped - 1].revision;
      this.#history = this.#history.slice(dropped);
    }
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }

  /** Returns, for every key written after the revision, the object at the revision. */
  #changedSince(revision: number): Map<string, KubeObject | undefined> {
    const past = new Map<string, KubeObject | undefined>();
    for (const event of this.since(revision)) {
      const key = keyOf(event.object);
      if (!past.has(key)) {
        past.set(key, event.previous);
      }
    }
    return past;
  }

  #keysWith(past: Map<string, KubeObject | undefined>): string[] {
    const keys = new Set(this.#keys);
    for (const [key, object] of past) {
      if (object) {
        keys.add(key);
      }
    }
    return [...keys].sort();
  }
}

/** Returns `namespace/name`, or only the name without a namespace. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return objectKey(namespace, name);
}

export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

function lowerBound(keys: string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function firstIndex<T>(entries: T[], test: (entry: T) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(entries[middle])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** All objects of a cluster with a common revision counter. */
export class Store {
  readonly #collections = new Map<string, Collection>();
  readonly #capacity: number;
  #revision = 1;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Returns the collection of a resource such as `apps/deployments`. */
  collection(resource: string): Collection {
    let collection = this.#collections.get(resource);
    if (!collection) {
      collection = new Collection(this.#capacity);
      this.#collections.set(resource, collection);
    }
    return collection;
  }

  /** Writes an object with the next revision, and returns it as stored. */
  put(resource: string, object: KubeObject): KubeObject {
    const collection = this.collection(resource);
    const key = keyOf(object);
    const previous = collection.get(key);
    const stored = this.#stamp(object);
    collection.apply(key, {
      type: previous ? 'MODIFIED' : 'ADDED',
      revision: this.#revision,
      object: stored,
      previous,
    });
    return stored;
  }

  /** Removes an object, and returns its last state with the revision of the removal. */
  remove(resource: string, object: KubeObject): KubeObject {
    const collection = this.collection(resource);
    const previous = collection.get(keyOf(object));
    const stamped = this.#stamp(object);
    collection.apply(keyOf(object), {
      type: 'DELETED',
      revision: this.#revision,
      object: stamped,
      previous,
    });
    return stamped;
  }

  /** Forgets the history of every resource. */
  compact(): void {
    for (const collection of this.#collections.values()) {
      collection.forget(this.#revision);
    }
  }

  #stamp(object: KubeObject): KubeObject {
    this.#revision += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: `${this.#revision}` },
    };
  }
}
