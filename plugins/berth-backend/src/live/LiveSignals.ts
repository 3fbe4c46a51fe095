import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { SignalsService } from '@backstage/plugin-signals-node';
import { BERTH_CHANGED_CHANNEL } from '@berth/plugin-berth-common';

/** Is called when something changed that pages may show. */
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
 * Tells open pages that something changed, so that they load it at once and not at their next poll. The
 * signal goes to every signed-in user, so it carries nothing: neither what changed nor where. Changes during
 * one signal go out with the next.
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
