import pLimit from 'p-limit';

const AT_A_TIME = 4;
const MAX_MS = 10_000;

/**
 * Has the first passes over clusters begin a few at a time. A replica that starts takes over all of its
 * clusters in one moment, and what a pass has in its hands of each of them would fill the memory. A cluster
 * that does not answer holds the others up for ten seconds at most; one that did not answer before holds up
 * none but its like.
 */
export class FirstPasses {
  readonly #answering = pLimit(AT_A_TIME);
  readonly #silent = pLimit(AT_A_TIME);

  /**
   * @param pass - begins one, and resolves when it is over; does not throw
   * @param silent - whether the cluster did not answer when it was last looked at
   */
  begin(pass: () => Promise<void>, silent: boolean): void {
    const limit = silent ? this.#silent : this.#answering;
    limit(async () => {
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
