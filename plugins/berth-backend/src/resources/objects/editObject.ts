import { InputError } from '@backstage/errors';
import {
  EditObjectRequest,
  EditObjectResult,
  toYaml,
} from '@berth/plugin-berth-common';
import { atField } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterKind } from '../kinds/discovery';
import { MERGE_PATCH } from './actions';
import { JsonRecord, recordAt, textAt, valueAt } from './json';
import { assertNotKept } from './keptByBerth';
import { ignoredFields, ignoresUnknownFields } from './ignoredFields';
import { conflictsOf, FieldConflict, mergePatch, pathText } from './mergePatch';
import { apiVersionOf, ObjectCalls, ObjectKey } from './ObjectCalls';
import { parseDocuments } from './parseDocuments';
import { isSecret, maskSecret, withoutSecrets } from './secrets';
import { withoutManagedFields } from './view';
import { otherObject, writeError } from './writeErrors';
import { yamlDiff } from './yamlDiff';

const MAX_SHOWN = 2_000;

/** Fields of the metadata that only the cluster sets. */
const OF_CLUSTER = [
  'creationTimestamp',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** A change of an object, checked and compared with the object as the cluster has it now. */
export interface PreparedEdit {
  live: JsonRecord;
  patch: JsonRecord;
  conflicts: EditObjectResult['conflicts'];
}

/**
 * Computes what a person changed in the YAML of an object, and which of these fields others changed since.
 *
 * @throws InputError about the YAML; ConflictError if another object has the name; NotAllowedError if Berth keeps the
 *   object
 */
export async function prepareEdit(
  calls: ObjectCalls,
  kind: ClusterKind,
  key: ObjectKey,
  edit: EditObjectRequest,
): Promise<PreparedEdit> {
  const typed = parseObject(edit.yaml, 'yaml', kind, key);
  const base = parseObject(edit.base, 'base', kind, key);
  const live = await calls.get(kind, key);
  if (textAt(live, 'metadata', 'uid') !== edit.uid) {
    throw otherObject(kind.kind, key.name);
  }
  assertNotKept(live);
  const patch = mergePatch(editable(base), editable(typed));
  assertNotKept({ ...live, metadata: recordAt(patch, 'metadata') });
  const shown = withoutSecrets(withoutManagedFields(live));
  const found = conflictsOf(patch, editable(base), editable(shown));
  return {
    live,
    patch,
    conflicts: [
      ...found.map(conflict => presentConflict(conflict, isSecret(live))),
      ...(isSecret(live) ? unseenConflicts(patch, base, live) : []),
    ],
  };
}

/**
 * Sends a prepared change, or asks the cluster about it with `dryRun`.
 *
 * @throws InputError about fields that the cluster would ignore, with `dryRun`
 */
export async function sendEdit(
  calls: ObjectCalls,
  kind: ClusterKind,
  key: ObjectKey,
  {
    prepared: { live, patch, conflicts },
    uid,
    dryRun,
  }: { prepared: PreparedEdit; uid: string; dryRun?: boolean },
): Promise<EditObjectResult> {
  const content = {
    ...patch,
    metadata: { ...recordAt(patch, 'metadata'), uid },
  };
  try {
    const result = await calls.patch(
      kind,
      key,
      { contentType: MERGE_PATCH, content },
      { dryRun },
    );
    if (dryRun) {
      assertNothingIgnored(calls, content, result);
    }
    return {
      changed:
        !dryRun &&
        textAt(result, 'metadata', 'resourceVersion') !==
          textAt(live, 'metadata', 'resourceVersion'),
      diff: yamlDiff(live, result),
      conflicts,
    };
  } catch (error) {
    throw writeError(error, live);
  }
}

/** API servers from 1.25 on refuse such fields themselves. */
function assertNothingIgnored(
  { cluster, version }: ObjectCalls,
  content: JsonRecord,
  result: JsonRecord,
): void {
  const ignored = ignoresUnknownFields(version)
    ? ignoredFields(content, result)
    : [];
  if (ignored.length > 0) {
    throw atField(
      new InputError(
        `yaml: ${cluster} (Kubernetes ${version}) does not know ${ignored
          .map(path => quoteUntrusted(path))
          .join(', ')} and would ignore it. Correct or remove it`,
      ),
      'yaml',
    );
  }
}

function parseObject(
  text: string,
  field: 'yaml' | 'base',
  kind: ClusterKind,
  key: ObjectKey,
): JsonRecord {
  const documents = parseDocuments(text, field);
  if (documents.length !== 1) {
    throw atField(
      new InputError(
        `${field} holds ${documents.length} documents; it must be one object`,
      ),
      field,
    );
  }
  const [{ value }] = documents;
  const expected: [path: string[], wanted: string | undefined][] = [
    [['apiVersion'], apiVersionOf(kind)],
    [['kind'], kind.kind],
    [['metadata', 'name'], key.name],
    [['metadata', 'namespace'], key.namespace],
  ];
  for (const [path, wanted] of expected) {
    const given = valueAt(value, ...path);
    if (given !== wanted) {
      throw atField(
        new InputError(
          `${field}: ${path.join('.')} ${quoteUntrusted(given)} must be ${
            wanted === undefined ? 'absent' : quoteUntrusted(wanted)
          }, as it cannot be changed`,
        ),
        field,
      );
    }
  }
  return value;
}

function editable(object: JsonRecord): JsonRecord {
  const metadata = Object.entries(recordAt(object, 'metadata')).filter(
    ([field]) => !OF_CLUSTER.includes(field),
  );
  return { ...object, metadata: Object.fromEntries(metadata) };
}

function presentConflict(
  { path, base, theirs, yours }: FieldConflict,
  secret: boolean,
): EditObjectResult['conflicts'][number] {
  const isValue = secret && (path[0] === 'data' || path[0] === 'stringData');
  const shown = { base, theirs, yours };
  return {
    path: pathText(path),
    ...(!isValue &&
      Object.fromEntries(
        Object.entries(shown)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, shortYaml(value)]),
      )),
  };
}

/**
 * Lists the values of a Secret that a person changes after others changed the Secret. The person did not see the
 * values, so any of them may have changed.
 */
function unseenConflicts(
  patch: JsonRecord,
  base: JsonRecord,
  live: JsonRecord,
): { path: string }[] {
  const loaded = textAt(base, 'metadata', 'resourceVersion');
  return loaded === undefined ||
    loaded === textAt(live, 'metadata', 'resourceVersion')
    ? []
    : [
        ...Object.keys(recordAt(patch, 'data')),
        ...Object.keys(recordAt(patch, 'stringData')),
      ]
        .filter(key => maskedKeys(live).has(key))
        .map(key => ({ path: pathText(['data', key]) }));
}

function maskedKeys(secret: JsonRecord): ReadonlySet<string> {
  return new Set(maskSecret(secret).keys.map(({ key }) => key));
}

function shortYaml(value: unknown): string {
  const text = toYaml(value).trimEnd();
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
