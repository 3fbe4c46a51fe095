import { useState } from 'react';
import useInterval from 'react-use/esm/useInterval';

/** The time, in milliseconds since the epoch, kept up to date to the given interval. */
export function useNow(interval: number): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), interval);
  return now;
}
