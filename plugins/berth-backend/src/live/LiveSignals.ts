import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { SignalsService } from '@backstage/plugin-signals-node';
import { BERTH_CHANGED_CHANNEL } from '@berth/plugin-berth-common';

/** Receives changes to data that pages may show. */
export interface LiveChanges {
  changed(): void;
}

export interface LiveSignalsOptions {
  signals: Pick<SignalsService, 'publish'>;
  logger: LoggerService;
  /** Milliseconds between two signals. 1,000 by default. */
  pace?: number;
}

/**
 * Notifies open pages of a change, so that they reload at once and not at their next poll. Every signed-in user
 * receives the signal, so it has no content: neither the change nor its place. Changes during one signal go out
 * with the next.
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

  /** Pages poll if this fails, so it is logged once and not every second. */
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
          `Could not notify open pages of changes: ${stringifyError(error)}`,
        );
      }
      this.#failed = true;
    }
  }
}
