import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/**
 * Writes a group as people call it: `team-a` for `group:default/team-a`, `acme/team-a` for one of another
 * namespace of the catalog. What is no entity ref stays as it is.
 */
export function groupName(groupRef: string): string {
  try {
    return humanizeEntityRef(
      parseEntityRef(groupRef, { defaultKind: 'group' }),
      { defaultKind: 'group' },
    );
  } catch {
    return groupRef;
  }
}
