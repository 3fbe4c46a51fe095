/** The reason why Berth does not manage a namespace that it did not create. */
export type ForeignNamespaceCause =
  | 'NamespaceExists'
  | 'ManagedElsewhere'
  | 'ManagedByFormerRegistration';

const CAUSES: ReadonlySet<string> = new Set<ForeignNamespaceCause>([
  'NamespaceExists',
  'ManagedElsewhere',
  'ManagedByFormerRegistration',
]);

/** Returns whether the cause means that the cluster already has a namespace with the name. */
export function isNameTaken(cause: string | undefined): boolean {
  return cause !== undefined && CAUSES.has(cause);
}
