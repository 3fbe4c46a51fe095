/** Resolves after a time, or as soon as one of the signals is aborted. */
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
