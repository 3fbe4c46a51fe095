import { LoggerService } from '@backstage/backend-plugin-api';
import { createHash } from 'node:crypto';
import limit from 'p-limit';
import { ChartError } from './ChartError';
import { SourceOf } from './chartSources';
import { ChartStore, RepositorySettings } from './types';

/** Raised when the same index results in other rows. */
const FORMAT = 1;

export interface RepositoryRefresherOptions {
  logger: LoggerService;
  sourceOf: SourceOf;
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
    const key = JSON.stringify(repository);
    const running =
      this.#running.get(key) ??
      this.#oneAtATime(() => this.#attempt(repository)).finally(() =>
        this.#running.delete(key),
      );
    this.#running.set(key, running);
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
      const at = new Date().toISOString();
      logger.warn(
        `The chart repository ${repository.name} failed: ${error.message}`,
      );
      await store.recordProblem(repository, at, error.message);
    }
  }

  async #update(repository: RepositorySettings): Promise<void> {
    const { logger, sourceOf, store } = this.#options;
    const known = await store.stateOf(repository.name);
    const fingerprint = fingerprintOf(repository);
    const { charts, problem, ...index } = await sourceOf(repository).read(
      repository,
      known.fingerprint === fingerprint ? known : {},
    );
    const at = new Date().toISOString();
    if (problem !== undefined) {
      logger.warn(
        `The chart repository ${repository.name} lacks charts: ${problem}`,
      );
    }
    if (charts) {
      const next = { ...index, charts, problem, at, fingerprint };
      await store.replace(repository, next);
    } else {
      await store.recordUnchanged(repository, at, problem);
    }
  }
}

function fingerprintOf({ url, charts }: RepositorySettings): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, url, charts ?? null]))
    .digest('hex');
}
