import { useCallback } from 'react';
import { alertApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';

const TIMEOUT_MS = 5_000;

/** A message that an action succeeded, shown briefly, or that it failed, shown until it is dismissed. */
export interface Notification {
  message: string;
  failed?: boolean;
}

/**
 * Returns a function that posts a toast. Apps of the legacy frontend system have no toasts and get an alert, which
 * is deprecated elsewhere.
 */
export function useNotify(): (notification: Notification) => void {
  const apis = useApiHolder();
  return useCallback(
    ({ message, failed }) => {
      const toasts = apis.get(toastApiRef);
      if (toasts) {
        toasts.post({
          title: message,
          status: failed ? 'danger' : 'success',
          ...(!failed && { timeout: TIMEOUT_MS }),
        });
        return;
      }
      apis.get(alertApiRef)?.post({
        message,
        severity: failed ? 'error' : 'success',
        display: failed ? 'permanent' : 'transient',
      });
    },
    [apis],
  );
}
