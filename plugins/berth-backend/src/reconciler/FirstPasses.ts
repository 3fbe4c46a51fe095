import pLimit from 'p-limit';

const AT_A_TIME = 4;
const MAX_MS = 10_000;

/**
 * Has the first passes over clusters begin a few at a time. A replica that starts takes over all of its
 * clusters in one moment, and what a pass has in its hands of each of them would fill the memory. A cluster
 * that does not answer holds the others up for ten seconds at most.
 */
export class FirstPasses {
  readonly #limit = pLimit(AT_A_TIME);

  /** @param pass - begins one, and resolves when it is over; does not throw */
  begin(pass: () => Promise<void>): void {
    this.#limit(async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>(resolve => {
        timer = setTimeout(resolve, MAX_MS);
        timer.unref();
      });
      await Promise.race([pass(), late]);
      clearTimeout(timer);
    });
  }
}
