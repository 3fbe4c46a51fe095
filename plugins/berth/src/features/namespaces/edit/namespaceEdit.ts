import {
  ManagedNamespace,
  UpdateNamespaceRequest,
} from '@berth/plugin-berth-common';
import * as z from 'zod';

/** What can be edited; empty for none. */
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

/** What a namespace says of itself now. */
export function valuesOf(namespace: ManagedNamespace): NamespaceValues {
  const { owner = '', system = '', purpose = '' } = namespace;
  return { owner, system, purpose };
}

/** The fields in which two differ; space around a purpose counts for nothing. */
export function changedFields(
  before: NamespaceValues,
  after: NamespaceValues,
): NamespaceField[] {
  return NAMESPACE_FIELDS.filter(
    field => before[field].trim() !== after[field].trim(),
  );
}

/** Only what was changed, so that nothing else is written over. */
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

/** What was changed here stands, the rest is theirs. */
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
