import { useCallback } from 'react';
import { RequestAsk } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';

/** Writes a short title of a request, such as `Quota of shop`. */
export function useAskTitle(): (ask: RequestAsk) => string {
  const t = useText();
  return useCallback(
    ask =>
      ask.kind === 'grant'
        ? t('ask.title.grant', {
            role: t(`role.${ask.role}`),
            namespace: ask.namespace,
          })
        : t(`ask.title.${ask.kind}`, { namespace: ask.namespace }),
    [t],
  );
}

/** Entity ref of the group for which something is asked; a quota is for no group in particular. */
export function askGroup(ask: RequestAsk): string | undefined {
  return ask.kind === 'quota' ? undefined : ask.group;
}
