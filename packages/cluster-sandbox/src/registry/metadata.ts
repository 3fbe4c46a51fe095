import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { Cause, cause } from '../status';
import { KubeObject } from '../types';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const MAX_ANNOTATIONS = 256 * 1024;

const RULES = {
  subdomain: {
    pattern: SUBDOMAIN,
    length: 253,
    message: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
  },
  label: {
    pattern: LABEL,
    length: 63,
    message: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
  },
  service: {
    pattern: SERVICE,
    length: 63,
    message: `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
  },
};

/** Writes a time as Kubernetes does, without fractions of a second. */
export function timestamp(date: Date = new Date()): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Returns a random suffix for generated names, from the letters that Kubernetes uses. */
export function randomSuffix(length = 5): string {
  return [...randomBytes(length)]
    .map(byte => SUFFIX_ALPHABET[byte % SUFFIX_ALPHABET.length])
    .join('');
}

/** Sets the name, UID and time of a new object. */
export function stampNewMetadata(object: KubeObject): void {
  const { metadata } = object;
  if (!metadata.name && metadata.generateName) {
    metadata.name = `${metadata.generateName.slice(0, 58)}${randomSuffix()}`;
  }
  metadata.uid = randomUUID();
  metadata.creationTimestamp = timestamp();
  delete metadata.resourceVersion;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.generation;
}

/** Restores the metadata that no client may change. */
export function keepSystemMetadata(object: KubeObject, old: KubeObject): void {
  object.metadata.name = old.metadata.name;
  for (const field of [
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'generateName',
    'resourceVersion',
  ] as const) {
    if (old.metadata[field] === undefined) {
      delete object.metadata[field];
    } else {
      Object.assign(object.metadata, { [field]: old.metadata[field] });
    }
  }
}

/** Returns the errors in an object's metadata. */
export function metadataCauses(
  definition: ResourceDefinition,
  object: KubeObject,
  old?: KubeObject,
): Cause[] {
  const { metadata } = object;
  const causes = old ? [] : nameCauses(definition, metadata.name);
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    causes.push(...qualifiedNameCauses('metadata.labels', key));
    if (value.length > 63) {
      causes.push(
        cause.invalid(
          'metadata.labels',
          value,
          'must be no more than 63 characters',
        ),
      );
    } else if (!LABEL_VALUE.test(value)) {
      causes.push(
        cause.invalid(
          'metadata.labels',
          value,
          `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
        ),
      );
    }
  }
  let size = 0;
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    causes.push(
      ...qualifiedNameCauses('metadata.annotations', key.toLowerCase(), key),
    );
    size += key.length + value.length;
  }
  if (size > MAX_ANNOTATIONS) {
    causes.push({
      reason: 'FieldValueTooLong',
      message: `Too long: must have at most ${MAX_ANNOTATIONS} bytes`,
      field: 'metadata.annotations',
    });
  }
  if (old?.metadata.deletionTimestamp) {
    const added = (metadata.finalizers ?? []).filter(
      finalizer => !old.metadata.finalizers?.includes(finalizer),
    );
    if (
      added.length &&
      !isDeepStrictEqual(old.metadata.finalizers, metadata.finalizers)
    ) {
      causes.push(
        cause.forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
            .map(entry => JSON.stringify(entry))
            .join(', ')}}`,
        ),
      );
    }
  }
  return causes;
}

function nameCauses(
  definition: ResourceDefinition,
  name: string | undefined,
): Cause[] {
  if (!name) {
    return [
      cause.required('metadata.name', 'name or generateName is required'),
    ];
  }
  const rule = definition.nameRule ?? 'subdomain';
  if (rule === 'path') {
    if (name === '.' || name === '..') {
      return [cause.invalid('metadata.name', name, `may not be '${name}'`)];
    }
    return ['/', '%']
      .filter(character => name.includes(character))
      .map(character =>
        cause.invalid('metadata.name', name, `may not contain '${character}'`),
      );
  }
  const { pattern, length, message } = RULES[rule];
  const causes: Cause[] = [];
  if (name.length > length) {
    causes.push(
      cause.invalid(
        'metadata.name',
        name,
        `must be no more than ${length} characters`,
      ),
    );
  }
  if (!pattern.test(name)) {
    causes.push(cause.invalid('metadata.name', name, message));
  }
  return causes;
}

function qualifiedNameCauses(field: string, key: string, shown = key): Cause[] {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = slash < 0 ? key : key.slice(slash + 1);
  const causes: Cause[] = [];
  if (prefix !== undefined && !SUBDOMAIN.test(prefix)) {
    causes.push(
      cause.invalid(field, shown, `prefix part ${RULES.subdomain.message}`),
    );
  }
  if (name.length > 63) {
    causes.push(
      cause.invalid(
        field,
        shown,
        'name part must be no more than 63 characters',
      ),
    );
  }
  if (!QUALIFIED_NAME.test(name)) {
    causes.push(
      cause.invalid(
        field,
        shown,
        `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
      ),
    );
  }
  return causes;
}
