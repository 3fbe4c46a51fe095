import { HELM_MASK, HelmDrift, Quantity } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt } from '../../resources/objects/json';
import { isSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { CopyMask } from './mask';

type Field = HelmDrift['items'][number]['fields'][number];

const MAX_FIELDS = 100;
const MAX_VALUE = 1_000;
const MAX_DEPTH = 100;

/** The fields that identify the items of a list, as the API of Kubernetes merges them. The first that all items have counts. */
const LIST_KEYS = [
  ['name'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['mountPath'],
  ['key'],
  ['topologyKey'],
  ['ip'],
  ['host'],
  ['type'],
];
/** What an API server sets where a manifest leaves the field of a key out. */
const KEY_DEFAULTS: JsonRecord = { protocol: 'TCP' };
/** Only the cluster sets these, whatever the manifest says. */
const CLUSTER_FIELDS = new Set([
  'metadata.creationTimestamp',
  'metadata.generation',
  'metadata.namespace',
  'metadata.resourceVersion',
  'metadata.uid',
]);

/**
 * Compares the fields that a manifest sets with those of the cluster. Fields that the manifest leaves out are not
 * compared: the cluster sets defaults.
 *
 * @param copies - hides the copies of secrets
 */
export function driftOf(
  wanted: JsonRecord,
  live: JsonRecord,
  copies: CopyMask,
): Field[] {
  const fields: Field[] = [];
  const secret = isSecret(wanted);
  const add = (path: string, own: unknown, found: unknown) => {
    if (fields.length < MAX_FIELDS) {
      const hides = secret && /^data\b/.test(path);
      fields.push({
        path,
        ...described('wanted', own, hides, copies),
        ...described('found', found, hides, copies),
      });
    }
  };
  // The version of the API in which the cluster answers may differ, and its status is not part of a manifest.
  const { apiVersion: _, kind: __, status: ___, ...compared } = wanted;
  compare('', compared, live, add, 0);
  return fields;
}

function compare(
  path: string,
  wanted: unknown,
  found: unknown,
  add: (path: string, wanted: unknown, found: unknown) => void,
  depth: number,
): void {
  if (depth > MAX_DEPTH || CLUSTER_FIELDS.has(path) || isUnset(wanted)) {
    // An empty field means the default.
    return;
  }
  if (isRecord(wanted) && isRecord(found)) {
    for (const [key, value] of Object.entries(wanted)) {
      const below = path === '' ? key : `${path}${segment(key)}`;
      const own = Object.hasOwn(found, key) ? found[key] : undefined;
      compare(below, value, own, add, depth + 1);
    }
    return;
  }
  if (Array.isArray(wanted) && Array.isArray(found)) {
    compareLists(path, wanted, found, add, depth);
    return;
  }
  if (!isSame(wanted, found)) {
    add(path, wanted, found);
  }
}

function compareLists(
  path: string,
  wanted: unknown[],
  found: unknown[],
  add: (path: string, wanted: unknown, found: unknown) => void,
  depth: number,
): void {
  const keys = LIST_KEYS.find(names => hasKeys(wanted, names));
  if (!keys) {
    wanted.forEach((item, index) =>
      compare(`${path}[${index}]`, item, found[index], add, depth + 1),
    );
    found
      .slice(wanted.length)
      .forEach((item, index) =>
        add(`${path}[${wanted.length + index}]`, undefined, item),
      );
    return;
  }
  const byKey = new Map(found.map(item => [keyOf(item, keys), item]));
  for (const item of wanted) {
    const key = keyOf(item, keys);
    compare(`${path}[${key}]`, item, byKey.get(key), add, depth + 1);
  }
}

function hasKeys(items: unknown[], names: string[]): boolean {
  const keys = items.map(item => keyOf(item, names));
  return (
    items.length > 0 &&
    items.every(item => isRecord(item) && item[names[0]] !== undefined) &&
    new Set(keys).size === keys.length
  );
}

function keyOf(item: unknown, names: string[]): string {
  return names
    .map(
      name =>
        `${name}=${recordAt({ item }, 'item')[name] ?? KEY_DEFAULTS[name]}`,
    )
    .join(',');
}

/** Values that API servers take for "not set". */
function isUnset(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}

/** Values that API servers leave out of an answer. */
function isZero(value: unknown): boolean {
  return (
    value === '' ||
    value === 0 ||
    value === false ||
    isUnset(value) ||
    (isRecord(value) && Object.values(value).every(isZero))
  );
}

function isSame(wanted: unknown, found: unknown): boolean {
  if (wanted === found || (found === undefined && isZero(wanted))) {
    return true;
  }
  const [a, b] = [wanted, found].map(value =>
    typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : value,
  );
  return (
    typeof a === 'string' &&
    typeof b === 'string' &&
    (a === b || isSameQuantity(a, b))
  );
}

function isSameQuantity(a: string, b: string): boolean {
  try {
    return Quantity.parse(a).compare(Quantity.parse(b)) === 0;
  } catch {
    return false;
  }
}

function described(
  name: 'wanted' | 'found',
  value: unknown,
  hides: boolean,
  copies: CopyMask,
): Partial<Field> {
  if (value === undefined) {
    return {};
  }
  const shown = JSON.stringify(hides ? HELM_MASK : copies.any(value));
  return {
    [name]: shown.length > MAX_VALUE ? `${shown.slice(0, MAX_VALUE)}…` : shown,
  };
}

function segment(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
