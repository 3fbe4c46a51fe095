import {
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { focusManager } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { CheckRun } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useAccess } from '../../../kit/hooks';
import { Polled, usePolled } from '../../../kit/query';
import { verdictOf } from './summarize';

const READ_INTERVAL = 30_000;
const LIVE_INTERVAL = 10_000;

/** The doctor of one cluster. */
export interface Doctor {
  /** The last runs, the latest first. */
  runs: Polled<CheckRun[]>;
  /** Whether the checks are repeated automatically until none fails. */
  live: boolean;
  setLive: (live: boolean) => void;
  running: boolean;
  /** The failure of the last requested run. */
  problem?: unknown;
  /** Runs all checks now. Never rejects. */
  run: () => Promise<void>;
}

/**
 * Loads a cluster's last checks and, while `live`, repeats them until none fails.
 *
 * @param name - of the cluster
 * @param options - `live`: whether to start automatically; `onRun`: called after each run, which also updates
 *   the cluster's status
 */
export function useDoctor(
  name: string,
  options: { live: boolean; onRun: () => Promise<void> },
): Doctor {
  const { onRun } = options;
  const api = useApi(berthApiRef);
  const visible = useSyncExternalStore(
    onChange => focusManager.subscribe(onChange),
    () => focusManager.isFocused(),
  );
  const { value: access } = useAccess();
  const readOnly = !access?.admin;
  const [live, setLive] = useState(options.live);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const attemptedAt = useRef(0);

  const runs = usePolled({
    key: ['checkRuns', name],
    load: async () => (await api.listCheckRuns(name)).items,
    every: READ_INTERVAL,
  });
  const { refresh, value: known } = runs;

  const run = useCallback(async () => {
    attemptedAt.current = Date.now();
    setRunning(true);
    setProblem(undefined);
    try {
      await api.runChecks(name);
      await Promise.all([refresh(), onRun()]);
    } catch (error) {
      setProblem(error);
    }
    setRunning(false);
  }, [api, name, onRun, refresh]);

  useEffect(() => {
    const last = known?.[0];
    const healthy = last && verdictOf(last.items) !== 'Failed';
    if (readOnly || !live || !visible || running || !known || healthy) {
      return undefined;
    }
    const wait = attemptedAt.current + LIVE_INTERVAL - Date.now();
    const timer = setTimeout(run, Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [known, live, problem, readOnly, run, running, visible]);

  return { runs, live, setLive, running, problem, run };
}
