import type { NamespaceAddress } from '../NamespacesApi';
import type { ChangeOptions } from '../options';
import { pathOf } from '../http';

export function clusterPath(name: string): string {
  return pathOf('clusters', name);
}

export function namespacePath({
  cluster,
  namespace,
}: NamespaceAddress): string {
  return pathOf('clusters', cluster, 'namespaces', namespace);
}

export function ifMatch({ etag }: ChangeOptions) {
  return { headers: { 'If-Match': etag } };
}
