import type { DirectoryGroup } from './api/directory';

/**
 * Writes a group in the format of permission conditions: `group:default/team-a#<uid>`.
 *
 * @public
 */
export function writeDirectoryGroup({ group, uid }: DirectoryGroup): string {
  return uid === undefined ? group : `${group}#${uid}`;
}

/**
 * Reads the format of {@link writeDirectoryGroup}.
 *
 * @public
 */
export function readDirectoryGroup(text: string): DirectoryGroup {
  const [group, uid] = text.split('#', 2);
  return uid === undefined ? { group } : { group, uid };
}
