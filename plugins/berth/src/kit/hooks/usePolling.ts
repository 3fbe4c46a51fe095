import { useCallback, useEffect, useRef, useState } from 'react';
import { keepEqual } from './keepEqual';
import { useNewsAt } from './LiveContext';
import { useVisible } from './useVisible';

/** A value that is fetched repeatedly. */
export interface Polled<T> {
  /** The last answer; it stays while newer ones are fetched and when one fails. */
  value?: T;
  /** Why the last attempt failed, until one succeeds. */
  error?: unknown;
  /** When `value` was fetched, in milliseconds since the epoch. */
  updatedAt?: number;
  /** Whether a fetch that a person started is running. */
  refreshing: boolean;
  /** Fetches now. Never rejects. */
  refresh: () => Promise<void>;
}

interface Snapshot<T> {
  load: () => Promise<T>;
  value?: T;
  error?: unknown;
  updatedAt?: number;
}

/** The least milliseconds between two attempts, however many changes there are. */
const PACE = 3_000;
/** Milliseconds over which the fetches of all pages are spread after a change. */
const SPREAD = 500;

/**
 * Fetches at once and then again and again, as long as the browser tab is visible: after the interval, or
 * soon after the backend has reported a change. A changed `load` starts from nothing. Equal parts of two
 * answers are the same objects.
 *
 * @param load - must be stable between renders
 * @param intervalFor - milliseconds from one answer to the next fetch, given the last answer; undefined
 *   stops
 */
export function usePolling<T>(
  load: () => Promise<T>,
  intervalFor: (value?: T) => number | undefined,
): Polled<T> {
  const [snapshot, setSnapshot] = useState<Snapshot<T>>({ load });
  const [refreshing, setRefreshing] = useState(false);
  const visible = useVisible();
  const latestAttempt = useRef(0);
  const attemptedAt = useRef(0);
  const current: Snapshot<T> = snapshot.load === load ? snapshot : { load };

  const attempt = useCallback(async () => {
    const number = ++latestAttempt.current;
    attemptedAt.current = Date.now();
    try {
      const value = await load();
      if (number === latestAttempt.current) {
        setSnapshot(previous => ({
          load,
          value: keepEqual(
            previous.load === load ? previous.value : undefined,
            value,
          ),
          updatedAt: Date.now(),
        }));
      }
    } catch (error) {
      if (number === latestAttempt.current) {
        setSnapshot(previous =>
          previous.load === load ? { ...previous, error } : { load, error },
        );
      }
    }
  }, [load]);

  useEffect(() => {
    if (visible) {
      attempt();
    }
  }, [attempt, visible]);

  useEffect(
    () => () => {
      latestAttempt.current++;
    },
    [attempt],
  );

  // Every attempt makes a new snapshot, so each answer schedules the next fetch.
  const interval = intervalFor(current.value);
  const newsAt = useNewsAt();
  useEffect(() => {
    if (!visible || interval === undefined) {
      return undefined;
    }
    const isNews = newsAt > attemptedAt.current;
    const timer = setTimeout(
      attempt,
      isNews ? soon(attemptedAt.current) : interval,
    );
    return () => clearTimeout(timer);
  }, [attempt, interval, newsAt, snapshot, visible]);

  const refresh = useCallback(async () => {
    setRefreshing(true);
    await attempt();
    setRefreshing(false);
  }, [attempt]);

  return {
    value: current.value,
    error: current.error,
    updatedAt: current.updatedAt,
    refreshing,
    refresh,
  };
}

function soon(attemptedAt: number): number {
  const rest = attemptedAt + PACE - Date.now();
  return Math.max(0, rest) + Math.random() * SPREAD;
}
