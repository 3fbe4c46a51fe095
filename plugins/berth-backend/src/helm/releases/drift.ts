import { HELM_MASK, HelmDrift, Quantity } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt } from '../../resources/objects/json';
import { isSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { CopyMask } from './mask';
import { isSecretEntry } from './secretNames';

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
  'metadata.managedFields',
  'metadata.namespace',
  'metadata.ownerReferences',
  'metadata.resourceVersion',
  'metadata.uid',
]);

/** The cluster assigns these where a manifest has an empty value. */
const ASSIGNED =
  /^spec\.(clusterIPs?|healthCheckNodePort|ipFamil(ies|yPolicy)|nodeName|volumeName|ports\[[^\]]*\]\.nodePort)$/;
/** The cluster adds items to these. A manifest that has them empty does not forbid that. */
const FILLED =
  /^(metadata\.finalizers|secrets|imagePullSecrets|spec\.(imagePullSecrets|tolerations|volumes|(initContainers|containers)\[[^\]]*\]\.volumeMounts))$/;
/** Names of fields that hold quantities, or objects of quantities. */
const QUANTITY =
  /(^|\.)(averageValue|capacity|divisor|hard|limits|podFixed|requests|sizeLimit|storage)(?=[.[]|$)/;
/** Fields whose keys people choose. */
const FREE_KEYS =
  /^(metadata|data)(?=[.[]|$)|\.(annotations|labels|matchLabels|nodeSelector)(?=[.[]|$)/;
const BYTES = /^binaryData\b|\.caBundle$/;
const BYTES_OF_SECRET = /^data\b/;
/** The value of an item that has a name, as in `env` of a container. */
const ENTRY_VALUE = /\[name=([^\]]*)\]\.value$/;

interface Comparison {
  /** Whether the field at a path holds bytes, as base64. */
  isBytes(path: string): boolean;
  add(path: string, wanted: unknown, found: unknown): void;
}

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
      const entry = ENTRY_VALUE.exec(path)?.[1];
      const hides =
        (secret && BYTES_OF_SECRET.test(path)) ||
        (entry !== undefined && isSecretEntry({ name: entry }));
      fields.push({
        path: cut(path),
        ...described('wanted', own, hides, copies),
        ...described('found', found, hides, copies),
      });
    }
  };
  const isBytes = (path: string) =>
    BYTES.test(path) || (secret && BYTES_OF_SECRET.test(path));
  // The status is not part of a manifest.
  const { apiVersion: _, kind: __, status: ___, ...compared } = wanted;
  if (compared.aggregationRule) {
    // The cluster sets the rules of such a role.
    delete compared.rules;
  }
  compare('', compared, live, { add, isBytes }, 0);
  return fields;
}

function compare(
  path: string,
  wanted: unknown,
  found: unknown,
  comparison: Comparison,
  depth: number,
): void {
  if (depth > MAX_DEPTH || isLeftToCluster(path, wanted)) {
    return;
  }
  if (isRecord(wanted) && isRecord(found)) {
    for (const [key, value] of Object.entries(wanted)) {
      const below = path === '' ? key : `${path}${segment(key)}`;
      const own = Object.hasOwn(found, key) ? found[key] : undefined;
      compare(below, value, own, comparison, depth + 1);
    }
    return;
  }
  if (Array.isArray(wanted) && Array.isArray(found)) {
    compareLists(path, wanted, found, comparison, depth);
    return;
  }
  if (!isSame(path, wanted, found, comparison)) {
    comparison.add(path, wanted, found);
  }
}

function compareLists(
  path: string,
  wanted: unknown[],
  found: unknown[],
  comparison: Comparison,
  depth: number,
): void {
  const keys = LIST_KEYS.find(names => hasKeys(wanted, names));
  if (!keys) {
    wanted.forEach((item, index) =>
      compare(`${path}[${index}]`, item, found[index], comparison, depth + 1),
    );
    found
      .slice(wanted.length)
      .forEach((item, index) =>
        comparison.add(`${path}[${wanted.length + index}]`, undefined, item),
      );
    return;
  }
  const byKey = new Map(found.map(item => [keyOf(item, keys), item]));
  for (const item of wanted) {
    const key = keyOf(item, keys);
    compare(`${path}[${key}]`, item, byKey.get(key), comparison, depth + 1);
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

/** Returns whether a manifest leaves the value of a field to the cluster. */
function isLeftToCluster(path: string, wanted: unknown): boolean {
  return (
    CLUSTER_FIELDS.has(path) ||
    isUnset(wanted) ||
    (isZero(wanted) && (ASSIGNED.test(path) || FILLED.test(path)))
  );
}

/** Values that mean the default. An empty list is a value: it can mean "none". */
function isUnset(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
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
    (Array.isArray(value) && value.length === 0) ||
    (isRecord(value) && Object.values(value).every(isZero))
  );
}

function isSame(
  path: string,
  wanted: unknown,
  found: unknown,
  { isBytes }: Comparison,
): boolean {
  if (wanted === found || (found === undefined && isZero(wanted))) {
    return true;
  }
  const [a, b] = [wanted, found].map(value =>
    typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : value,
  );
  if (typeof a !== 'string' || typeof b !== 'string') {
    return false;
  }
  if (a === b) {
    return true;
  }
  if (isBytes(path)) {
    return Buffer.from(a, 'base64').equals(Buffer.from(b, 'base64'));
  }
  return (
    (typeof wanted === 'number' ||
      typeof found === 'number' ||
      isQuantity(path)) &&
    isSameQuantity(a, b)
  );
}

function isQuantity(path: string): boolean {
  // A name in quotes may have any character.
  const fields = path.replace(/\["(?:[^"\\]|\\.)*"\]/g, '[]');
  return QUANTITY.test(fields) && !FREE_KEYS.test(fields);
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
  return { [name]: cut(shown) };
}

function cut(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

function segment(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
