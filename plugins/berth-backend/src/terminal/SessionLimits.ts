import { isError } from '@backstage/errors';
import { TerminalEnd } from './types';

/** Times in milliseconds. */
export const TERMINAL_TIMES = {
  /** Between two questions whether the person may still use the terminal. */
  check: 60_000,
  /** Without input. */
  idle: 10 * 60_000,
  /** For the cluster to start the program. */
  connect: 30_000,
  ping: 25_000,
  /** For the end to reach both sides. */
  close: 2_000,
};

/** The errors whose words are for the person. */
const REFUSALS = new Set([
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'NotImplementedError',
]);

export interface SessionLimitsOptions {
  /** @throws the reason why the person may not use the terminal any more */
  check(): Promise<void>;
  /** The latest end. */
  endsAt: Date;
  onEnd(end: TerminalEnd): void;
}

/** Ends what a person opened: when the access is gone, without use, and at its latest end. */
export class SessionLimits {
  readonly #options: SessionLimitsOptions;
  #checks?: NodeJS.Timeout;
  #latest?: NodeJS.Timeout;
  #idle?: NodeJS.Timeout;

  constructor(options: SessionLimitsOptions) {
    this.#options = options;
  }

  start(): void {
    const { endsAt, onEnd } = this.#options;
    this.#checks = this.#startChecks();
    this.#latest = setTimeout(
      () =>
        onEnd({
          cause: 'SignInEnded',
          message:
            'Your sign-in to the portal, with which the terminal was opened, ended',
        }),
      Math.max(0, endsAt.getTime() - Date.now()),
    );
    this.used();
  }

  /** The person used what they opened. */
  used(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(
      () =>
        this.#options.onEnd({
          cause: 'Idle',
          message: 'Nothing was typed for ten minutes',
        }),
      TERMINAL_TIMES.idle,
    );
  }

  stop(): void {
    clearInterval(this.#checks);
    clearTimeout(this.#latest);
    clearTimeout(this.#idle);
  }

  #startChecks(): NodeJS.Timeout {
    const { check, onEnd } = this.#options;
    let asking = false;
    return setInterval(() => {
      if (asking) {
        onEnd({
          cause: 'AccessEnded',
          message: 'Your access could not be checked within a minute',
        });
        return;
      }
      asking = true;
      check().then(
        () => {
          asking = false;
        },
        error => onEnd(accessEnded(error)),
      );
    }, TERMINAL_TIMES.check);
  }
}

/** Returns whether the message of an error may be shown. */
export function isForPeople(error: unknown): error is Error {
  return isError(error) && REFUSALS.has(error.name);
}

export function accessEnded(error: unknown): TerminalEnd {
  return {
    cause: 'AccessEnded',
    message: isForPeople(error)
      ? `Your access ended: ${error.message}`
      : 'Your access ended, because it could not be checked',
  };
}
