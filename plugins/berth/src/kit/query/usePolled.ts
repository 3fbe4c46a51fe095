import { useCallback, useRef, useState } from 'react';
import {
  QueryKey,
  hashKey,
  useQuery,
  replaceEqualDeep,
} from '@tanstack/react-query';
import { List } from '@berth/plugin-berth-common';

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

/** What to fetch, and how often. */
export interface PolledQuery<T> {
  /** Names the value, with everything that `load` depends on. Parts of a page with the same key share a fetch. */
  key: QueryKey;
  load: () => Promise<T>;
  /** Milliseconds from one answer to the next fetch, or how to find them from the last answer. Without it: once. */
  every?: number | ((value?: T) => number | undefined);
}

/**
 * Fetches at once and then repeatedly, as long as the browser tab is visible: after the interval, and soon
 * after the backend has reported a change. A changed key starts without a value. Equal parts of two answers
 * are the same objects.
 */
export function usePolled<T>({ key, load, every }: PolledQuery<T>): Polled<T> {
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery<T>({
    queryKey: key,
    queryFn: load,
    refetchInterval: ({ state }) =>
      (typeof every === 'function' ? every(state.data) : every) ?? false,
  });
  const [refreshing, setRefreshing] = useState(false);
  const refresh = useCallback(async () => {
    setRefreshing(true);
    await refetch();
    setRefreshing(false);
  }, [refetch]);

  // A query without data forgets its error when the next attempt starts; a notice must not flicker.
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

/** One page of a list. */
export interface PolledPage<Item> extends Polled<List<Item>> {
  /** The page that is shown: the former one while another is loading. */
  shown?: List<Item>;
  /** Whether another page than the one that is shown is loading. */
  isStale: boolean;
}

/**
 * Fetches a page of a list repeatedly. When the key changes, the former page stays until the new one is loaded.
 *
 * @param section - the former page of another section does not stay
 */
export function usePolledPage<Item>(
  query: PolledQuery<List<Item>>,
  section = '',
): PolledPage<Item> {
  const polled = usePolled(query);
  const last = useRef<{ section: string; page: List<Item> }>();
  if (last.current?.section !== section) {
    last.current = undefined;
  }
  if (polled.value) {
    const page = replaceEqualDeep(last.current?.page, polled.value);
    last.current = { section, page };
  }
  return { ...polled, shown: last.current?.page, isStale: !polled.value };
}
