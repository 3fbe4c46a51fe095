import { ClusterCallError } from '../access/clusterCallErrors';

interface Deadline {
  end(): void;
  /** In milliseconds. */
  left: number;
  /** Whether the time stands still while the person reads slowly. */
  pausable: boolean;
  since: number;
  timer?: NodeJS.Timeout;
}

/** Ends the calls to one cluster when a time is over, after a failure, and when nobody waits for them any more. */
export class ClusterDeadlines {
  readonly #end = new AbortController();
  readonly #deadlines = new Set<Deadline>();
  readonly #waiting?: AbortSignal;
  readonly #leave = () => this.#end.abort(this.#waiting?.reason);
  #writes = 0;

  /** @param waiting - is aborted when nobody waits for the calls; absent if the calls always go on */
  constructor(waiting?: AbortSignal) {
    this.#waiting = waiting;
    if (waiting?.aborted) {
      this.#leave();
    }
    waiting?.addEventListener('abort', this.#leave, { once: true });
  }

  /** For the calls. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /**
   * Ends the calls after a time.
   *
   * @param sentence - describes what did not happen in time
   * @returns a function that takes the deadline back
   */
  endAfter(milliseconds: number, sentence: () => string): () => void {
    return this.#add(milliseconds, sentence, false);
  }

  /** Like `endAfter`, for a time in which also the person reads: the time stands still while a write waits. */
  endAfterWork(milliseconds: number, sentence: () => string): () => void {
    return this.#add(milliseconds, sentence, true);
  }

  /** Returns a function that writes like another one, and lets no time pass that the person takes to read. */
  unhurried<Line>(
    write: (line: Line) => Promise<void>,
  ): (line: Line) => Promise<void> {
    return async line => {
      this.#writes += 1;
      if (this.#writes === 1) {
        this.#pausable.forEach(pause);
      }
      try {
        await write(line);
      } finally {
        this.#writes -= 1;
        if (this.#writes === 0) {
          this.#pausable.forEach(run);
        }
      }
    };
  }

  /** Ends the calls. The first reason counts. */
  end(reason?: unknown): void {
    this.#end.abort(reason);
  }

  /** Takes all deadlines back. */
  stop(): void {
    this.#deadlines.forEach(pause);
    this.#deadlines.clear();
    this.#waiting?.removeEventListener('abort', this.#leave);
  }

  get #pausable(): Deadline[] {
    return [...this.#deadlines].filter(({ pausable }) => pausable);
  }

  #add(
    milliseconds: number,
    sentence: () => string,
    pausable: boolean,
  ): () => void {
    const deadline: Deadline = {
      end: () => this.end(new ClusterCallError(504, sentence())),
      left: milliseconds,
      pausable,
      since: 0,
    };
    this.#deadlines.add(deadline);
    if (!pausable || this.#writes === 0) {
      run(deadline);
    }
    return () => {
      pause(deadline);
      this.#deadlines.delete(deadline);
    };
  }
}

function run(deadline: Deadline): void {
  deadline.since = performance.now();
  deadline.timer = setTimeout(deadline.end, deadline.left);
}

function pause(deadline: Deadline): void {
  clearTimeout(deadline.timer);
  deadline.left -= performance.now() - deadline.since;
}
