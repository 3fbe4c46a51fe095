import { JsonObject } from '../types';

/** A path in an object, with elements as in FieldsV1: `f:spec`, `k:{"name":"a"}`, `v:"x"`. */
export type FieldPath = readonly string[];

const SEPARATOR = '\u0000';

/** A set of paths, such as the fields of an owner or the changed fields. */
export class FieldSet {
  readonly #paths: Set<string>;

  constructor(paths: Iterable<string> = []) {
    this.#paths = new Set(paths);
  }

  /** Reads FieldsV1. */
  static fromFields(fields: JsonObject | undefined): FieldSet {
    const set = new FieldSet();
    const walk = (node: JsonObject, path: string[]) => {
      const keys = Object.keys(node);
      if (path.length > 0 && (keys.length === 0 || keys.includes('.'))) {
        set.add(path);
      }
      for (const key of keys) {
        if (key !== '.') {
          walk(node[key] ?? {}, [...path, key]);
        }
      }
    };
    walk(fields ?? {}, []);
    return set;
  }

  get size(): number {
    return this.#paths.size;
  }

  add(path: FieldPath): void {
    this.#paths.add(path.join(SEPARATOR));
  }

  has(path: FieldPath): boolean {
    return this.#paths.has(path.join(SEPARATOR));
  }

  /** Returns whether the set contains the path or anything below it. */
  reaches(path: FieldPath): boolean {
    if (this.has(path)) {
      return true;
    }
    const prefix = `${path.join(SEPARATOR)}${SEPARATOR}`;
    for (const candidate of this.#paths) {
      if (candidate.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  paths(): string[][] {
    return [...this.#paths].map(path => path.split(SEPARATOR));
  }

  union(other: FieldSet): FieldSet {
    return new FieldSet([...this.#paths, ...other.#paths]);
  }

  minus(other: FieldSet): FieldSet {
    return this.#filter(path => !other.#paths.has(path));
  }

  intersect(other: FieldSet): FieldSet {
    return this.#filter(path => other.#paths.has(path));
  }

  /** Returns the paths that pass a test. */
  where(test: (path: FieldPath) => boolean): FieldSet {
    return this.#filter(path => test(path.split(SEPARATOR)));
  }

  equals(other: FieldSet): boolean {
    return this.size === other.size && this.minus(other).size === 0;
  }

  /** Writes FieldsV1. */
  toFields(): JsonObject {
    const root: JsonObject = {};
    for (const path of this.paths().sort(comparePaths)) {
      let node = root;
      path.forEach((element, index) => {
        const known = Object.hasOwn(node, element);
        const last = index === path.length - 1;
        if (!known) {
          node[element] = {};
        }
        node = node[element];
        // FieldsV1 marks an owned node that also has owned children with a dot.
        if (last && Object.keys(node).length > 0) {
          node['.'] = {};
        }
        if (!last && this.has(path.slice(0, index + 1))) {
          node['.'] = {};
        }
      });
    }
    return root;
  }

  #filter(test: (path: string) => boolean): FieldSet {
    return new FieldSet([...this.#paths].filter(test));
  }
}

function comparePaths(a: string[], b: string[]): number {
  const left = a.join(SEPARATOR);
  const right = b.join(SEPARATOR);
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/** Writes a path in readable form: `.spec.containers[name="a"].image`. */
export function describePath(path: FieldPath): string {
  return path
    .map(element => {
      const value = element.slice(2);
      switch (element[0]) {
        case 'k':
          return `[${Object.entries(JSON.parse(value))
            .map(([key, part]) => `${key}=${JSON.stringify(part)}`)
            .join(',')}]`;
        case 'v':
          return `[=${value}]`;
        default:
          return `.${value}`;
      }
    })
    .join('');
}
