import { isRecord } from '../values';
import { JsonRecord } from './json';

/** From this minor version on, API servers refuse fields that they do not know. */
const REFUSES_UNKNOWN = 25;

/** Fields that API servers change on their own. */
const OF_SERVER: ReadonlySet<string> = new Set([
  'metadata',
  'status',
  'stringData',
]);

/** Returns whether an API server of a version ignores fields that it does not know, and reports nothing. */
export function ignoresUnknownFields(version: string | undefined): boolean {
  const minor = /^v1\.(\d+)/.exec(version ?? '')?.[1];
  return minor !== undefined && Number(minor) < REFUSES_UNKNOWN;
}

/**
 * Returns the paths of fields that a change sets and that the changed object does not have. Empty values do not count,
 * because API servers leave them out.
 */
export function ignoredFields(patch: JsonRecord, made: JsonRecord): string[] {
  const sent = Object.entries(patch).filter(([field]) => !OF_SERVER.has(field));
  return [...new Set(missingIn(Object.fromEntries(sent), [made], ''))];
}

/** @param made - the values that may have the fields of `sent`: all items of a list, because lists are merged */
function missingIn(
  sent: unknown,
  made: readonly unknown[],
  path: string,
): string[] {
  if (Array.isArray(sent)) {
    const items = made.flatMap(one => (Array.isArray(one) ? one : []));
    return sent.filter(isRecord).flatMap(item => missingIn(item, items, path));
  }
  if (!isRecord(sent)) {
    return [];
  }
  const known = made.filter(isRecord);
  return Object.entries(sent).flatMap(([field, value]) => {
    const inner = path === '' ? field : `${path}.${field}`;
    const found = known.filter(one => Object.hasOwn(one, field));
    if (found.length === 0) {
      return isEmpty(value) ? [] : [inner];
    }
    return missingIn(
      value,
      found.map(one => one[field]),
      inner,
    );
  });
}

function isEmpty(value: unknown): boolean {
  if (isRecord(value)) {
    return Object.values(value).every(isEmpty);
  }
  return Array.isArray(value) ? value.length === 0 : !value;
}
