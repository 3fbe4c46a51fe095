import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { readDirectoryGroup } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { entitlementsOf, GroupEntitlement } from '../entitlementsOf';

/** Groups with their UIDs, and the person: one that was created again in the catalog is another one. */
export const groupsParam = z
  .array(z.string())
  .describe(
    'Entity refs of groups and of the person, each followed by # and its metadata.uid',
  );

/** Returns whether one of the shares or grants belongs to one of the groups. */
export function hasEntitlement(
  groups: string[],
  items: GroupEntitlement[],
): boolean {
  const memberships = groups.map(readDirectoryGroup).map(({ group, uid }) => ({
    group: normalizeGroupRefs([group])[0],
    uid,
    path: [],
  }));
  return entitlementsOf({ memberships }, items).length > 0;
}

/** Returns the refs without UIDs, for queries. */
export function refsOf(groups: string[]): string[] {
  return normalizeGroupRefs(groups.map(text => readDirectoryGroup(text).group));
}

/** Converts refs of groups in policies to the stored spelling. */
export function normalizeGroupRefs(groups: string[]): string[] {
  return groups.map(group =>
    stringifyEntityRef(parseEntityRef(group, { defaultKind: 'group' })),
  );
}
