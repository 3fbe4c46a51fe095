import { patternSource } from './parseIndex';

/**
 * Returns what decides whether a repository shows a chart.
 *
 * @param patterns - names with `*`; all charts by default
 */
export function shownBy(
  patterns: readonly string[] | undefined,
): (chart: string) => boolean {
  if (!patterns) {
    return () => true;
  }
  const names = new Set(patterns.filter(pattern => !pattern.includes('*')));
  const others = patterns
    .filter(pattern => !names.has(pattern))
    .map(pattern => new RegExp(patternSource(pattern)));
  return chart =>
    names.has(chart) || others.some(pattern => pattern.test(chart));
}

/** Returns the column of the patterns. */
export function onlyColumn(
  patterns: readonly string[] | undefined,
): string | null {
  return patterns ? JSON.stringify(patterns) : null;
}
