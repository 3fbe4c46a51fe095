import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { InputError, isError } from '@backstage/errors';
import { JsonRecord, recordAt, textAt } from '../../resources/objects/json';
import { parseDocuments } from '../../resources/objects/parseDocuments';
import { isSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { ReleaseError } from './ReleaseError';
import { DecodedRelease, StoredRevision } from './types';

const MAX_MANIFEST = 1.5 * 1024 * 1024;
const MAX_DOCUMENT = 256 * 1024;
/** Helm runs all hooks of a release, so one that is not read would run unseen. */
export const MAX_HOOKS = 500;
const MAX_OBJECTS = 2_000;
/** Characters that may each begin a value. To parse more would take seconds. */
const MAX_MARKS = 20_000;
/** Other marks, of which each may begin a value or be an error. */
const OTHER_MARKS = /[{}[\]]|(?<=^|[\s,[{])[&*!?]|^%|^\.\.\./gm;
const MAX_OTHER_MARKS = 16_000;
const MAX_QUOTES = 40_000;
/** The beginning of a document: in YAML, no other line may begin so. */
const BEGIN = /^---(?=\s|$)/m;
const NOTHING = /^\s*(#|$)/;
/** The comment that Helm writes before the documents of a template. */
const TEMPLATE = /^# Source: (\S{1,250})\s*$/m;

/** An object of a manifest. */
export interface ManifestObject {
  object: JsonRecord;
  hook: boolean;
  /** When helm runs the hook. */
  events?: readonly string[];
  kind: string;
  apiVersion: string;
  name: string;
  /** As the manifest has it. */
  namespace?: string;
  /** Why a document cannot be read. Its object is empty, and its name is that of its template. */
  problem?: string;
  /** Differs if the text of a document differs that cannot be read. */
  digest?: string;
}

/** A document of a manifest. */
interface ManifestText {
  text: string;
  /** Of a hook. */
  events?: readonly string[];
}

/**
 * Reads the objects of a manifest and of the hooks. The objects of lists are separate. A document that cannot be read
 * is one object with its problem. Other requests have their turn between two documents.
 *
 * @throws ReleaseError if the manifest is too large, or if the release has too many hooks
 */
export async function readManifest(
  release: DecodedRelease,
  stored: Pick<StoredRevision, 'source' | 'objectName'>,
  signal?: AbortSignal,
): Promise<ManifestObject[]> {
  const { hooks, manifest } = release;
  const refuse = (rule: string) =>
    new ReleaseError(stored.source, stored.objectName, rule);
  const size = hooks.reduce(
    (sum, hook) => sum + hook.manifest.length,
    manifest.length,
  );
  if (size > MAX_MANIFEST) {
    throw refuse(`its manifest has more than ${MAX_MANIFEST} characters`);
  }
  if (hooks.length > MAX_HOOKS) {
    throw refuse(`it has ${hooks.length} hooks, and may have ${MAX_HOOKS}`);
  }
  const texts = [
    ...textsIn(manifest),
    // Of a stored release, only the manifest of a hook has what helm runs: its name and kind may differ.
    ...hooks.flatMap(hook => textsIn(hook.manifest, hook.events)),
  ];
  const found: ManifestObject[] = [];
  const unreadable = new Map<string, number>();
  for (const [index, text] of texts.entries()) {
    await turn();
    signal?.throwIfAborted();
    found.push(...readObjects(text, unreadable));
    if (found.length + (texts.length - index - 1) > MAX_OBJECTS) {
      throw refuse(`its manifest has more than ${MAX_OBJECTS} objects`);
    }
  }
  return found;
}

function textsIn(manifest: string, events?: readonly string[]): ManifestText[] {
  return manifest
    .split(BEGIN)
    .filter(text => text.split('\n').some(line => !NOTHING.test(line)))
    .map(text => ({ text, ...(events && { events }) }));
}

/** @param unreadable - how many documents of each template cannot be read */
function readObjects(
  { text, events }: ManifestText,
  unreadable: Map<string, number>,
): ManifestObject[] {
  try {
    assertSmallYaml(text);
    return parseDocuments(text, 'document', { lastKeyWins: true })
      .flatMap(({ value }) => itemsOf(value))
      .map(object => described(object, events));
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    const template = TEMPLATE.exec(text)?.[1] ?? 'document';
    const number = (unreadable.get(template) ?? 0) + 1;
    unreadable.set(template, number);
    return [
      {
        ...{ object: {}, kind: 'Unreadable', apiVersion: '' },
        ...hookOf(events),
        name: number === 1 ? template : `${template} (${number})`,
        problem: `The document cannot be read: ${error.message}`,
        digest: createHash('sha256').update(text).digest('hex'),
      },
    ];
  }
}

/**
 * Bounds what is parsed at once.
 *
 * @throws InputError
 */
export function assertSmallYaml(text: string): void {
  if (text.length > MAX_DOCUMENT) {
    throw new InputError(`it has more than ${MAX_DOCUMENT} characters`);
  }
  if ((text.match(/[,:-]/g) ?? []).length > MAX_MARKS) {
    throw new InputError(
      `it has more than ${MAX_MARKS} of the characters "," ":" and "-"`,
    );
  }
  if ((text.match(OTHER_MARKS) ?? []).length > MAX_OTHER_MARKS) {
    throw new InputError(
      `it has more than ${MAX_OTHER_MARKS} brackets, anchors, tags and other marks of YAML`,
    );
  }
  if ((text.match(/["']/g) ?? []).length > MAX_QUOTES) {
    throw new InputError(`it has more than ${MAX_QUOTES} quotes`);
  }
}

/**
 * Returns the objects of a list, also of lists in it, or the object itself. helm takes every object with `items` for a
 * list, whatever its kind is, and writes the items in place of the object.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/unstructured/helpers.go
 */
export function itemsOf(object: JsonRecord): JsonRecord[] {
  const { apiVersion, items, kind } = object;
  if (!Array.isArray(items)) {
    return [object];
  }
  // The API server leaves these out of the items of a list such as a SecretList.
  const ofItem = typeof kind === 'string' ? kind.replace(/List$/, '') : '';
  const own = ofItem === '' ? {} : { apiVersion, kind: ofItem };
  return items.filter(isRecord).flatMap(item => itemsOf({ ...own, ...item }));
}

function hookOf(
  events: readonly string[] | undefined,
): Pick<ManifestObject, 'hook' | 'events'> {
  return events ? { hook: true, events } : { hook: false };
}

function described(
  given: JsonRecord,
  events: readonly string[] | undefined,
): ManifestObject {
  const object = isSecret(given) ? withData(given) : given;
  const namespace = textAt(object, 'metadata', 'namespace');
  return {
    object,
    ...hookOf(events),
    kind: textAt(object, 'kind') ?? '',
    apiVersion: textAt(object, 'apiVersion') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    ...(namespace !== undefined && { namespace }),
  };
}

/** Returns a Secret whose `stringData` is part of its `data`, as the API server stores it. */
function withData({ stringData, ...secret }: JsonRecord): JsonRecord {
  const texts = Object.entries(isRecord(stringData) ? stringData : {}).map(
    ([key, text]) => [key, Buffer.from(String(text)).toString('base64')],
  );
  return {
    ...secret,
    data: { ...recordAt(secret, 'data'), ...Object.fromEntries(texts) },
  };
}

/** Returns the values of the Secrets of a manifest, decoded. Of values that are no texts, the base64 is returned, too. */
export function secretTexts(objects: ManifestObject[]): string[] {
  return objects
    .filter(({ object }) => isSecret(object))
    .flatMap(({ object }) => Object.values(recordAt(object, 'data')))
    .filter(value => typeof value === 'string')
    .flatMap(value => {
      const text = Buffer.from(value, 'base64').toString('utf8');
      return Buffer.from(text).toString('base64') === value
        ? [text]
        : [text, value];
    });
}
