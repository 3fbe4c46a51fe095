import pLimit from 'p-limit';

const AT_A_TIME = 4;
const MAX_MS = 10_000;

/**
 * Starts the first passes over clusters a few at a time. A replica that starts takes over all of its clusters
 * at once, and the data of all their passes would fill the memory. A cluster that does not answer delays the
 * others by ten seconds at most; one that did not answer before only delays other silent clusters.
 */
export class FirstPassLimiter {
  readonly #answering = pLimit(AT_A_TIME);
  readonly #silent = pLimit(AT_A_TIME);

  /**
   * @param pass - begins a pass, and resolves when it ends; does not throw
   * @param silent - whether the cluster did not answer the last probe
   */
  run(pass: () => Promise<void>, silent: boolean): void {
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
