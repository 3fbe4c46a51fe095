const PAUSE_MS = 500;

/**
 * Calls until the call resolves with something, and no longer than the deadline.
 *
 * @throws the last error, or one that says what was waited for
 */
export async function retry<T>(
  what: string,
  deadlineMs: number,
  call: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const result = await call();
      if (result !== undefined) {
        return result;
      }
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`Waited ${deadlineMs / 1000} s in vain for ${what}`, {
    cause: lastError,
  });
}
