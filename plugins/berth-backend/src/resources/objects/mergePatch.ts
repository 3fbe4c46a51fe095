import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../values';
import { JsonRecord } from './json';

/** A field that both the person and others changed. The values are undefined where there is no field. */
export interface FieldConflict {
  path: string[];
  base: unknown;
  theirs: unknown;
  yours: unknown;
}

/**
 * Computes the JSON merge patch from one version of an object to another. A list is one field.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7396
 */
export function mergePatch(base: JsonRecord, typed: JsonRecord): JsonRecord {
  const patch: JsonRecord = {};
  for (const key of Object.keys(base)) {
    if (!isPresent(ownOf(typed, key)) && isPresent(base[key])) {
      patch[key] = null;
    }
  }
  for (const [key, wanted] of Object.entries(typed)) {
    const known = ownOf(base, key);
    if (!isPresent(wanted)) {
      continue;
    }
    if (isRecord(wanted) && isRecord(known)) {
      const inner = mergePatch(known, wanted);
      if (Object.keys(inner).length > 0) {
        patch[key] = inner;
      }
    } else if (!isDeepStrictEqual(wanted, known)) {
      patch[key] = wanted;
    }
  }
  return patch;
}

/**
 * Finds the fields of a patch that others changed since the person loaded the object, and not to the same value.
 *
 * @param patch - from `base` to what the person wants
 * @param live - the object as the cluster has it now
 */
export function conflictsOf(
  patch: JsonRecord,
  base: JsonRecord,
  live: JsonRecord,
  path: string[] = [],
): FieldConflict[] {
  return Object.entries(patch).flatMap(([key, wanted]) => {
    const known = orUndefined(ownOf(base, key));
    const theirs = orUndefined(ownOf(live, key));
    const at = [...path, key];
    if (isRecord(wanted) && isRecord(known) && isRecord(theirs)) {
      return conflictsOf(wanted, known, theirs, at);
    }
    const yours = orUndefined(wanted);
    return isDeepStrictEqual(known, theirs) || isDeepStrictEqual(yours, theirs)
      ? []
      : [{ path: at, base: known, theirs, yours }];
  });
}

/** Writes a path as `spec.replicas` or `metadata.annotations["a.b/c"]`. */
export function pathText(path: string[]): string {
  return path
    .map((key, index) => {
      if (!/^[A-Za-z_][\w-]*$/.test(key)) {
        return `[${JSON.stringify(key)}]`;
      }
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** Reads no field of the prototype, such as `constructor`. */
function ownOf(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Kubernetes reads null as no field. */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function orUndefined(value: unknown): unknown {
  return value === null ? undefined : value;
}
