import { useCallback } from 'react';
import { alertApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';

const TIMEOUT_MS = 5_000;

/** Tells in passing that something worked, or, until it is dismissed, that it did not. */
export interface Notification {
  message: string;
  failed?: boolean;
}

/**
 * Posts a toast. An app of the legacy frontend system has no toasts: there it is an alert, which is deprecated
 * elsewhere.
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
