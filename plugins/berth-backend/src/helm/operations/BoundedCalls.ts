/** Each of them occupies a connection of the database. */
const MOST_UNANSWERED = 2;

/** Calls of a database that may hang. */
export class BoundedCalls {
  #unanswered = 0;

  /**
   * @param onLate - called with an answer that comes after the limit
   * @throws Error if there is no answer in time, or earlier calls still have none
   */
  async run<T>(
    limitMs: number,
    call: () => Promise<T>,
    onLate?: (answer: T) => void,
  ): Promise<T> {
    if (this.#unanswered >= MOST_UNANSWERED) {
      throw new Error('The database has not answered earlier calls');
    }
    this.#unanswered += 1;
    const answer = call().finally(() => {
      this.#unanswered -= 1;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The database did not answer in ${limitMs} ms`));
        if (onLate) {
          answer.then(onLate, () => {});
        }
      }, limitMs);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
