import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/**
 * Writes a group for people: `team-a` for `group:default/team-a`, `acme/team-a` for a group of another catalog
 * namespace. A text that is not an entity ref stays unchanged.
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
