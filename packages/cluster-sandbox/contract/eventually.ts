import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 60_000;

/** Waits until a condition is met; a real API server gets much of its state from its own watches. */
export async function eventually(holds: () => Promise<boolean>) {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited ${DEADLINE_MS / 1000} s in vain`);
    }
    await sleep(100);
  }
}
