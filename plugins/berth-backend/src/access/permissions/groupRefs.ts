import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { heldBy, HeldByGroup } from '../entitlement';

/** Groups, and which ones: a group that was made again in the catalog is another. */
export const groupsParam = z
  .array(z.object({ group: z.string(), uid: z.string().optional() }))
  .describe('Entity refs of groups, each with its metadata.uid');

/** Whether one of some shares or grants is of one of the groups. */
export function someHeld(
  groups: z.infer<typeof groupsParam>,
  items: HeldByGroup[],
): boolean {
  const memberships = groups.map(({ group, uid }) => ({
    group: normalizeGroupRefs([group])[0],
    uid,
    path: [],
  }));
  return heldBy({ memberships }, items).length > 0;
}

/** Refs of groups as policies write them, in the spelling in which they are stored. */
export function normalizeGroupRefs(groups: string[]): string[] {
  return groups.map(group =>
    stringifyEntityRef(parseEntityRef(group, { defaultKind: 'group' })),
  );
}
