import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { Polled, usePolling } from '../../hooks';
import { countChecks } from './summarize';
import { Check } from './types';

const LIVE_INTERVAL = 15_000;

/** The doctor at work on one cluster. */
export interface Doctor extends Polled<Check[]> {
  /** Whether it looks again by itself until none fails. */
  live: boolean;
  setLive: (live: boolean) => void;
}

/**
 * Runs a cluster's checks at once, and again and again until none fails.
 *
 * @param name - of the cluster
 * @param onRun - told after each run, as the cluster's status is fresh then; must be stable
 */
export function useDoctor(name: string, onRun: () => Promise<void>): Doctor {
  const api = useApi(berthApiRef);
  const [live, setLive] = useState(true);
  const load = useCallback(async () => {
    const { items } = await api.runChecks(name);
    await onRun();
    return items as Check[];
  }, [api, name, onRun]);
  const polled = usePolling(load, checks =>
    live && (!checks || countChecks(checks).Failed > 0)
      ? LIVE_INTERVAL
      : undefined,
  );
  return { ...polled, live, setLive };
}
