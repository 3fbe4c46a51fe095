import { useCallback } from 'react';
import { useText } from '..';
import { ResourceUse } from './quotaUse';
import { formatAmount, formatUse } from './resources';

/** Writes what of a bound is in use, such as `3.5 of 8 vCPU`. */
export function useUseText(): (use: ResourceUse) => string {
  const t = useText();
  return useCallback(
    ({ resource, hard, used }) =>
      used === undefined
        ? t('quotas.unobserved', { hard: formatAmount(resource, hard) })
        : t('quotas.use', formatUse(resource, used, hard)),
    [t],
  );
}
