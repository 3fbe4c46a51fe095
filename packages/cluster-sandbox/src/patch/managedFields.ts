import { timestamp } from '../registry/metadata';
import { StatusError } from '../status';
import { KubeObject, ManagedFieldsEntry } from '../types';
import { mergeConfiguration, removeFields } from './applyMerge';
import { compare, fieldsOf } from './fields';
import { describePath, FieldPath, FieldSet } from './FieldSet';
import { schemaOf } from './schema';
import { emptyObject } from './skeleton';

/*
 * The ownership of fields, after structured-merge-diff. An update makes its manager the only owner of the changed
 * fields. An apply owns exactly the configured fields; changing a field of another owner is a conflict, unless
 * forced.
 */

type Manager = Pick<
  ManagedFieldsEntry,
  'manager' | 'operation' | 'apiVersion' | 'subresource'
>;

interface Owner extends Manager {
  time?: string;
  fields: FieldSet;
}

/** Fields of the system, which no configuration can own. */
const SYSTEM_FIELDS = new Set(
  [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
  ].map(field => `f:${field}`),
);

function isTracked(path: FieldPath): boolean {
  if (path[0] === 'f:apiVersion' || path[0] === 'f:kind') {
    return false;
  }
  return (
    path[0] !== 'f:metadata' || (path.length > 1 && !SYSTEM_FIELDS.has(path[1]))
  );
}

/** Returns the managedFields of an object after a create, an update or a patch. */
export function trackUpdate(
  old: KubeObject | undefined,
  object: KubeObject,
  manager: Manager,
  wanted: KubeObject = object,
): ManagedFieldsEntry[] | undefined {
  if (old && isReset(old, wanted)) {
    return [];
  }
  const { added, modified, removed } = compare(
    schemaOf(object.kind),
    old ?? emptyPartsOf(object),
    object,
  );
  const changed = added.union(modified).where(isTracked);
  const owners = (old?.metadata.managedFields ?? []).map(readOwner);
  let own = owners.find(owner => isSame(owner, manager));
  if (!own) {
    own = { ...manager, fields: new FieldSet() };
    owners.push(own);
  }
  for (const owner of owners) {
    const before = owner.fields;
    owner.fields =
      owner === own
        ? before.union(changed).minus(removed)
        : before.minus(changed).minus(removed);
    if (!owner.fields.equals(before)) {
      owner.time = owner === own ? timestamp() : owner.time;
    }
  }
  return writeOwners(owners);
}

/**
 * Returns the object and its managedFields after an apply.
 *
 * @throws StatusError 409 if others own fields that would change
 */
export function trackApply(
  current: KubeObject | undefined,
  configuration: KubeObject,
  manager: Manager,
  force: boolean,
): { object: KubeObject; managedFields: ManagedFieldsEntry[] | undefined } {
  const schema = schemaOf(configuration.kind);
  const owners = (current?.metadata.managedFields ?? []).map(readOwner);
  const own = owners.find(owner => isSame(owner, manager));
  const others = owners.filter(owner => owner !== own);
  const fields = fieldsOf(schema, configuration).where(isTracked);
  const othersFields = others.reduce(
    (union, owner) => union.union(owner.fields),
    new FieldSet(),
  );
  const givenUp = (own?.fields ?? new FieldSet()).minus(fields);
  const merged = mergeConfiguration(schema, current ?? {}, configuration);
  const object = removeFields(
    schema,
    merged,
    givenUp,
    othersFields.union(fields),
  ) as KubeObject;

  const { added, modified, removed } = compare(schema, current ?? {}, object);
  const changed = added.union(modified);
  const conflicts = others
    .map(owner => ({ owner, fields: owner.fields.intersect(changed) }))
    .filter(conflict => conflict.fields.size > 0);
  if (conflicts.length > 0 && !force) {
    throw applyConflict(conflicts);
  }
  for (const owner of others) {
    owner.fields = owner.fields.minus(changed).minus(removed);
  }
  const same = own?.fields.equals(fields) && changed.size + removed.size === 0;
  const applied: Owner = {
    ...manager,
    fields,
    time: same ? own?.time : timestamp(),
  };
  return { object, managedFields: writeOwners([...others, applied]) };
}

/** Returns the parts of a new object that exist, empty, before it is written. */
function emptyPartsOf(object: KubeObject) {
  const { metadata, spec, status } = emptyObject(object.kind);
  return {
    metadata,
    ...(object.spec && { spec }),
    ...(object.status && { status }),
  };
}

/** Returns whether a client gives up all ownership by sending an empty list. */
function isReset(old: KubeObject, wanted: KubeObject): boolean {
  const entries = wanted.metadata.managedFields;
  return (
    !!old.metadata.managedFields?.length &&
    entries !== undefined &&
    (entries.length === 0 ||
      (entries.length === 1 && Object.keys(entries[0]).length === 0))
  );
}

function isSame(owner: Owner, manager: Manager): boolean {
  return (
    owner.manager === manager.manager &&
    owner.operation === manager.operation &&
    owner.subresource === manager.subresource &&
    (manager.operation === 'Apply' || owner.apiVersion === manager.apiVersion)
  );
}

function readOwner(entry: ManagedFieldsEntry): Owner {
  const { manager, operation, apiVersion, subresource, time } = entry;
  return {
    manager,
    operation,
    apiVersion,
    ...(subresource && { subresource }),
    time,
    fields: FieldSet.fromFields(entry.fieldsV1),
  };
}

function writeOwners(owners: Owner[]): ManagedFieldsEntry[] | undefined {
  const entries = owners
    .filter(owner => owner.fields.size > 0)
    .map(({ manager, operation, apiVersion, subresource, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      time: time ?? timestamp(),
      fieldsType: 'FieldsV1' as const,
      fieldsV1: fields.toFields(),
      ...(subresource && { subresource }),
    }));
  entries.sort((a, b) => {
    const left = `${a.operation} ${a.time} ${a.manager}`;
    const right = `${b.operation} ${b.time} ${b.manager}`;
    if (left === right) {
      return 0;
    }
    return left < right ? -1 : 1;
  });
  return entries.length ? entries : undefined;
}

function applyConflict(
  conflicts: { owner: Owner; fields: FieldSet }[],
): StatusError {
  const causes = conflicts.flatMap(({ owner, fields }) =>
    fields.paths().map(path => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describeOwner(owner)}`,
      field: describePath(path),
    })),
  );
  const text =
    causes.length === 1
      ? `1 conflict: ${causes[0].message}: ${causes[0].field}`
      : `${causes.length} conflicts: ${conflicts
          .map(
            ({ owner, fields }) =>
              `conflicts with ${describeOwner(owner)}:\n${fields
                .paths()
                .map(path => `- ${describePath(path)}`)
                .join('\n')}`,
          )
          .join('\n')}`;
  return new StatusError(409, 'Conflict', `Apply failed with ${text}`, {
    causes,
  });
}

function describeOwner(owner: Owner): string {
  const name = JSON.stringify(owner.manager);
  const subresource = owner.subresource
    ? ` with subresource ${JSON.stringify(owner.subresource)}`
    : '';
  return owner.operation === 'Update'
    ? `${name}${subresource} using ${owner.apiVersion}`
    : `${name}${subresource}`;
}
