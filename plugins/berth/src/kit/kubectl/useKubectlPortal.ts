import { useApi } from '@backstage/core-plugin-api';
import { KubectlPortal } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { problemOf } from '../format';
import { Polled, usePolled } from '../query';

/** Loads what kubectl-berth needs to know of this portal. */
export function useKubectlPortal(): Polled<KubectlPortal> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['kubectl', 'portal'],
    load: () => api.getKubectlPortal(),
  });
}

/** Returns whether a call failed because sign-in with kubectl is turned off. */
export function isKubectlOff(error: unknown): boolean {
  return error !== undefined && problemOf(error).kind === 'notFound';
}
