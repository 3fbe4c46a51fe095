import { entityTag } from '../validation/preconditions';
import { GrantRecord, NamespaceRecord, QuotaBounds } from '../model/tenancy';

/*
 * The tags of the resources that people edit. A tag covers only the fields that people set, and not those that change
 * on their own, such as the use of a quota.
 */

/**
 * Computes the tag of the fields that `PATCH` of a namespace changes. A namespace that was created again under the
 * same name has another tag.
 */
export function namespaceTag({
  createdAt,
  owner,
  system,
  purpose,
}: NamespaceRecord): string {
  return entityTag([createdAt, owner ?? null, system ?? null, purpose ?? null]);
}

/** Computes the tag of the access to a namespace. */
export function grantsTag(grants: GrantRecord[]): string {
  return entityTag(
    grants.map(({ group, role, expiresAt, source }) => [
      group,
      role,
      expiresAt ?? null,
      source,
    ]),
  );
}

/** Computes the tag of a quota. */
export function quotaTag(bounds: QuotaBounds): string {
  const { sizeClass, hard, limits, priorityClasses, placement } = bounds;
  return entityTag([
    sizeClass ?? null,
    hard,
    limits,
    priorityClasses,
    ...(placement ? [placement] : []),
  ]);
}
