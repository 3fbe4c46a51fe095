import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  DirectoryCluster,
  DirectoryNamespace,
} from '@berth/plugin-berth-common';
import { GroupTags } from '../visibility/GroupTags';
import {
  ANNOTATION_CLUSTER,
  ANNOTATION_CLUSTER_ID,
  ANNOTATION_NAMESPACE,
} from './annotations';
import { escapeMarkdown } from './escapeMarkdown';
import { clusterEntityName, namespaceEntityName } from './entityName';

/** The location of the entities in the catalog. */
export const LOCATION = 'berth:directory';

const ANNOTATION_VIEW_URL = 'backstage.io/view-url';

export interface EntityOptions {
  /** The portal's address, without a slash at the end. */
  appUrl: string;
  /** Entity ref of the owner of clusters and of namespaces without an owner. */
  owner: string;
  /** The tags of groups; undefined if everybody sees everything. */
  tags?: GroupTags;
}

/**
 * Creates the entity of a cluster. The entity has none of the annotations by which the Kubernetes plugin finds
 * clusters in the catalog: that plugin gets its clusters from Berth, with the caller's token.
 */
export function clusterEntity(
  cluster: DirectoryCluster,
  options: EntityOptions,
): Entity {
  const { id, name, title, labels, links = [] } = cluster;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: clusterEntityName(name),
      ...(title !== undefined && { title }),
      ...(labels && Object.keys(labels).length > 0 && { labels }),
      annotations: annotations(options, { id, name }),
      ...(links.length > 0 && {
        links: links.map(link => ({ title: link.title, url: link.url })),
      }),
    },
    spec: {
      type: 'kubernetes-cluster',
      owner: options.owner,
      ...visibility(cluster, options),
    },
  };
}

/** Creates the entity of a namespace. */
export function namespaceEntity(
  namespace: DirectoryNamespace,
  options: EntityOptions,
): Entity {
  const { clusterId, cluster, name, owner, system, purpose } = namespace;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: namespaceEntityName(cluster, name),
      title: `${name} on ${cluster}`,
      ...(purpose !== undefined && { description: escapeMarkdown(purpose) }),
      annotations: {
        ...annotations(options, { id: clusterId, name: cluster }, name),
        [ANNOTATION_NAMESPACE]: name,
      },
    },
    spec: {
      type: 'kubernetes-namespace',
      owner: owner ?? options.owner,
      ...(system !== undefined && { system }),
      dependsOn: [`resource:default/${clusterEntityName(cluster)}`],
      ...visibility(namespace, options),
    },
  };
}

function annotations(
  { appUrl }: EntityOptions,
  cluster: { id: string; name: string },
  namespace?: string,
): Record<string, string> {
  const path = ['berth', 'clusters', cluster.name]
    .concat(namespace === undefined ? [] : ['namespaces', namespace])
    .map(encodeURIComponent)
    .join('/');
  return {
    [ANNOTATION_LOCATION]: LOCATION,
    [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
    [ANNOTATION_VIEW_URL]: `${appUrl}/${path}`,
    [ANNOTATION_CLUSTER]: cluster.name,
    [ANNOTATION_CLUSTER_ID]: cluster.id,
  };
}

function visibility(
  { visibleTo }: Pick<DirectoryNamespace, 'visibleTo'>,
  { tags }: EntityOptions,
) {
  return tags ? { berth: { visibleTo: tags.write(visibleTo) } } : {};
}
