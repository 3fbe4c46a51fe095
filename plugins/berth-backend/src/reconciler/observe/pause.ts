/**
 * Resolves after a time, or as soon as one of the signals is aborted. Not `node:timers/promises`, because tests
 * with fake timers cannot advance it, and not `AbortSignal.any`, because in Node 22 each call leaves about 1 kB with
 * a signal that lives as long as the process.
 */
export async function pause(
  milliseconds: number,
  ...signals: AbortSignal[]
): Promise<void> {
  if (signals.some(({ aborted }) => aborted)) {
    return;
  }
  const done = new AbortController();
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    timer.unref();
    for (const signal of signals) {
      const leave = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', leave, { signal: done.signal });
    }
  });
  done.abort();
}
