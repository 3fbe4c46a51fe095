import { ObjectView } from '@berth/plugin-berth-common';
import { at, mapOf, textAt } from '../reading';
import { keysOf as partsOf } from '../yaml/takeTheirs';
import { encoded, Value } from './values';

/** A key of a ConfigMap or Secret in an edit. */
export interface EditedKey {
  key: string;
  /** Absent for a new key. */
  before?: Value;
  /** Absent for a key that is to be removed. */
  now?: Value;
}

/** What an edit does to a key. */
export type KeyChange = 'added' | 'changed' | 'removed';

/** Compares the names of keys: `key-2` comes before `key-10`. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;

/** Returns the keys of an object in their order. The values of a Secret are hidden. */
export function keysOf(view: ObjectView): EditedKey[] {
  const { object, secretKeys } = view;
  const values: [string, Value][] = secretKeys
    ? secretKeys.map(({ key, bytes }) => [key, { kind: 'hidden', bytes }])
    : [
        ...Object.entries(mapOf(at(object, 'data'))).map(
          ([key, text]): [string, Value] => [key, { kind: 'text', text }],
        ),
        ...Object.entries(mapOf(at(object, 'binaryData'))).map(
          ([key, base64]): [string, Value] => [key, { kind: 'bytes', base64 }],
        ),
      ];
  return values
    .map(([key, value]) => ({ key, before: value, now: value }))
    .sort((one, other) => byName(one.key, other.key));
}

/** Returns what an edit does to a key; undefined if nothing. */
export function changeOf({ before, now }: EditedKey): KeyChange | undefined {
  if (!before) {
    return now && 'added';
  }
  if (!now) {
    return 'removed';
  }
  return isSame(before, now) ? undefined : 'changed';
}

function isSame(one: Value, other: Value): boolean {
  return one.kind === 'hidden' || other.kind === 'hidden'
    ? one === other
    : one.kind === other.kind && encoded(one) === encoded(other);
}

const MAX_KEY = 253;
const KEY = /^[-._a-zA-Z0-9]+$/;

/** Returns why a name cannot be a new key; undefined if it can. */
export function keyProblem(
  name: string,
  keys: readonly EditedKey[],
): 'empty' | 'long' | 'characters' | 'dots' | 'taken' | undefined {
  if (name === '') {
    return 'empty';
  }
  if (name.length > MAX_KEY) {
    return 'long';
  }
  if (!KEY.test(name)) {
    return 'characters';
  }
  if (name === '.' || name.startsWith('..')) {
    return 'dots';
  }
  return keys.some(({ key, now }) => key === name && now) ? 'taken' : undefined;
}

const HIDDEN: Value = { kind: 'hidden', bytes: 0 };

type Content = Record<string, Record<string, string>>;

/**
 * Returns an edit as two versions of the object, which hold only the keys that change: the API computes the merge patch
 * from what differs. They are JSON, which is YAML too.
 */
export function versionsOf(
  { object, secretKeys }: ObjectView,
  keys: readonly EditedKey[],
): { base: string; yaml: string } {
  const base: Content = {};
  const wanted: Content = {};
  // Without the empty maps, the patch would add or remove all keys of a map at once.
  for (const field of ['data', 'binaryData']) {
    if (at(object, field)) {
      base[field] = {};
      wanted[field] = {};
    }
  }
  for (const { key, before, now } of keys.filter(changeOf)) {
    const isSecret = secretKeys !== undefined;
    // The API shows no value of a Secret, so it compares none.
    const from = before && stored(isSecret ? HIDDEN : before, isSecret);
    const to = now && stored(now, isSecret);
    // An empty value would not differ from the text in place of a hidden one.
    if (from && !(from.value === '' && to?.value === '')) {
      base[from.field] = { ...base[from.field], [key]: from.value };
    }
    if (to) {
      wanted[to.field] = { ...wanted[to.field], [key]: to.value };
    }
  }
  const metadata = {
    name: textAt(object, 'metadata.name'),
    namespace: textAt(object, 'metadata.namespace'),
    resourceVersion: textAt(object, 'metadata.resourceVersion'),
  };
  const { apiVersion, kind } = object;
  const written = (content: Content) =>
    JSON.stringify({ apiVersion, kind, metadata, ...content });
  return { base: written(base), yaml: written(wanted) };
}

/**
 * Returns an edit as if the person had known what others did to the keys of conflicts. A later change of these keys by
 * others is a conflict again.
 *
 * @param paths - of the conflicts; the path of a whole field, such as `data`, is about each key that the edit changes there
 */
export function knowTheirs(
  keys: readonly EditedKey[],
  paths: readonly string[],
  latest: ObjectView,
): EditedKey[] {
  const isSecret = latest.secretKeys !== undefined;
  const theirs = new Map(keysOf(latest).map(({ key, now }) => [key, now]));
  const isIn = (field: string, value?: Value) =>
    value !== undefined && stored(value, isSecret).field === field;
  const isFound = ({ key, before, now }: EditedKey) =>
    paths
      .map(partsOf)
      .some(([field, name]) =>
        name === undefined
          ? isIn(field, before) || isIn(field, now)
          : name === key,
      );
  return keys.map(edited =>
    changeOf(edited) && isFound(edited)
      ? { ...edited, before: theirs.get(edited.key) }
      : edited,
  );
}

/** Returns where and how an object keeps a value. */
function stored(
  value: Value,
  isSecret: boolean,
): { field: 'data' | 'binaryData'; value: string } {
  if (isSecret) {
    // The API has an empty text in place of each value that it hides.
    return { field: 'data', value: encoded(value) ?? '' };
  }
  return value.kind === 'text'
    ? { field: 'data', value: value.text }
    : { field: 'binaryData', value: encoded(value) ?? '' };
}
