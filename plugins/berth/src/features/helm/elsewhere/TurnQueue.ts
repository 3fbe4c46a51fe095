export interface TurnQueueOptions {
  /** How many requests are sent at a time. */
  most: number;
  /** Returns whether the server refused a request because others have to end first. */
  isFull: (error: unknown) => boolean;
  /** Resolves when the server can be asked again, or when the signal aborts. */
  pause: (signal: AbortSignal) => Promise<void>;
}

interface Task<Result> {
  /** Called when the request is sent for the first time. */
  onTurn: () => void;
  /** Called when the server has no room, with its answer. */
  onFull: (error: unknown) => void;
  request: () => Promise<Result>;
}

/** Sends requests a few at a time, in order. What the server has no room for is sent again, until it is stopped. */
export class TurnQueue {
  readonly #options: TurnQueueOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #stop = new AbortController();

  constructor(options: TurnQueueOptions) {
    this.#options = options;
  }

  /**
   * Returns the answer to a request.
   *
   * @returns undefined if the request was stopped while it waited
   * @throws what the request throws
   */
  async send<Result>(task: Task<Result>): Promise<Result | undefined> {
    const { signal } = this.#stop;
    await this.#turn();
    try {
      return await this.#try(task, signal);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Drops all that waits. Requests that the server has already got continue. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  async #turn(): Promise<void> {
    if (this.#running >= this.#options.most) {
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
      });
    }
    this.#running += 1;
  }

  async #try<Result>(
    { onFull, onTurn, request }: Task<Result>,
    signal: AbortSignal,
  ): Promise<Result | undefined> {
    if (!signal.aborted) {
      onTurn();
    }
    while (!signal.aborted) {
      try {
        return await request();
      } catch (error) {
        if (!this.#options.isFull(error)) {
          throw error;
        }
        onFull(error);
      }
      if (!signal.aborted) {
        await this.#options.pause(signal);
      }
    }
    return undefined;
  }
}
