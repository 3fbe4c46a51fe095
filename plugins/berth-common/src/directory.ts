import { ClusterLink } from './clusterSettings';
import { NamespacePhase } from './namespaces';

/**
 * A group, and which one: a group that was deleted and made again in the catalog is another.
 *
 * @public
 */
export interface DirectoryGroup {
  /** Entity ref. */
  group: string;
  /** The entity's `metadata.uid`; undefined matches any. */
  uid?: string;
}

/**
 * A group as permission conditions carry it: `group:default/team-a#<uid>`.
 *
 * @public
 */
export function writeDirectoryGroup({ group, uid }: DirectoryGroup): string {
  return uid === undefined ? group : `${group}#${uid}`;
}

/**
 * What {@link writeDirectoryGroup} wrote.
 *
 * @public
 */
export function readDirectoryGroup(text: string): DirectoryGroup {
  const [group, uid] = text.split('#', 2);
  return uid === undefined ? { group } : { group, uid };
}

/**
 * What the portal's catalog and search need to know of a cluster.
 *
 * @public
 */
export interface DirectoryCluster {
  id: string;
  name: string;
  title?: string;
  labels?: Record<string, string>;
  links?: ClusterLink[];
  /** Whose members see the cluster; admins see all. */
  holders: DirectoryGroup[];
}

/**
 * What the portal's catalog and search need to know of a namespace.
 *
 * @public
 */
export interface DirectoryNamespace {
  clusterId: string;
  /** Name of the cluster. */
  cluster: string;
  name: string;
  /** Entity ref of the group that answers for it. */
  owner?: string;
  /** Entity ref of the system that it is part of. */
  system?: string;
  /** Whether it is the home namespace of its owner. */
  home: boolean;
  purpose?: string;
  phase: NamespacePhase;
  /** Whose members see the namespace: they hold a role in it, and its cluster is shared with them. */
  holders: DirectoryGroup[];
}

/**
 * A part of a list.
 *
 * @public
 */
export interface DirectoryPage<T> {
  items: T[];
  /** What to ask for next as `after`; undefined at the end. */
  next?: string;
}
