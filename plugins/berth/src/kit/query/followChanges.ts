import { SignalApi } from '@backstage/plugin-signals-react';
import { Query, QueryClient, focusManager } from '@tanstack/react-query';
import { BERTH_CHANGED_CHANNEL } from '@berth/plugin-berth-common';

/** The minimum milliseconds between two fetches of one query, regardless of the number of changes. */
const PACE = 3_000;
/** Milliseconds over which the fetches of all browsers are spread after a change. */
const SPREAD = 500;

/**
 * Fetches all polled queries again, soon after the backend has reported a change. A query that does not poll is
 * not fetched, and a hidden browser tab fetches when the tab is shown again.
 *
 * @returns a function that stops following
 */
export function followChanges(
  client: QueryClient,
  signals: SignalApi,
): () => void {
  const fetchedAt = new WeakMap<Query, number>();
  const timers = new Map<Query, ReturnType<typeof setTimeout>>();

  const unsubscribe = client.getQueryCache().subscribe(event => {
    if (event.type === 'updated' && event.action.type === 'fetch') {
      fetchedAt.set(event.query, Date.now());
    } else if (event.type === 'removed') {
      clearTimeout(timers.get(event.query));
      timers.delete(event.query);
    }
  });

  const fetchSoon = (query: Query) => {
    const changedAt = Date.now();
    const wait = (fetchedAt.get(query) ?? 0) + PACE - changedAt;
    const timer = setTimeout(() => {
      timers.delete(query);
      const isFetched = (fetchedAt.get(query) ?? 0) > changedAt;
      if (!isFetched && focusManager.isFocused() && isPolled(query)) {
        client.invalidateQueries({ queryKey: query.queryKey, exact: true });
      }
    }, Math.max(0, wait) + Math.random() * SPREAD);
    timers.set(query, timer);
  };

  const subscription = signals.subscribe(BERTH_CHANGED_CHANNEL, () => {
    for (const query of client.getQueryCache().findAll({ type: 'active' })) {
      if (isPolled(query) && !timers.has(query)) {
        fetchSoon(query);
      }
    }
  });

  return () => {
    subscription.unsubscribe();
    unsubscribe();
    timers.forEach(timer => clearTimeout(timer));
  };
}

function isPolled(query: Query): boolean {
  return (
    !query.meta?.ignoresChanges &&
    query.observers.some(({ options: { refetchInterval } }) =>
      Boolean(
        typeof refetchInterval === 'function'
          ? refetchInterval(query)
          : refetchInterval,
      ),
    )
  );
}
