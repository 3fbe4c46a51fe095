import { parseEntityRef } from '@backstage/catalog-model';
import { IndexableDocument } from '@backstage/plugin-search-common';
import {
  DirectoryCluster,
  DirectoryNamespace,
} from '@berth/plugin-berth-common';

/** Creates the search document of a cluster. */
export function clusterDocument(
  cluster: DirectoryCluster,
): IndexableDocument & { labels: string } {
  const { name, title, labels = {} } = cluster;
  const described = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
  return {
    title: title ?? name,
    text: ['Kubernetes cluster', name, described].filter(Boolean).join(' '),
    location: `/berth/clusters/${encodeURIComponent(name)}`,
    labels: described,
    authorization: { resourceRef: name },
  };
}

/** Creates the search document of a namespace. */
export function namespaceDocument(
  namespace: DirectoryNamespace,
): IndexableDocument & { cluster: string; owner: string; system: string } {
  const { cluster, name, owner = '', system = '', purpose } = namespace;
  return {
    title: `${name} on ${cluster}`,
    text: [
      `Kubernetes namespace ${name} on the cluster ${cluster}`,
      owner && `of ${nameOf(owner)}`,
      system && `part of the system ${nameOf(system)}`,
      purpose,
    ]
      .filter(Boolean)
      .join(' '),
    location: `/berth/clusters/${encodeURIComponent(
      cluster,
    )}/namespaces/${encodeURIComponent(name)}`,
    cluster,
    owner,
    system,
    authorization: { resourceRef: `${cluster}/${name}` },
  };
}

/**
 * Returns the name in an entity ref, because PostgreSQL's search for `shop` does not find
 * `system:default/shop`.
 */
function nameOf(entityRef: string): string {
  return parseEntityRef(entityRef).name;
}
