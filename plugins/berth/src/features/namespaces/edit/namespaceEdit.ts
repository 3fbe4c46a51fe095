import {
  ManagedNamespace,
  UpdateNamespaceRequest,
} from '@berth/plugin-berth-common';
import * as z from 'zod';

/** The fields that can be edited; an empty string means none. */
export const namespaceSchema = z.object({
  owner: z.string(),
  system: z.string(),
  purpose: z.string(),
});

export type NamespaceValues = z.infer<typeof namespaceSchema>;

export type NamespaceField = keyof NamespaceValues;

export const NAMESPACE_FIELDS: readonly NamespaceField[] = [
  'owner',
  'system',
  'purpose',
];

/** Returns the current values of a namespace's fields. */
export function valuesOf(namespace: ManagedNamespace): NamespaceValues {
  const { owner = '', system = '', purpose = '' } = namespace;
  return { owner, system, purpose };
}

/** Returns the fields that differ; space around a value does not count. */
export function changedFields(
  before: NamespaceValues,
  after: NamespaceValues,
): NamespaceField[] {
  return NAMESPACE_FIELDS.filter(
    field => before[field].trim() !== after[field].trim(),
  );
}

/** Returns only the changed fields, so that nothing else is overwritten. */
export function requestOf(
  before: NamespaceValues,
  after: NamespaceValues,
): UpdateNamespaceRequest {
  return Object.fromEntries(
    changedFields(before, after).map(field => [
      field,
      after[field].trim() || null,
    ]),
  );
}

/** Applies the caller's changes on top of the other person's values. */
export function mergeValues(
  before: NamespaceValues,
  mine: NamespaceValues,
  theirs: NamespaceValues,
): NamespaceValues {
  return changedFields(before, mine).reduce(
    (merged, field) => ({ ...merged, [field]: mine[field] }),
    theirs,
  );
}
