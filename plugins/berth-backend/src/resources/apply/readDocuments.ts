import { InputError } from '@backstage/errors';
import { atField } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { JsonRecord, recordAt, textAt, valueAt } from '../objects/json';
import { parseDocuments } from '../objects/parseDocuments';
import { isSecret } from '../objects/secrets';

const MAX_DOCUMENTS = 100;
const NAME = /^[A-Za-z0-9]([A-Za-z0-9._:-]{0,251}[A-Za-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const API_VERSION = /^([a-z0-9][a-z0-9.-]{0,252}\/)?v[a-z0-9]{1,62}$/;
const KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/;

/** A document that may be applied, or the reason why not. */
export interface ApplyDocument {
  index: number;
  line: number;
  kind?: string;
  name?: string;
  problem?: string;
  object: JsonRecord;
}

/**
 * Reads the documents to apply.
 *
 * @throws InputError if the text is not YAML, or holds no or too many documents
 */
export function readDocuments(yaml: string): ApplyDocument[] {
  const documents = parseDocuments(yaml, 'yaml');
  if (documents.length === 0 || documents.length > MAX_DOCUMENTS) {
    throw atField(
      new InputError(
        documents.length === 0
          ? 'yaml holds no document'
          : `yaml holds ${documents.length} documents; there may be at most ${MAX_DOCUMENTS}`,
      ),
      'yaml',
    );
  }
  return documents.map(({ line, value }, index) => {
    const kind = textAt(value, 'kind');
    const name = textAt(value, 'metadata', 'name');
    const problem = problemOf(value);
    return {
      index,
      line,
      ...(kind !== undefined && KIND.test(kind) && { kind }),
      ...(name !== undefined && NAME.test(name) && { name }),
      ...(problem !== undefined && { problem }),
      object: value,
    };
  });
}

function problemOf(object: JsonRecord): string | undefined {
  if (object.kind === 'List' || Array.isArray(object.items)) {
    return 'kind "List" is not possible here: write each object as a document of its own';
  }
  const fields: [path: string[], form: RegExp, rule: string][] = [
    [['apiVersion'], API_VERSION, 'a version such as v1 or apps/v1'],
    [['kind'], KIND, 'a kind such as Deployment'],
    [['metadata', 'name'], NAME, 'the name of a Kubernetes object'],
  ];
  for (const [path, form, rule] of fields) {
    const value = valueAt(object, ...path);
    if (typeof value !== 'string' || !form.test(value)) {
      return `${path.join('.')} ${quoteUntrusted(value)} must be ${rule}`;
    }
  }
  const namespace = valueAt(object, 'metadata', 'namespace');
  if (
    namespace !== undefined &&
    !(typeof namespace === 'string' && NAMESPACE.test(namespace))
  ) {
    return `metadata.namespace ${quoteUntrusted(
      namespace,
    )} must be the name of a namespace`;
  }
  return undefined;
}

/**
 * Returns the keys of a Secret whose values a document empties, such as `data "password"`. This is what YAML does that was copied from a page,
 * because the pages do not show the values.
 */
export function emptiedKeys(
  object: JsonRecord,
  live: JsonRecord | undefined,
): string[] {
  if (!isSecret(object) || !live) {
    return [];
  }
  const known = recordAt(live, 'data');
  return ['data', 'stringData'].flatMap(field =>
    Object.entries(recordAt(object, field))
      .filter(([key, value]) => value === '' && known[key])
      .map(([key]) => `${field} ${JSON.stringify(key)}`),
  );
}

/** Returns the object as it is sent: in its namespace, and without what only the cluster sets. */
export function applicable(
  object: JsonRecord,
  namespace: string | undefined,
): JsonRecord {
  const {
    creationTimestamp: _created,
    generation: _generation,
    managedFields: _managers,
    namespace: _namespace,
    resourceVersion: _version,
    selfLink: _link,
    uid: _uid,
    ...metadata
  } = recordAt(object, 'metadata');
  return {
    ...object,
    metadata: { ...metadata, ...(namespace !== undefined && { namespace }) },
  };
}
