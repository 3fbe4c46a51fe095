import { apiErrorMessage, errorFromApi } from '@berth/plugin-berth-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing } from './isPassing';
import { DEFAULT_PACE, Pace, pausesOf } from './pace';

/** What a step waits for. */
export interface Waiting<T> {
  /** The first look. */
  first: T;
  look(former: T): Promise<T>;
  /**
   * Notes one look.
   *
   * @returns whether the wait is over
   */
  note(seen: T): boolean;
  minutes: number;
  /** The error when the time is over. */
  timeOver(seen: T): Error;
  /** The beginning of the error when the caller may not look any more. */
  lost(seen: T): string;
  logger: { warn(message: string): void };
  pace?: Pace;
  signal?: AbortSignal;
}

/**
 * Looks until the wait is over. While the portal does not answer, it looks again until the time is over.
 *
 * @throws the error of `note`, of `timeOver`, of a look that the portal refuses, and of the signal
 */
export async function waitUntil<T>({
  pace = DEFAULT_PACE,
  signal,
  ...waiting
}: Waiting<T>): Promise<T> {
  const until = Date.now() + waiting.minutes * 60_000;
  let seen = waiting.first;
  for (const pause of pausesOf(pace)) {
    if (waiting.note(seen)) {
      break;
    }
    if (Date.now() + pause > until) {
      throw waiting.timeOver(seen);
    }
    await sleep(pause, undefined, { signal });
    try {
      seen = await waiting.look(seen);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(error)) {
        throw errorFromApi(error, waiting.lost(seen));
      }
      waiting.logger.warn(
        `Berth did not answer; trying again: ${apiErrorMessage(error)}`,
      );
    }
  }
  return seen;
}
