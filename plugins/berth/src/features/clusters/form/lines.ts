import { ClusterLink } from '@berth/plugin-berth-common';

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
