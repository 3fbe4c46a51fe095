import { isRecord } from '../values';
import { groupVersionOf, JsonRecord, recordAt, textAt } from './json';

/** Holds a whole object as a text, values included. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const VALUES = ['data', 'stringData'];

/** Tools that keep a whole object in an annotation name the annotation so. */
const HOLDS_OBJECT = /applied|original/i;
/** JSON, or compressed JSON in base64. */
const IS_OBJECT = /^\s*([{[]|H4sI)/;
const MAX_ANNOTATION = 256;

/** A shorter value is in any text by chance, so only a text that equals the value is taken for a copy. */
const MIN_COPY = 4;

/** A key of a Secret, and the length of its value. */
export interface SecretKey {
  key: string;
  bytes: number;
}

export interface MaskedSecret {
  object: JsonRecord;
  keys: SecretKey[];
}

/** Returns whether an object holds the values of a Secret, of any type. Kubernetes also takes "/v1" for the core group. */
export function isSecret(object: unknown): boolean {
  return (
    isRecord(object) &&
    object.kind === 'Secret' &&
    groupVersionOf(textAt(object, 'apiVersion')).group === ''
  );
}

/**
 * Empties the values of a Secret. The annotation of `kubectl apply`, which repeats the values, is left out. Any other
 * annotation or label that repeats a value is empty, and so is an annotation that may hold a whole object.
 *
 * @param copies - texts that are values, by default those of the Secret
 */
export function maskSecret(
  secret: JsonRecord,
  copies: string[] = copiesOf(secret),
): MaskedSecret {
  const metadata = recordAt(secret, 'metadata');
  const masked: JsonRecord = { ...secret };
  for (const field of VALUES) {
    if (secret[field] !== undefined) {
      masked[field] = emptied(secret[field]);
    }
  }
  return {
    object: {
      ...masked,
      ...(secret.metadata !== undefined && {
        metadata: {
          ...metadata,
          ...textsWithout(metadata, 'annotations', copies),
          ...textsWithout(metadata, 'labels', copies),
        },
      }),
    },
    keys: secretKeys(secret),
  };
}

/** Returns an object that may be shown: a Secret masked, everything else as it is. */
export function withoutSecrets(object: JsonRecord): JsonRecord {
  return isSecret(object) ? maskSecret(object).object : object;
}

/**
 * Masks two versions of a Secret for a comparison. The texts in place of the values show which of them differ, and
 * nothing else about them.
 */
export function maskForComparison(
  before: JsonRecord | undefined,
  after: JsonRecord,
): [JsonRecord | undefined, JsonRecord] {
  const copies = [...copiesOf(before ?? {}), ...copiesOf(after)];
  const known = recordAt(before, 'data');
  const values = Object.fromEntries(
    Object.entries(recordAt(after, 'data')).map(([key, value]) => [
      key,
      before && Object.hasOwn(known, key) && known[key] !== value
        ? '(hidden, changed)'
        : '(hidden)',
    ]),
  );
  return [
    before && withValues(before, hidden(known), copies),
    withValues(after, values, copies),
  ];
}

/** Returns the forms in which a text may repeat the values of a Secret. */
function copiesOf(secret: JsonRecord): string[] {
  const copies = valuesOf(secret).flatMap(({ value, text }) => {
    const inJson = JSON.stringify(text).slice(1, -1);
    return [value, text, inJson, escapedAsInGo(inJson)];
  });
  return [...new Set(copies)];
}

/** The JSON of Go escapes more characters. */
function escapedAsInGo(json: string): string {
  return json.replace(
    /[<>&]/g,
    character => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** Returns all values of a Secret, as the API has them and decoded. */
function valuesOf(
  secret: JsonRecord,
): { key: string; value: string; text: string }[] {
  const texts = (field: string) =>
    Object.entries(recordAt(secret, field)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
  return [
    ...texts('data').map(([key, value]) => ({
      key,
      value,
      text: Buffer.from(value, 'base64').toString('utf8'),
    })),
    ...texts('stringData').map(([key, text]) => ({
      key,
      value: Buffer.from(text).toString('base64'),
      text,
    })),
  ];
}

function secretKeys(secret: JsonRecord): SecretKey[] {
  return Object.entries(recordAt(secret, 'data')).map(([key, value]) => ({
    key,
    bytes: typeof value === 'string' ? Buffer.byteLength(value, 'base64') : 0,
  }));
}

function emptied(values: unknown): unknown {
  return isRecord(values)
    ? Object.fromEntries(Object.keys(values).map(key => [key, '']))
    : {};
}

function hidden(values: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.keys(values).map(key => [key, '(hidden)']));
}

function withValues(
  secret: JsonRecord,
  data: JsonRecord,
  copies: string[],
): JsonRecord {
  const { object } = maskSecret(secret, copies);
  return secret.data === undefined ? object : { ...object, data };
}

function textsWithout(
  metadata: JsonRecord,
  field: 'annotations' | 'labels',
  copies: string[],
): JsonRecord {
  if (metadata[field] === undefined) {
    return {};
  }
  const kept = Object.entries(recordAt(metadata, field))
    .filter(([key]) => key !== LAST_APPLIED)
    .map(([key, text]) => [
      key,
      (field === 'annotations' && mayHoldObject(key, text)) ||
      copies.some(copy => repeats(text, copy))
        ? ''
        : text,
    ]);
  return { [field]: Object.fromEntries(kept) };
}

function mayHoldObject(key: string, text: unknown): boolean {
  return (
    HOLDS_OBJECT.test(key) ||
    typeof text !== 'string' ||
    text.length > MAX_ANNOTATION ||
    IS_OBJECT.test(text)
  );
}

function repeats(text: unknown, copy: string): boolean {
  return (
    typeof text === 'string' &&
    copy !== '' &&
    (text === copy || (copy.length >= MIN_COPY && text.includes(copy)))
  );
}
