import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/** Writes a person as people call them: `alice` for `user:default/alice`. What is no entity ref stays as it is. */
export function personName(userRef: string): string {
  try {
    return humanizeEntityRef(parseEntityRef(userRef, { defaultKind: 'user' }), {
      defaultKind: 'user',
    });
  } catch {
    return userRef;
  }
}
