import { JSON_TOO_COMPLEX } from './JsonScanner';
import { KubeError } from './KubeError';
import { KubeLimits } from './limits';
import { RESPONSE_TOO_LARGE, TOO_MANY_ITEMS } from './readJson';

/**
 * `reason` of the error while the portal does not call an API server.
 *
 * @public
 */
export const SUSPENDED = 'Suspended';
/**
 * `reason` of the error while an API server has used up its bytes per minute.
 *
 * @public
 */
export const OUT_OF_BUDGET = 'OutOfBudget';
/**
 * `reason` of the error for a list that does not end.
 *
 * @public
 */
export const ENDLESS_LIST = 'EndlessList';

/** The errors that no well-behaved API server causes. */
const HOSTILE: ReadonlySet<string> = new Set([
  ENDLESS_LIST,
  JSON_TOO_COMPLEX,
  RESPONSE_TOO_LARGE,
  TOO_MANY_ITEMS,
]);

/**
 * Limits the load that one API server causes, over all its calls: the bytes per minute, and the number of answers
 * beyond the limits. After such an answer, the portal does not call the server for some minutes.
 *
 * @public
 */
export class TargetGuard {
  readonly #server: string;
  readonly #limits: Pick<KubeLimits, 'maxBytesPerMinute' | 'suspendTime'>;
  readonly #now: () => number;
  /** The number of bytes that the server may still send; negative after a large answer. */
  #balance: number;
  #balancedAt: number;
  #suspendedUntil = 0;
  #why = '';

  /** @param options - `server`: host and port, for messages */
  constructor(options: {
    server: string;
    limits: Pick<KubeLimits, 'maxBytesPerMinute' | 'suspendTime'>;
    now?: () => number;
  }) {
    this.#server = options.server;
    this.#limits = options.limits;
    this.#now = options.now ?? Date.now;
    this.#balance = options.limits.maxBytesPerMinute;
    this.#balancedAt = this.#now();
  }

  /** @throws KubeError while the server must not be called */
  assertReady(): void {
    const now = this.#now();
    if (now < this.#suspendedUntil) {
      const until = new Date(this.#suspendedUntil).toISOString();
      throw new KubeError(
        'Protocol',
        `${this.#server} is not called until ${until}: ${this.#why}`,
        {
          reason: SUSPENDED,
          retryAfterSeconds: Math.ceil((this.#suspendedUntil - now) / 1000),
        },
      );
    }
    this.#assertBudget(now);
  }

  /** Counts bytes of a stream. @throws KubeError if they exceed the budget */
  consume(bytes: number): void {
    this.count(bytes);
    this.#assertBudget(this.#now());
  }

  /** Counts bytes of an answer. The answer has its own limit, so it may be read to its end. */
  count(bytes: number): void {
    this.#refill(this.#now());
    this.#balance -= bytes;
  }

  /**
   * Records an error. If the error is for an answer beyond the limits, the portal stops calling the server for a
   * while.
   */
  recordError<E>(error: E): E {
    if (error instanceof KubeError && HOSTILE.has(error.reason ?? '')) {
      this.#suspendedUntil = this.#now() + this.#limits.suspendTime;
      this.#why = error.message;
    }
    return error;
  }

  #assertBudget(now: number) {
    this.#refill(now);
    if (this.#balance < 0) {
      const { maxBytesPerMinute } = this.#limits;
      throw new KubeError(
        'TooManyRequests',
        `${
          this.#server
        } sent more than ${maxBytesPerMinute} bytes within a minute`,
        {
          reason: OUT_OF_BUDGET,
          retryAfterSeconds: Math.ceil(
            (-this.#balance / maxBytesPerMinute) * 60,
          ),
        },
      );
    }
  }

  #refill(now: number) {
    const { maxBytesPerMinute } = this.#limits;
    const gained = ((now - this.#balancedAt) / 60_000) * maxBytesPerMinute;
    this.#balance = Math.min(this.#balance + gained, maxBytesPerMinute);
    this.#balancedAt = now;
  }
}
