import { entityTag } from '../validation/preconditions';
import { GrantRecord, NamespaceRecord, QuotaBounds } from '../model/tenancy';

/*
 * The tags of what people edit. Each covers what people decide, and none of what changes on its own, such as
 * the use of a quota.
 */

/** Of what `PATCH` of a namespace changes. Another namespace of the same name has another tag. */
export function namespaceTag({
  createdAt,
  owner,
  system,
  purpose,
}: NamespaceRecord): string {
  return entityTag([createdAt, owner ?? null, system ?? null, purpose ?? null]);
}

/** Of the access to a namespace. */
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

/** Of a quota. */
export function quotaTag(bounds: QuotaBounds): string {
  const { sizeClass, hard, limits, priorityClasses } = bounds;
  return entityTag([sizeClass ?? null, hard, limits, priorityClasses]);
}
