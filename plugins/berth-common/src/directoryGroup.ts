import type { DirectoryGroup } from './api/directory';

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
