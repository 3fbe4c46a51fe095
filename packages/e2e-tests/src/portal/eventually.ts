import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a condition holds.
 *
 * @param holds - called again while it returns false or throws
 * @throws Error with the last failure as its cause
 */
export async function eventually(
  what: string,
  holds: () => Promise<boolean>,
  deadlineMs = 90_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      if (await holds()) {
        return;
      }
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(250);
  }
  throw new Error(`Waited ${deadlineMs / 1000} s in vain until ${what}`, {
    cause,
  });
}
