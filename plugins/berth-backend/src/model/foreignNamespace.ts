/** Why Berth leaves a namespace alone that it did not make. */
export type ForeignNamespaceCause =
  | 'NamespaceExists'
  | 'ManagedElsewhere'
  | 'ManagedByFormerRegistration';

const CAUSES: ReadonlySet<string> = new Set<ForeignNamespaceCause>([
  'NamespaceExists',
  'ManagedElsewhere',
  'ManagedByFormerRegistration',
]);

/** Whether the name of a namespace is taken on its cluster. */
export function isNameTaken(cause: string | undefined): boolean {
  return cause !== undefined && CAUSES.has(cause);
}
