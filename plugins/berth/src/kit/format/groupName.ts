import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/**
 * Writes a group or a user for people: `team-a` for `group:default/team-a`, `acme/team-a` for a group of another catalog
 * namespace, `ada` for `user:default/ada`. A text that is not an entity ref stays unchanged.
 */
export function groupName(groupRef: string): string {
  try {
    const ref = parseEntityRef(groupRef, { defaultKind: 'group' });
    return humanizeEntityRef(ref, { defaultKind: ref.kind });
  } catch {
    return groupRef;
  }
}
