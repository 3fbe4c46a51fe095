import { useEffect, useMemo, useReducer, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { LogChoice, logQueryOf } from './logQuery';
import { LogSearch } from './LogSearch';
import { LogSession, LogState } from './LogSession';
import { LogStore } from './LogStore';

/** Reads a log, again from its start after each change of what is asked for. */
export function useLogSession(
  address: ObjectAddress,
  choice: LogChoice,
): {
  state: LogState;
  store: LogStore;
  /** Changes with the state and with the lines. */
  version: number;
  loadedAt: number;
  reload: () => void;
} {
  const api = useApi(berthApiRef);
  const [round, reload] = useReducer((count: number) => count + 1, 0);
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const { container, follow, previous, since, tail } = choice;
  const { cluster, group, name, namespace, plural } = address;
  const current = useMemo(() => {
    const loadedAt = Date.now();
    const store = new LogStore();
    const session = new LogSession({
      api,
      address: { cluster, group, name, namespace, plural },
      query: logQueryOf(
        { ...choice, container, follow, previous, since, tail },
        loadedAt,
      ),
      store,
    });
    return { loadedAt, round, session, store };
    // What only changes the look does not load the log again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [
    api,
    cluster,
    group,
    name,
    namespace,
    plural,
    container,
    follow,
    previous,
    since,
    tail,
    round,
  ]);
  const { session, store, loadedAt } = current;
  useEffect(() => {
    const unsubscribe = session.subscribe(changed);
    session.run();
    return () => {
      unsubscribe();
      session.stop();
    };
  }, [session]);
  return { state: session.state, store, version, loadedAt, reload };
}

/** Searches in a store, also in the lines that are added. */
export function useLogSearch(
  store: LogStore,
  needle: string,
  version: number,
): { found: readonly number[]; isComplete: boolean } {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const [search, setSearch] = useState<LogSearch>();
  useEffect(() => {
    const started = new LogSearch(store, needle, changed);
    setSearch(started);
    return () => started.stop();
  }, [store, needle]);
  useEffect(() => {
    search?.update();
  }, [search, version]);
  return {
    found: search?.found ?? [],
    isComplete: search?.complete ?? false,
  };
}
