/** A signal with a deadline, which must be ended once it is of no more use. */
export interface BoundedSignal {
  readonly signal: AbortSignal;
  /** How long the deadline was. */
  readonly milliseconds: number;
  /** Whether it was the deadline that aborted it. */
  readonly expired: boolean;
  /** Sets another deadline, from now. */
  extend(milliseconds: number): void;
  end(): void;
}

/**
 * Aborts at a deadline or with another signal. Not `AbortSignal.any` with `AbortSignal.timeout`: such a deadline
 * cannot be extended, and in Node 22 each call of `any` leaves about 1 kB with the other signal, which may live as
 * long as the process. Here nothing stays with it after `end`.
 */
export function boundedSignal(
  milliseconds: number,
  outer: AbortSignal | undefined,
): BoundedSignal {
  const controller = new AbortController();
  let expired = false;
  let deadline = milliseconds;
  let timer: NodeJS.Timeout | undefined;
  const forward = () => controller.abort(outer?.reason);
  const arm = (after: number) => {
    clearTimeout(timer);
    deadline = after;
    timer = setTimeout(() => {
      expired = !controller.signal.aborted;
      controller.abort();
    }, after);
  };
  arm(milliseconds);
  if (outer?.aborted) {
    forward();
  }
  outer?.addEventListener('abort', forward, { once: true });
  return {
    signal: controller.signal,
    get milliseconds() {
      return deadline;
    },
    get expired() {
      return expired;
    },
    extend: arm,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', forward);
    },
  };
}
