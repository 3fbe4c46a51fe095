import { useMemo, useRef } from 'react';

/**
 * Returns the names to filter a list by, sorted: all that the page has seen, also when a filter hides their rows.
 *
 * @param names - the names of each filter; must be stable while the list is the same
 */
export function useSeenNames<Filter extends string>(
  names: Record<Filter, Iterable<string>>,
): Record<Filter, string[]> {
  const seen = useRef<Partial<Record<Filter, Set<string>>>>({});
  return useMemo(() => {
    const sorted = {} as Record<Filter, string[]>;
    for (const filter of Object.keys(names) as Filter[]) {
      const before = seen.current[filter] ?? [];
      const all = new Set([...before, ...names[filter]]);
      seen.current[filter] = all;
      sorted[filter] = [...all].sort();
    }
    return sorted;
  }, [names]);
}
