import { useCallback, useRef, useState } from 'react';
import {
  QueryKey,
  hashKey,
  useQuery,
  useQueryClient,
  replaceEqualDeep,
} from '@tanstack/react-query';

/** A value that is fetched repeatedly. */
export interface Polled<T> {
  /** The last answer, kept while a newer one is fetched and when a fetch fails. */
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

/** What to fetch, and how often. */
export interface PolledQuery<T> {
  /** The name of the value, including everything that `load` depends on. Components with the same key share a fetch. */
  key: QueryKey;
  load: (fetch: Fetch<T>) => Promise<T>;
  /** Milliseconds from one answer to the next fetch, or a function of the last answer. If absent, fetches once. */
  every?: number | ((value?: T) => number | undefined);
  /** Whether `load` itself keeps the equal parts of two answers, because they are too large to be compared here. */
  keepsParts?: boolean;
  /** Whether a change that the backend reports is no reason to fetch. */
  ignoresChanges?: boolean;
}

/** One fetch of a value. */
export interface Fetch<T> {
  /** Aborts when nothing shows the value any more. */
  readonly signal: AbortSignal;
  /** The last value. */
  readonly previous?: T;
  /** Shows a part of the value before all of it is fetched. */
  publish: (value: T) => void;
}

/**
 * Fetches at once and then repeatedly, as long as the browser tab is visible: after the interval, and soon after
 * the backend has reported a change. A changed key starts without a value. Equal parts of two answers keep their
 * identity.
 */
export function usePolled<T>(query: PolledQuery<T>): Polled<T> {
  const { key, load, every, keepsParts, ignoresChanges } = query;
  const client = useQueryClient();
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery<T>({
    queryKey: key,
    queryFn: context =>
      load({
        // Reading the signal makes a fetch end when nothing shows its value any more.
        get signal() {
          return context.signal;
        },
        previous: client.getQueryData<T>(key),
        publish: value => client.setQueryData<T>(key, value),
      }),
    structuralSharing: !keepsParts,
    meta: { ignoresChanges },
    refetchInterval: ({ state }) =>
      (typeof every === 'function' ? every(state.data) : every) ?? false,
  });
  const [refreshing, setRefreshing] = useState(false);
  const refresh = useCallback(async () => {
    setRefreshing(true);
    await refetch();
    setRefreshing(false);
  }, [refetch]);

  // A query without data drops its error when the next attempt starts; a notice must not flicker.
  const failure = useRef<{ hash: string; error: unknown }>();
  const hash = hashKey(key);
  if (error) {
    failure.current = { hash, error };
  } else if (!isPending || failure.current?.hash !== hash) {
    failure.current = undefined;
  }

  return {
    value: data,
    error: failure.current?.error,
    updatedAt: dataUpdatedAt || undefined,
    refreshing,
    refresh,
  };
}

const RETRY = 5_000;

/** Returns the interval of data that is loaded once, and again only after a failure. */
export function untilLoaded(value?: unknown): number | undefined {
  return value === undefined ? RETRY : undefined;
}

/** One page of a list. */
export interface PolledPage<Page> extends Polled<Page> {
  /** The page to show: the former one while another is loading. */
  shown?: Page;
  /** Whether a page other than `shown` is loading. */
  isStale: boolean;
}

/**
 * Fetches a page of a list repeatedly. When the key changes, the former page stays until the new one is loaded.
 *
 * @param section - the former page stays only within the same section
 */
export function usePolledPage<Page>(
  query: PolledQuery<Page>,
  section = '',
): PolledPage<Page> {
  const polled = usePolled(query);
  const last = useRef<{ section: string; page: Page }>();
  if (last.current?.section !== section) {
    last.current = undefined;
  }
  if (polled.value) {
    const page = replaceEqualDeep(last.current?.page, polled.value);
    last.current = { section, page };
  }
  return { ...polled, shown: last.current?.page, isStale: !polled.value };
}
