const FIRST_MS = 1_000;
const MAX_MS = 60_000;

/**
 * Computes how long to wait after a failed pass: twice as long each time, between one second and one minute,
 * less a random part of up to half, so that clusters that failed together do not retry together.
 *
 * @param failures - the number of failed passes in a row, from 1
 * @param atLeastSeconds - the time that the API server asked for
 * @returns milliseconds
 */
export function backoff(
  failures: number,
  atLeastSeconds = 0,
  random: () => number = Math.random,
): number {
  const full = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
  return Math.max(full * (1 - random() / 2), atLeastSeconds * 1_000);
}
