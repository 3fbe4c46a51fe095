import { ClusterLink, Toleration, toYaml } from '@berth/plugin-berth-common';
import { parse } from 'yaml';

/**
 * Reads `key=value` lines, such as labels.
 *
 * @returns undefined if a line is not a pair
 */
export function pairsOf(text: string): Record<string, string> | undefined {
  const pairs: [string, string][] = [];
  for (const line of linesOf(text)) {
    const separator = line.indexOf('=');
    if (separator < 1) {
      return undefined;
    }
    pairs.push([
      line.slice(0, separator).trim(),
      line.slice(separator + 1).trim(),
    ]);
  }
  return Object.fromEntries(pairs);
}

/** Writes the lines that `pairsOf` reads. */
export function linesOfPairs(pairs: Record<string, string> = {}): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');
}

/**
 * Reads lines of a title, followed by a URL.
 *
 * @returns undefined if a line is not a link
 */
export function linksOf(text: string): ClusterLink[] | undefined {
  const links: ClusterLink[] = [];
  for (const line of linesOf(text)) {
    const match = /^(\S.*?)\s+(https:\/\/\S+)$/i.exec(line);
    if (!match) {
      return undefined;
    }
    links.push({ title: match[1], url: match[2] });
  }
  return links;
}

/** Writes the lines that `linksOf` reads. */
export function linesOfLinks(links: ClusterLink[] = []): string {
  return links.map(({ title, url }) => `${title} ${url}`).join('\n');
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

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
