import {
  KubeCallOptions,
  KubeClient,
  KubeError,
  KubeKey,
  KubeObject,
  KubePage,
  KubeResource,
  KubeSelection,
  KubeWatchEvent,
} from '../src/kube';
import { NetworkPolicyObject } from '../src/reconciler/profiles/networkPolicy';
import { NamespaceObject, RoleBindingObject } from '../src/reconciler/types';

/**
 * An in-memory version of the part of the Kubernetes API that the reconciler uses. The tests on the real control
 * plane prove that it behaves like the real one.
 */
export class FakeCluster implements KubeClient {
  /** The writes, such as `create Namespace/team-a`. */
  readonly writes: string[] = [];
  /** Called before each call. May throw. */
  before: (call: string) => void = () => {};
  /** Called after each successful call. May throw, as if the process ended before it read the answer. */
  after: (call: string) => void = () => {};
  /** What the API server says of an object that is applied as a dry run. */
  warningsOf: (object: KubeObject) => string[] = () => [];
  readonly #objects = new Map<string, KubeObject>();
  readonly #history: { before?: KubeObject; after?: KubeObject }[] = [];
  readonly #changes = new EventTarget();
  /** The labels and annotations of each object that only an apply has set. */
  readonly #applied = new Map<string, Fields>();
  #forgotten = 0;
  #watching = new AbortController();
  #nextUid = 1;

  async version() {
    return { gitVersion: 'v1.33.1' };
  }

  async get<T extends KubeObject>(
    resource: KubeResource,
    key: KubeKey,
  ): Promise<T | undefined> {
    return this.#call(`get ${text(resource, key)}`, () => {
      const found = this.#objects.get(text(resource, key));
      return found && (structuredClone(found) as T);
    });
  }

  async *list<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
  ): AsyncIterable<T> {
    for await (const { items } of this.pages<T>(resource, selection)) {
      yield* items;
    }
  }

  async *pages<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
  ): AsyncIterable<KubePage<T>> {
    yield await this.#call(`list ${resource.plural}`, () => ({
      items: [...this.#objects.values()]
        .filter(
          object => object.kind === resource.kind && matches(object, selection),
        )
        .map(object => structuredClone(object) as T),
      begins: true,
      resourceVersion: String(this.#history.length),
    }));
  }

  async watch<T extends KubeObject>(
    resource: KubeResource,
    selection: KubeSelection & { resourceVersion: string },
    options?: KubeCallOptions,
  ): Promise<AsyncIterable<KubeWatchEvent<T>>> {
    const from = Number(selection.resourceVersion);
    await this.#call(`watch ${resource.plural}`, () => {
      if (from < this.#forgotten) {
        throw new KubeError('Gone', 'too old resource version');
      }
    });
    return this.#events<T>(resource, selection, from, options?.signal);
  }

  /** Ends all watches, like a broken connection. */
  cutWatches(): void {
    this.#watching.abort(new KubeError('TCP', 'cut'));
    this.#watching = new AbortController();
  }

  /** Makes watches from earlier versions fail. */
  forgetHistory(): void {
    this.#forgotten = this.#history.length;
  }

  async *#events<T extends KubeObject>(
    resource: KubeResource,
    selection: KubeSelection,
    from: number,
    signal?: AbortSignal,
  ): AsyncIterable<KubeWatchEvent<T>> {
    const cut = this.#watching.signal;
    for (let next = from; ; ) {
      signal?.throwIfAborted();
      cut.throwIfAborted();
      if (next === this.#history.length) {
        await changeOr(this.#changes, cut, signal);
        continue;
      }
      const { before, after } = this.#history[next++];
      const type = eventType(
        before && matches(before, selection),
        after && matches(after, selection),
      );
      const object = after ?? before;
      if (type && object?.kind === resource.kind) {
        yield {
          type,
          object: {
            ...structuredClone(object),
            metadata: { ...object.metadata, resourceVersion: String(next) },
          } as T,
        };
      }
    }
  }

  #record(key: string, after?: KubeObject) {
    const before = this.#objects.get(key);
    if (after) {
      after.metadata.resourceVersion = String(this.#history.length + 1);
      this.#objects.set(key, after);
    } else {
      this.#objects.delete(key);
    }
    this.#applied.set(
      key,
      mapFields(field =>
        pick(
          this.#applied.get(key)?.[field],
          (one, value) => after?.metadata[field]?.[one] === value,
        ),
      ),
    );
    this.#history.push({ before, after });
    this.#changes.dispatchEvent(new Event('change'));
  }

  async review(): Promise<never> {
    throw new Error('The reconciler reviews nothing');
  }

  async create<T extends KubeObject>(
    resource: KubeResource,
    object: T,
  ): Promise<T> {
    return this.#write(`create ${text(resource, object.metadata)}`, () => {
      if (this.#objects.has(text(resource, object.metadata))) {
        throw conflict('AlreadyExists');
      }
      return this.put(resource, object);
    });
  }

  async apply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
  ): Promise<T> {
    return this.#write(`apply ${text(resource, object.metadata)}`, () => {
      const existing = this.#objects.get(text(resource, object.metadata));
      const { uid } = object.metadata;
      if (uid !== undefined && uid !== existing?.metadata.uid) {
        throw conflict('Conflict');
      }
      if (existing && roleOf(existing) !== roleOf(object)) {
        throw new KubeError('Invalid', 'roleRef cannot be changed');
      }
      const key = text(resource, object.metadata);
      const before = this.#applied.get(key);
      const ours = mapFields(field =>
        pick(
          object.metadata[field],
          (one, value) =>
            existing?.metadata[field]?.[one] !== value ||
            before?.[field][one] === value,
        ),
      );
      // What an apply no longer names goes, unless another writer has set it, too.
      const fields = mapFields(field => ({
        ...pick(
          existing?.metadata[field],
          one => before?.[field][one] === undefined,
        ),
        ...object.metadata[field],
      }));
      const stored = this.put(resource, {
        ...existing,
        ...object,
        metadata: { ...existing?.metadata, ...object.metadata, ...fields },
      });
      this.#applied.set(key, ours);
      return stored;
    });
  }

  async applyHidden(resource: KubeResource, object: KubeObject) {
    const { metadata } = await this.apply(resource, object);
    return { metadata };
  }

  async dryRunApply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
  ): Promise<string[]> {
    return this.#call(`dry run ${text(resource, object.metadata)}`, () =>
      this.warningsOf(object),
    );
  }

  async delete(
    resource: KubeResource,
    key: KubeKey,
    { uid }: { uid?: string },
  ): Promise<boolean> {
    return this.#write(`delete ${text(resource, key)}`, () => {
      const existing = this.#objects.get(text(resource, key));
      if (existing && uid !== undefined && existing.metadata.uid !== uid) {
        throw conflict('Conflict');
      }
      if (existing) {
        this.#record(text(resource, key));
      }
      return existing !== undefined;
    });
  }

  /** Writes an object as another user of the cluster. */
  put<T extends KubeObject>(resource: KubeResource, object: T): T {
    const { namespace } = object.metadata;
    if (namespace && !this.#objects.has(`Namespace/${namespace}`)) {
      throw new KubeError('NotFound', 'no such namespace');
    }
    const key = text(resource, object.metadata);
    const uid =
      object.metadata.uid ??
      this.#objects.get(key)?.metadata.uid ??
      `uid-${this.#nextUid++}`;
    const stored = {
      ...structuredClone(object),
      metadata: { ...structuredClone(object.metadata), uid },
    };
    this.#record(key, stored);
    return structuredClone(stored);
  }

  /** Deletes an object as another user of the cluster. A namespace is deleted with its content. */
  remove(kind: string, name: string, namespace?: string) {
    const removed = keyOf(kind, { name, namespace });
    for (const key of [...this.#objects.keys()]) {
      if (
        key === removed ||
        (kind === 'Namespace' && key.split('/')[1] === name)
      ) {
        this.#record(key);
      }
    }
  }

  namespace(name: string): NamespaceObject | undefined {
    return this.#objects.get(`Namespace/${name}`);
  }

  binding(namespace: string, name = `berth:admin:${namespace}`) {
    return this.#objects.get(keyOf('RoleBinding', { name, namespace })) as
      | RoleBindingObject
      | undefined;
  }

  policies(namespace: string): NetworkPolicyObject[] {
    return [...this.#objects.values()].filter(
      (object): object is NetworkPolicyObject =>
        object.kind === 'NetworkPolicy' &&
        object.metadata.namespace === namespace,
    );
  }

  bindings(): RoleBindingObject[] {
    return [...this.#objects.values()].filter(
      (object): object is RoleBindingObject => object.kind === 'RoleBinding',
    );
  }

  async #write<T>(call: string, act: () => T): Promise<T> {
    return this.#call(call, () => {
      const result = act();
      this.writes.push(call);
      return result;
    });
  }

  async #call<T>(call: string, act: () => T): Promise<T> {
    this.before(call);
    const result = act();
    this.after(call);
    return result;
  }
}

type Fields = Record<'labels' | 'annotations', Record<string, string>>;

function mapFields(
  map: (field: keyof Fields) => Record<string, string>,
): Fields {
  return { labels: map('labels'), annotations: map('annotations') };
}

function pick(
  all: Record<string, string> = {},
  isPicked: (key: string, value: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => isPicked(key, value)),
  );
}

function matches(object: KubeObject, selection?: KubeSelection): boolean {
  const wanted = selection?.labelSelector?.split(',') ?? [];
  return wanted.every(requirement => {
    const [key, value] = requirement.split('=');
    return object.metadata.labels?.[key] === value;
  });
}

function eventType(before = false, after = false) {
  if (after) {
    return before ? 'MODIFIED' : 'ADDED';
  }
  return before ? 'DELETED' : undefined;
}

/** Resolves at the next change, or when a signal is aborted. */
async function changeOr(
  changes: EventTarget,
  ...signals: (AbortSignal | undefined)[]
): Promise<void> {
  const done = new AbortController();
  await new Promise<void>(resolve => {
    const options = { once: true, signal: done.signal };
    changes.addEventListener('change', () => resolve(), options);
    for (const signal of signals) {
      signal?.addEventListener('abort', () => resolve(), options);
    }
  });
  done.abort();
}

function text(resource: KubeResource, key: KubeKey): string {
  return keyOf(resource.kind, resource.namespaced ? key : { name: key.name });
}

function keyOf(kind: string, { namespace, name }: KubeKey): string {
  return [kind, namespace, name].filter(Boolean).join('/');
}

function roleOf(object: KubeObject): string {
  return JSON.stringify((object as RoleBindingObject).roleRef);
}

function conflict(reason: string): KubeError {
  return new KubeError('Conflict', `conflict: ${reason}`, {
    status: 409,
    reason,
  });
}
