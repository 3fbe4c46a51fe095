import { LoggerService } from '@backstage/backend-plugin-api';
import { createHash } from 'node:crypto';
import limit from 'p-limit';
import { ChartError } from './ChartError';
import { parseIndex } from './parseIndex';
import { RepositoryClient } from './RepositoryClient';
import { ChartStore, RepositorySettings } from './types';

/** Raised when the same index results in other rows. */
const FORMAT = 1;
const INDEX_MS = 120_000;

export interface RepositoryRefresherOptions {
  client: Pick<RepositoryClient, 'get'>;
  logger: LoggerService;
  maxIndexBytes: number;
  store: ChartStore;
}

/** Brings the stored charts of repositories up to date, one repository at a time. */
export class RepositoryRefresher {
  readonly #options: RepositoryRefresherOptions;
  readonly #oneAtATime = limit(1);
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: RepositoryRefresherOptions) {
    this.#options = options;
  }

  /** Asks a repository for changes. Its failure is stored, and not thrown. Calls at the same time share one attempt. */
  async refresh(repository: RepositorySettings): Promise<void> {
    const { name } = repository;
    const running =
      this.#running.get(name) ??
      this.#oneAtATime(() => this.#attempt(repository)).finally(() =>
        this.#running.delete(name),
      );
    this.#running.set(name, running);
    await running;
  }

  async #attempt(repository: RepositorySettings): Promise<void> {
    const { logger, store } = this.#options;
    try {
      await this.#update(repository);
    } catch (error) {
      if (!(error instanceof ChartError)) {
        throw error;
      }
      const { name } = repository;
      logger.warn(`The chart repository ${name} failed: ${error.message}`);
      await store.recordProblem(name, new Date().toISOString(), error.message);
    }
  }

  async #update(repository: RepositorySettings): Promise<void> {
    const { client, maxIndexBytes, store } = this.#options;
    const { name, url, charts } = repository;
    const known = await store.stateOf(name);
    const fingerprint = fingerprintOf(repository);
    const answer = await client.get(
      repository,
      new URL('index.yaml', url),
      { maxBytes: maxIndexBytes, timeoutMs: INDEX_MS },
      known.fingerprint === fingerprint ? known : {},
    );
    const at = new Date().toISOString();
    if (!answer.bytes) {
      await store.recordUnchanged(name, at);
      return;
    }
    await store.replace(name, {
      at,
      charts: parseIndex(answer.bytes, charts),
      etag: answer.etag,
      fingerprint,
      lastModified: answer.lastModified,
    });
  }
}

function fingerprintOf({ url, charts }: RepositorySettings): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, url, charts ?? null]))
    .digest('hex');
}
