import { JSON_TOO_COMPLEX } from './JsonScanner';
import { KubeError } from './KubeError';
import { KubeLimits } from './limits';
import { RESPONSE_TOO_LARGE, TOO_MANY_ITEMS } from './readJson';

/**
 * `reason` of the error while an API server is left alone.
 *
 * @public
 */
export const SUSPENDED = 'Suspended';
/**
 * `reason` of the error while an API server has sent all that it may send in a minute.
 *
 * @public
 */
export const OUT_OF_BUDGET = 'OutOfBudget';
/**
 * `reason` of the error of a list without an end.
 *
 * @public
 */
export const ENDLESS_LIST = 'EndlessList';

/** What no well-behaved API server does. */
const HOSTILE: ReadonlySet<string> = new Set([
  ENDLESS_LIST,
  JSON_TOO_COMPLEX,
  RESPONSE_TOO_LARGE,
  TOO_MANY_ITEMS,
]);

/**
 * Bounds what one API server costs the portal, over all its calls: the bytes in a minute, and how often it may
 * answer beyond the bounds. After such an answer it is left alone for minutes.
 *
 * @public
 */
export class TargetGuard {
  readonly #server: string;
  readonly #limits: Pick<KubeLimits, 'maxBytesPerMinute' | 'suspendTime'>;
  readonly #now: () => number;
  /** How many bytes it may still send; less than none after a large answer. */
  #balance: number;
  #balancedAt: number;
  #suspendedUntil = 0;
  #why = '';

  /** @param options - `server` is host and port, for messages */
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

  /** @throws KubeError while the server is not to be called */
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

  /** Counts what arrived on a stream. @throws KubeError beyond the budget */
  consume(bytes: number): void {
    this.count(bytes);
    this.#assertBudget(this.#now());
  }

  /** Counts what arrived of an answer, which is bounded and may be read to its end. */
  count(bytes: number): void {
    this.#refill(this.#now());
    this.#balance -= bytes;
  }

  /** Takes note of an error; where it is of an answer beyond the bounds, the server is left alone. */
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
