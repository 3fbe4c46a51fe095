import { useCallback } from 'react';
import { usesOf } from './quotaUse';
import { formatAmount } from './resources';
import { useResourceLabel } from './useResourceLabel';

/** Writes the bounds of a quota in one line, such as `CPU requests 2 vCPU, Memory requests 4 GiB`. */
export function useBoundsText(): (hard: Record<string, string>) => string {
  const labelOf = useResourceLabel();
  return useCallback(
    hard =>
      usesOf({ hard })
        .map(
          ({ resource, hard: amount }) =>
            `${labelOf(resource)} ${formatAmount(resource, amount)}`,
        )
        .join(', '),
    [labelOf],
  );
}
