import pLimit from 'p-limit';

/**
 * Starts work when it is its turn. Work that is cancelled before does not wait, and does not start.
 *
 * @returns undefined for work that did not start
 */
export async function inTurn<T>(
  places: pLimit.Limit,
  signal: AbortSignal,
  start: () => Promise<T>,
): Promise<T | undefined> {
  if (signal.aborted) {
    return undefined;
  }
  let onAbort = () => {};
  const cancelled = new Promise<undefined>(resolve => {
    onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort);
  });
  let over = false;
  const turn = places(async () => {
    signal.removeEventListener('abort', onAbort);
    return over || signal.aborted ? undefined : start();
  });
  const result = await Promise.race([turn, cancelled]);
  over = true;
  return result;
}
