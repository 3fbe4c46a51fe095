import { KubeKey, KubeObject } from '../../kube';
import { fingerprint } from './fingerprint';

/** The part of an object that is kept. */
export interface ReflectedObject {
  uid: string;
  resourceVersion: string;
  fingerprint: string;
}

const MAX_NAME_LENGTH = 253;
const MAX_UID_LENGTH = 64;
const SEPARATOR = ' ';

/**
 * The objects of one kind on one cluster, as last reported. So little of each is kept that half a million fit
 * in memory. Their number is bounded, because a cluster may be hostile.
 */
export class ReflectedObjects {
  readonly #max: number;
  /**
   * The objects by name, as `textOfObject` writes them: half a million objects of three strings each would take
   * twice the memory.
   */
  #objects = new Map<string, string>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#objects.size;
  }

  get isFull(): boolean {
    return this.#objects.size > this.#max;
  }

  get(key: KubeKey): ReflectedObject | undefined {
    const text = this.#objects.get(textOf(key));
    return text === undefined ? undefined : readObject(text);
  }

  *keys(): Iterable<KubeKey> {
    for (const text of this.#objects.keys()) {
      const [name, namespace] = text.split('/').reverse();
      yield { name, namespace };
    }
  }

  /** @returns whether anything that Berth owns changed */
  set(object: KubeObject): boolean {
    const reflected = reflect(object);
    if (!reflected) {
      return this.delete(object.metadata);
    }
    const before = this.get(object.metadata);
    this.#objects.set(textOf(object.metadata), textOfObject(reflected));
    return !isSame(before, reflected);
  }

  delete(key: KubeKey): boolean {
    return this.#objects.delete(textOf(key));
  }

  clear(): void {
    this.#objects.clear();
  }

  /** Replaces the objects by those of another list. @returns whether anything changed */
  replaceWith(other: ReflectedObjects): boolean {
    const before = this.#objects;
    this.#objects = other.#objects;
    other.#objects = new Map();
    return (
      before.size !== this.#objects.size ||
      [...this.#objects].some(([key, now]) => {
        const text = before.get(key);
        return text === undefined || !isSame(readObject(text), readObject(now));
      })
    );
  }
}

/** Returns undefined for an object that no API server would send. */
function reflect(object: KubeObject): ReflectedObject | undefined {
  const { uid, resourceVersion, name, namespace = '' } = object.metadata;
  return uid &&
    resourceVersion &&
    !`${uid}${resourceVersion}`.includes(SEPARATOR) &&
    uid.length <= MAX_UID_LENGTH &&
    name.length <= MAX_NAME_LENGTH &&
    namespace.length <= MAX_NAME_LENGTH
    ? { uid, resourceVersion, fingerprint: fingerprint(object) }
    : undefined;
}

function isSame(one: ReflectedObject | undefined, other: ReflectedObject) {
  return one?.uid === other.uid && one.fingerprint === other.fingerprint;
}

function textOfObject(object: ReflectedObject): string {
  const { uid, resourceVersion, fingerprint: print } = object;
  return [uid, resourceVersion, print].join(SEPARATOR);
}

function readObject(text: string): ReflectedObject {
  const [uid, resourceVersion, print] = text.split(SEPARATOR);
  return { uid, resourceVersion, fingerprint: print };
}

/**
 * Joins the parts of a key with `join`: a template string would be kept as a tree of its parts, at twice the
 * memory.
 */
function textOf({ namespace, name }: KubeKey): string {
  return namespace ? [namespace, name].join('/') : name;
}
