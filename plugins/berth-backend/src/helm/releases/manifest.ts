import { setImmediate as turn } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import { JsonRecord, recordAt, textAt } from '../../resources/objects/json';
import { parseDocuments } from '../../resources/objects/parseDocuments';
import { isSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { ReleaseError } from './ReleaseError';
import { DecodedRelease, StoredRevision } from './types';

const MAX_MANIFEST = 6 * 1024 * 1024;
const MAX_DOCUMENT = 1024 * 1024;
const MAX_OBJECTS = 2_000;
/** The beginning of a document: in YAML, no other line may begin so. */
const BEGIN = /^---(?=\s|$)/m;

/** An object of a manifest. */
export interface ManifestObject {
  object: JsonRecord;
  hook: boolean;
  kind: string;
  apiVersion: string;
  name: string;
  /** As the manifest has it. */
  namespace?: string;
}

/**
 * Reads the objects of a manifest and of the hooks. The objects of lists are separate. Other requests have their turn
 * between two documents.
 *
 * @throws ReleaseError if the manifest is too large or not YAML
 */
export async function readManifest(
  release: DecodedRelease,
  stored: StoredRevision,
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
  const found: ManifestObject[] = [];
  const texts = [
    ...manifest.split(BEGIN).map(text => ({ text, hook: false })),
    ...hooks.flatMap(hook =>
      hook.manifest.split(BEGIN).map(text => ({ text, hook: true })),
    ),
  ];
  for (const { text, hook } of texts) {
    await turn();
    found.push(...objectsIn(text, refuse).map(one => described(one, hook)));
    if (found.length > MAX_OBJECTS) {
      throw refuse(`its manifest has more than ${MAX_OBJECTS} objects`);
    }
  }
  return found;
}

function objectsIn(
  text: string,
  refuse: (rule: string) => ReleaseError,
): JsonRecord[] {
  if (text.trim() === '') {
    return [];
  }
  if (text.length > MAX_DOCUMENT) {
    throw refuse(
      `a document of its manifest has more than ${MAX_DOCUMENT} characters`,
    );
  }
  try {
    return parseDocuments(text, 'manifest').flatMap(({ value }) =>
      Array.isArray(value.items) && /List$/.test(String(value.kind))
        ? value.items.filter(isRecord)
        : [value],
    );
  } catch (error) {
    throw isError(error) ? refuse(error.message) : error;
  }
}

function described(given: JsonRecord, hook: boolean): ManifestObject {
  const object = isSecret(given) ? withData(given) : given;
  const namespace = textAt(object, 'metadata', 'namespace');
  return {
    object,
    hook,
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

/** Returns the values of the Secrets of a manifest, decoded. */
export function secretTexts(objects: ManifestObject[]): string[] {
  return objects
    .filter(({ object }) => isSecret(object))
    .flatMap(({ object }) => Object.values(recordAt(object, 'data')))
    .filter(value => typeof value === 'string')
    .map(value => Buffer.from(value, 'base64').toString('utf8'));
}
