import { useCallback } from 'react';
import { Cluster } from '@berth/plugin-berth-common';
import { readsEverything, useAccess } from './hooks';
import { useText } from './useText';

/**
 * Explains why the portal cannot work with a cluster. Admins and auditors read the cause and the fix; others cannot change
 * an address, a firewall or a certificate, and read who can.
 *
 * @returns undefined where there is nothing to explain
 */
export function useClusterProblem(): (cluster: Cluster) => string | undefined {
  const t = useText();
  const { value: access } = useAccess();
  const readsAll = readsEverything(access);
  return useCallback(
    ({ status: { state, cause, message } }) => {
      if (!message) {
        return undefined;
      }
      if (!readsAll && state !== 'Connected') {
        return t('clusterBanner.forMembers');
      }
      return cause
        ? t('state.cause', { cause: t(`cause.${cause}`), message })
        : message;
    },
    [t, readsAll],
  );
}
