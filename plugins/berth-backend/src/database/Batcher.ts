/** A batch that takes longer does not hold up the next one. */
const WAIT_MS = 250;

export interface BatcherOptions<Item, Result> {
  /** The largest number of items in a batch. */
  maxSize: number;
  /** Does the work of all items at once. Returns one result for each item, in their order. */
  run(items: Item[]): Promise<Result[]>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Collects items while a batch is under way, and then does their work at once (group commit). Without other work, an
 * item does not wait. The work of an item begins after the item was added, so a read sees all that was written before.
 */
export class Batcher<Item, Result> {
  readonly #options: BatcherOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #running = false;

  constructor(options: BatcherOptions<Item, Result>) {
    this.#options = options;
  }

  /** @throws the error of the batch */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#running) {
        this.#running = true;
        setImmediate(() => this.#work());
      }
    });
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.maxSize);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise(resolve => {
        timer = setTimeout(resolve, WAIT_MS);
      });
      await Promise.race([this.#run(batch), late]);
      clearTimeout(timer);
    }
    this.#running = false;
  }

  async #run(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(
          `A batch of ${batch.length} items has ${results.length} results`,
        );
      }
      batch.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }
}
