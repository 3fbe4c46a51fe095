import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** Refs of groups as policies write them, in the spelling in which they are stored. */
export function normalizeGroupRefs(groups: string[]): string[] {
  return groups.map(group =>
    stringifyEntityRef(parseEntityRef(group, { defaultKind: 'group' })),
  );
}
