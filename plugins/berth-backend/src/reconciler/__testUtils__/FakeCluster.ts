import {
  KubeClient,
  KubeError,
  KubeKey,
  KubeObject,
  KubeResource,
} from '../../kube';
import { NamespaceObject, RoleBindingObject } from '../types';

/**
 * As much of a Kubernetes API as the reconciler meets, in memory. What it shares with the real one is
 * proven against that in the tests of the real control plane.
 */
export class FakeCluster implements KubeClient {
  /** What was written, such as `create Namespace/team-a`. */
  readonly writes: string[] = [];
  /** Called before each call; may throw. */
  before: (call: string) => void = () => {};
  /** Called after each call that succeeded; may throw, as when we die before the answer is read. */
  after: (call: string) => void = () => {};
  readonly #objects = new Map<string, KubeObject>();
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

  // eslint-disable-next-line require-yield
  async *list<T extends KubeObject>(): AsyncIterable<T> {
    throw new Error('The reconciler lists nothing');
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
      return this.put(resource, {
        ...existing,
        ...object,
        metadata: {
          ...existing?.metadata,
          ...object.metadata,
          labels: { ...existing?.metadata.labels, ...object.metadata.labels },
          annotations: {
            ...existing?.metadata.annotations,
            ...object.metadata.annotations,
          },
        },
      });
    });
  }

  async delete(
    resource: KubeResource,
    key: KubeKey,
    { uid }: { uid: string },
  ): Promise<boolean> {
    return this.#write(`delete ${text(resource, key)}`, () => {
      const existing = this.#objects.get(text(resource, key));
      if (existing && existing.metadata.uid !== uid) {
        throw conflict('Conflict');
      }
      return this.#objects.delete(text(resource, key));
    });
  }

  /** What somebody else on the cluster does. */
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
    this.#objects.set(key, stored);
    return structuredClone(stored);
  }

  /** What somebody else on the cluster does. A namespace takes what is in it along. */
  remove(kind: 'Namespace' | 'RoleBinding', name: string, namespace?: string) {
    this.#objects.delete(keyOf(kind, { name, namespace }));
    for (const key of this.#objects.keys()) {
      if (kind === 'Namespace' && key.split('/')[1] === name) {
        this.#objects.delete(key);
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
