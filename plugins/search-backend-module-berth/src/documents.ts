import { IndexableDocument } from '@backstage/plugin-search-common';
import {
  DirectoryCluster,
  DirectoryNamespace,
} from '@berth/plugin-berth-common';

/** A cluster as the search shows it. */
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

/** A namespace as the search shows it. */
export function namespaceDocument(
  namespace: DirectoryNamespace,
): IndexableDocument & { cluster: string; owner: string } {
  const { cluster, name, owner = '', purpose } = namespace;
  return {
    title: `${name} on ${cluster}`,
    text: [
      `Kubernetes namespace ${name} on the cluster ${cluster}`,
      owner && `of ${owner}`,
      purpose,
    ]
      .filter(Boolean)
      .join(' '),
    location: `/berth/clusters/${encodeURIComponent(
      cluster,
    )}/namespaces/${encodeURIComponent(name)}`,
    cluster,
    owner,
    authorization: { resourceRef: `${cluster}/${name}` },
  };
}
