import { hash } from 'node:crypto';
import type { NamespaceObject } from '../types';
import { ENFORCE, ENFORCE_VERSION, levelText } from './enforcedLevel';
import { NamespaceFields } from './types';

/**
 * The annotation with the keys of the labels and annotations that a namespace has by its profile, and with the enforced
 * level of Pod Security.
 */
export const PROFILE_FIELDS = 'berth.dev/profile-fields';

/** The list of a namespace that Berth created and whose first fields it has yet to apply. */
const PENDING = 'pending';

const MAX_KEYS = 200;

/** The prefix of the labels and annotations that are Berth's own. */
export const OWN_PREFIX = 'berth.dev/';

/** The keys that a namespace has by its profile. */
interface ProfileKeys {
  labels: string[];
  annotations: string[];
}

const NONE: ProfileKeys = { labels: [], annotations: [] };

/**
 * Adds the labels and annotations of a profile to a namespace, and the annotation that lists their keys. With the list,
 * a watch that keeps only a fingerprint notices when one of them changes, and fields that leave the profile are found.
 */
export function withProfileFields(
  namespace: NamespaceObject,
  fields: NamespaceFields | undefined,
): NamespaceObject {
  const { labels = {}, annotations = {} } = fields ?? {};
  const keys: ProfileKeys = {
    labels: Object.keys(labels).sort(),
    annotations: Object.keys(annotations).sort(),
  };
  if (keys.labels.length + keys.annotations.length === 0) {
    return namespace;
  }
  const { metadata } = namespace;
  const level = levelText(labels);
  const values = [
    keys.labels.map(key => labels[key]),
    keys.annotations.map(key => annotations[key]),
  ];
  return {
    ...namespace,
    metadata: {
      ...metadata,
      labels: { ...labels, ...metadata.labels },
      annotations: {
        ...annotations,
        ...metadata.annotations,
        [PROFILE_FIELDS]: JSON.stringify({
          ...keys,
          hash: hash('sha256', JSON.stringify(values), 'hex').slice(0, 16),
          ...(level !== undefined && { level }),
        }),
      },
    },
  };
}

/** Returns a namespace without the fields of its profile. */
export function withoutProfileFields(
  namespace: NamespaceObject,
): NamespaceObject {
  const { metadata } = namespace;
  const { labels, annotations } = profileKeys(metadata.annotations);
  return {
    ...namespace,
    metadata: {
      ...metadata,
      labels: without(metadata.labels, labels),
      annotations: without(metadata.annotations, [
        ...annotations,
        PROFILE_FIELDS,
      ]),
    },
  };
}

/**
 * Marks a namespace for its creation. The mark comes with the creation itself, so it is there even if the process dies
 * right after it, and the first apply replaces it. Nothing else in the namespace is made before that apply.
 */
export function withPendingFields(namespace: NamespaceObject): NamespaceObject {
  const { metadata } = namespace;
  return {
    ...namespace,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [PROFILE_FIELDS]: PENDING },
    },
  };
}

/** Returns whether Berth created a namespace and has applied nothing in it since. */
export function hasPendingFields(namespace: NamespaceObject): boolean {
  return profileFieldsText(namespace) === PENDING;
}

/** Reads the list of keys. A list that Berth did not write is empty. */
export function profileKeys(
  annotations: Record<string, string> | undefined,
): ProfileKeys {
  const text = annotations?.[PROFILE_FIELDS];
  if (!text) {
    return NONE;
  }
  try {
    const written = JSON.parse(text);
    const keys = { labels: written.labels, annotations: written.annotations };
    return Object.values(keys).every(isListOfKeys) ? keys : NONE;
  } catch {
    return NONE;
  }
}

/** Returns the list of a namespace as text; empty without one. */
export function profileFieldsText({ metadata }: NamespaceObject): string {
  return metadata.annotations?.[PROFILE_FIELDS] ?? '';
}

/** Returns the enforced level that Berth wrote last; undefined if it wrote none. */
export function writtenLevel({
  metadata,
}: NamespaceObject): string | undefined {
  try {
    const { level } = JSON.parse(metadata.annotations?.[PROFILE_FIELDS] ?? '');
    return typeof level === 'string' ? level : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns whether something else changed the enforced level after Berth had written the wanted one. Other fields of the
 * profile can have changed since.
 */
export function isLevelOverwritten(
  wanted: NamespaceObject,
  actual: NamespaceObject,
): boolean {
  const written = writtenLevel(actual);
  return (
    written !== undefined &&
    written === levelText(wanted.metadata.labels) &&
    written !== levelText(actual.metadata.labels)
  );
}

/**
 * Returns the field of the profile that something else changed after Berth had written it; undefined if there is none.
 * Berth does not write such a field again, because two writers would change it for ever. The fields of Berth itself are
 * written again, because policies read them and nothing else has a reason to write them.
 */
export function overwrittenField(
  wanted: NamespaceObject,
  actual: NamespaceObject,
): { kind: 'label' | 'annotation'; key: string } | undefined {
  if (profileFieldsText(wanted) !== profileFieldsText(actual)) {
    const key = levelKeys(wanted, actual).find(
      isChanged('labels', wanted, actual),
    );
    return key === undefined ? undefined : { kind: 'label', key };
  }
  const { labels, annotations } = profileKeys(wanted.metadata.annotations);
  const changed = (field: Field, keys: string[]): string | undefined =>
    keys.find(isChanged(field, wanted, actual));
  const label = changed('labels', labels);
  if (label !== undefined) {
    return { kind: 'label', key: label };
  }
  const annotation = changed('annotations', annotations);
  return annotation === undefined
    ? undefined
    : { kind: 'annotation', key: annotation };
}

/**
 * Returns a namespace without the fields of its profile that something else changed. An apply of the rest leaves those
 * as they are, because their manager is the other writer. With another list, which Berth has yet to write, only a changed
 * level is known.
 */
export function withoutOverwritten(
  wanted: NamespaceObject,
  actual: NamespaceObject,
): NamespaceObject {
  const { metadata } = wanted;
  const keys =
    profileFieldsText(wanted) === profileFieldsText(actual)
      ? profileKeys(metadata.annotations)
      : { ...NONE, labels: levelKeys(wanted, actual) };
  const rest = (field: Field) =>
    without(
      metadata[field],
      keys[field].filter(isChanged(field, wanted, actual)),
    );
  return {
    ...wanted,
    metadata: {
      ...metadata,
      labels: rest('labels'),
      annotations: rest('annotations'),
    },
  };
}

/** Returns the keys of the enforced level if something else changed it. */
function levelKeys(wanted: NamespaceObject, actual: NamespaceObject): string[] {
  return isLevelOverwritten(wanted, actual) ? [ENFORCE, ENFORCE_VERSION] : [];
}

type Field = keyof ProfileKeys;

/** Returns whether a key of the profile, other than Berth's own, has another value than the wanted one. */
function isChanged(
  field: Field,
  wanted: NamespaceObject,
  actual: NamespaceObject,
): (key: string) => boolean {
  return key =>
    !key.startsWith(OWN_PREFIX) &&
    wanted.metadata[field]?.[key] !== actual.metadata[field]?.[key];
}

function isListOfKeys(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= MAX_KEYS &&
    value.every(key => typeof key === 'string')
  );
}

function without(
  all: Record<string, string> | undefined,
  keys: string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all ?? {}).filter(([key]) => !keys.includes(key)),
  );
}
