import { parse } from 'yaml';
import { isObject } from '../reading';

/** Fields that the cluster sets, and that a person does not edit. */
const BY_THE_CLUSTER: ReadonlySet<string> = new Set([
  'status',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.managedFields',
]);

/** The most paths that are named. */
const MAX_PATHS = 10;

/**
 * Returns the fields that differ between two versions of an object, such as `spec.replicas`. Lists count as one
 * field. The status does not count.
 *
 * @param base - YAML
 * @param latest - YAML
 */
export function changedSince(base: string, latest: string): string[] {
  if (base === latest) {
    return [];
  }
  try {
    return [...pathsOf(parse(base), parse(latest), '')].slice(0, MAX_PATHS);
  } catch {
    return [];
  }
}

function* pathsOf(
  before: unknown,
  after: unknown,
  path: string,
): Generator<string> {
  if (BY_THE_CLUSTER.has(path)) {
    return;
  }
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([
      ...Object.keys(before),
      ...Object.keys(after),
    ])) {
      yield* pathsOf(before[key], after[key], path ? `${path}.${key}` : key);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    yield path;
  }
}
