import { setTimeout as sleep } from 'node:timers/promises';
import { ManagedProcess } from './ManagedProcess';

const READY_DEADLINE_MS = 120_000;

/**
 * Waits until a program is ready. On a busy machine, a starting program fails to answer in many ways, so only
 * the end of the program or the deadline ends the wait.
 *
 * @param holds - called again while it returns false or throws
 * @throws Error with the program's last output, and the last failure as its cause
 */
export async function untilReady(
  what: string,
  program: ManagedProcess,
  holds: () => Promise<boolean>,
  deadlineMs = READY_DEADLINE_MS,
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
    await sleep(200);
    program.assertRunning();
  }
  throw new Error(
    `Waited ${deadlineMs / 1000} s in vain until ${what}:\n${program.output}`,
    { cause },
  );
}
