import { Toleration, toYaml } from '@berth/plugin-berth-common';
import { parse } from 'yaml';

/**
 * Reads tolerations as in a pod's spec. The server validates their fields.
 *
 * @returns undefined if the text is not a list of objects
 */
export function tolerationsOf(text: string): Toleration[] | undefined {
  if (!text.trim()) {
    return [];
  }
  try {
    const list: unknown = parse(text);
    return Array.isArray(list) &&
      list.every(item => typeof item === 'object' && item !== null)
      ? list
      : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the YAML that `tolerationsOf` reads. */
export function yamlOfTolerations(tolerations: Toleration[] = []): string {
  return tolerations.length > 0 ? toYaml(tolerations).trim() : '';
}
