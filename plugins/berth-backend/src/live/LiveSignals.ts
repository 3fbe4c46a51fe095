import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { SignalsService } from '@backstage/plugin-signals-node';
import { BERTH_CHANGED_CHANNEL } from '@berth/plugin-berth-common';

/** Told that something changed which pages may show. */
export interface LiveChanges {
  changed(): void;
}

export interface LiveSignalsOptions {
  signals: Pick<SignalsService, 'publish'>;
  logger: LoggerService;
  /** Milliseconds between one signal and the next; 1,000 by default. */
  pace?: number;
}

/**
 * Tells open pages that there is news, so that they ask at once and not when their next poll is due. The
 * signal goes to everybody who is signed in, so it says nothing: not what changed, nor where. What came
 * while one was sent goes with the next.
 */
export class LiveSignals implements LiveChanges {
  readonly #options: Required<LiveSignalsOptions>;
  #timer: NodeJS.Timeout | undefined;
  #more = false;
  #failed = false;

  static create(options: LiveSignalsOptions): LiveSignals {
    return new LiveSignals(options);
  }

  private constructor(options: LiveSignalsOptions) {
    this.#options = { ...options, pace: options.pace ?? 1_000 };
  }

  changed(): void {
    if (this.#timer) {
      this.#more = true;
      return;
    }
    this.#more = false;
    void this.#send();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#more) {
        this.changed();
      }
    }, this.#options.pace);
    this.#timer.unref();
  }

  /** Pages poll where this fails, so it is said once and not each second. */
  async #send(): Promise<void> {
    const { signals, logger } = this.#options;
    try {
      await signals.publish({
        recipients: { type: 'broadcast' },
        channel: BERTH_CHANGED_CHANNEL,
        message: {},
      });
      this.#failed = false;
    } catch (error) {
      if (!this.#failed) {
        logger.warn(
          `Open pages could not be told of changes: ${stringifyError(error)}`,
        );
      }
      this.#failed = true;
    }
  }
}
