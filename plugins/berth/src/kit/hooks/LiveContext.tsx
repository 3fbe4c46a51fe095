import {
  createContext,
  ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { BERTH_CHANGED_CHANNEL } from '@berth/plugin-berth-common';

/** Calls back whenever the backend reports a change. @returns ends the subscription */
type Subscribe = (onNews: () => void) => () => void;

const LiveContext = createContext<Subscribe | undefined>(undefined);

/** Receives the backend's changes for all pages. In an app without the signals plugin, pages only poll. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const signals = useApiHolder().get(signalApiRef);
  const subscribe = useMemo<Subscribe | undefined>(
    () =>
      signals &&
      (onNews => {
        const subscription = signals.subscribe(BERTH_CHANGED_CHANNEL, onNews);
        return () => subscription.unsubscribe();
      }),
    [signals],
  );
  return (
    <LiveContext.Provider value={subscribe}>{children}</LiveContext.Provider>
  );
}

/** When the backend last reported a change, in milliseconds since the epoch; 0 before. */
export function useNewsAt(): number {
  const subscribe = useContext(LiveContext);
  const [newsAt, setNewsAt] = useState(0);
  useEffect(() => subscribe?.(() => setNewsAt(Date.now())), [subscribe]);
  return newsAt;
}
