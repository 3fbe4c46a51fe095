import { useState } from 'react';
import useInterval from 'react-use/esm/useInterval';

/** Returns the time, in milliseconds since the epoch, updated at the given interval. */
export function useNow(interval: number): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), interval);
  return now;
}
