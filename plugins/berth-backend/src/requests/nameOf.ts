import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

/** A person or group as people call them: `alice` for `user:default/alice`. */
export function nameOf(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}
