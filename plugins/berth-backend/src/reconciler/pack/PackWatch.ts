import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubeClient, redact } from '../../kube';
import { readPack } from './readPack';
import { PackStates, PackStore } from './types';

/** A changed policy is noticed within a minute, even if one reading fails. */
const POLL_MS = 25_000;
const READ_MS = 20_000;

const UNKNOWN = 'unknown';

export interface PackWatchOptions {
  clusterId: string;
  /** Name of the cluster, for the log. */
  cluster: string;
  client: Pick<KubeClient, 'get' | 'version'>;
  store: PackStore;
  /** Called when the state of an object changed. */
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
    const { clusterId, cluster, logger, onChange, store } = this.#options;
    try {
      const states = await this.#read();
      const text = JSON.stringify(states) ?? UNKNOWN;
      if (text !== this.#known && !this.#stopped.signal.aborted) {
        const before = await store.get(clusterId);
        if ((JSON.stringify(before) ?? UNKNOWN) !== text) {
          await store.set(clusterId, states);
          onChange();
        }
        this.#known = text;
      }
    } catch (error) {
      logger.warn(
        `Cluster ${cluster}: could not store the state of the policy pack: ${
          toError(error).message
        }`,
      );
    }
  }

  /** @returns undefined if the cluster cannot be read, so that nothing is claimed of it */
  async #read(): Promise<PackStates | undefined> {
    const { client, cluster, logger } = this.#options;
    try {
      return await readPack(
        client,
        AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(READ_MS)]),
      );
    } catch (error) {
      if (this.#known !== UNKNOWN && !this.#stopped.signal.aborted) {
        logger.info(
          `Cluster ${cluster}: the policy pack cannot be read at the moment: ${redact(
            toError(error).message,
          )}`,
        );
      }
      return undefined;
    }
  }
}
