import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { readDirectoryGroup } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { entitlementsOf, GroupEntitlement } from '../entitlementsOf';

/** Groups, and which ones: a group that was made again in the catalog is another. */
export const groupsParam = z
  .array(z.string())
  .describe('Entity refs of groups, each followed by # and its metadata.uid');

/** Whether one of some shares or grants is of one of the groups. */
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

/** The refs alone, for queries. */
export function refsOf(groups: string[]): string[] {
  return normalizeGroupRefs(groups.map(text => readDirectoryGroup(text).group));
}

/** Refs of groups as policies write them, in the spelling in which they are stored. */
export function normalizeGroupRefs(groups: string[]): string[] {
  return groups.map(group =>
    stringifyEntityRef(parseEntityRef(group, { defaultKind: 'group' })),
  );
}
