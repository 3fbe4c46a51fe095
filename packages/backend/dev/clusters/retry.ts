const PAUSE_MS = 500;

/**
 * Repeats a call until it returns a value, up to the deadline.
 *
 * @throws the last error, or an error that names the missing result
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
