import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubeClient, redact } from '../../kube';
import { readPack } from './readPack';

/** A changed policy is noticed within a minute, even if one reading fails. */
const POLL_MS = 25_000;
const READ_MS = 20_000;

export interface PackWatchOptions {
  /** Name of the cluster, for the log. */
  cluster: string;
  client: Pick<KubeClient, 'get' | 'version'>;
  /** Called when the state of a policy changed, or is not as in the manifest at the start. */
  onChange: () => void;
  logger: LoggerService;
  /** For tests. */
  pollMs?: number;
}

/**
 * Reads the objects of the policy pack on one cluster again and again. The portal may read them by name only, which a
 * watch of all objects cannot do, and has no right to change them.
 */
export class PackWatch {
  readonly #options: PackWatchOptions;
  readonly #stopped = new AbortController();
  /** The last states that were read. */
  #known?: string;
  #running?: Promise<void>;
  #timer?: NodeJS.Timeout;

  static start(options: PackWatchOptions): PackWatch {
    const watch = new PackWatch(options);
    watch.#next();
    return watch;
  }

  private constructor(options: PackWatchOptions) {
    this.#options = options;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #next(): void {
    this.#running = this.#look().finally(() => {
      if (!this.#stopped.signal.aborted) {
        this.#timer = setTimeout(
          () => this.#next(),
          this.#options.pollMs ?? POLL_MS,
        );
        this.#timer.unref();
      }
    });
  }

  async #look(): Promise<void> {
    const { client, cluster, logger, onChange } = this.#options;
    const { signal } = this.#stopped;
    try {
      const states = await readPack(
        client,
        AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]),
      );
      const text = JSON.stringify(states);
      const isFirst = this.#known === undefined;
      const isWhole = Object.values(states).every(one => one === 'current');
      if (this.#known !== text && !(isFirst && isWhole)) {
        logger.warn(`Cluster ${cluster}: the policy pack is now ${text}`);
        onChange();
      }
      this.#known = text;
    } catch (error) {
      if (!signal.aborted) {
        logger.debug(
          `Cluster ${cluster}: the policy pack cannot be read at the moment: ${redact(
            toError(error).message,
          )}`,
        );
      }
    }
  }
}
