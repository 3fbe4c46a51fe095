import { ReactNode, createContext, useContext } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AccessSummary } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../query';

const ACCESS_INTERVAL = 60_000;

const AccessContext = createContext<Polled<AccessSummary> | undefined>(
  undefined,
);

/** Loads the caller's access to Berth once for all pages. */
export function AccessProvider({ children }: { children: ReactNode }) {
  const api = useApi(berthApiRef);
  const access = usePolled({
    key: ['access'],
    load: () => api.getAccess(),
    every: ACCESS_INTERVAL,
  });
  return (
    <AccessContext.Provider value={access}>{children}</AccessContext.Provider>
  );
}

/** Returns whether a person reads everything in Berth, as platform admins and auditors do. */
export function readsEverything(access?: AccessSummary): boolean {
  return Boolean(access?.admin || access?.auditor);
}

/** Returns the caller's access to Berth: roles and groups. */
export function useAccess(): Polled<AccessSummary> {
  const access = useContext(AccessContext);
  if (!access) {
    throw new Error('useAccess must be used below AccessProvider');
  }
  return access;
}
