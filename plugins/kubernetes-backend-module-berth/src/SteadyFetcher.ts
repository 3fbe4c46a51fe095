import { toError } from '@backstage/errors';
import {
  ClusterDetails,
  FetchResponseWrapper,
  KubernetesCredential,
  KubernetesFetcher,
  ObjectFetchParams,
} from '@backstage/plugin-kubernetes-node';
import { reasonOfNoToken } from '@berth/plugin-berth-common';
import { isOfBerth } from './clusterDetails';

const DEADLINE_MS = 10_000;

/** Longer than a page's refresh, so that a cluster that hangs does not gather requests. */
const REST_MS = 30_000;

const NO_METRICS = new Set([403, 404]);

export interface SteadyFetcherOptions {
  fetcher: KubernetesFetcher;
  deadlineMs?: number;
  restMs?: number;
  now?: () => number;
}

/**
 * Keeps one of Berth's clusters from taking the page of an entity away from the others. The plugin's own
 * fetcher waits for ever for a cluster that does not answer, and whatever but a failed connection goes
 * wrong with one cluster is the answer for all. Here each has its deadline, and every failure is the
 * cluster's own, shown beside what the others have.
 */
export class SteadyFetcher implements KubernetesFetcher {
  readonly #fetcher: KubernetesFetcher;
  readonly #deadlineMs: number;
  readonly #restMs: number;
  readonly #now: () => number;
  /** Until when a cluster that did not answer is not asked again, by its address. */
  readonly #resting = new Map<string, number>();

  static create(options: SteadyFetcherOptions): SteadyFetcher {
    return new SteadyFetcher(options);
  }

  private constructor(options: SteadyFetcherOptions) {
    this.#fetcher = options.fetcher;
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#restMs = options.restMs ?? REST_MS;
    this.#now = options.now ?? Date.now;
  }

  fetchObjectsForService(
    params: ObjectFetchParams,
  ): Promise<FetchResponseWrapper> {
    return this.#fetch(params.clusterDetails, params.credential, () =>
      this.#fetcher.fetchObjectsForService(params),
    );
  }

  async fetchPodMetricsByNamespaces(
    clusterDetails: ClusterDetails,
    credential: KubernetesCredential,
    namespaces: Set<string>,
    labelSelector?: string,
  ): Promise<FetchResponseWrapper> {
    const { errors, responses } = await this.#fetch(
      clusterDetails,
      credential,
      () =>
        this.#fetcher.fetchPodMetricsByNamespaces(
          clusterDetails,
          credential,
          namespaces,
          labelSelector,
        ),
    );
    // Many clusters have no metrics server, or none for everybody: nothing to warn of on every page.
    return {
      responses,
      errors: errors.filter(
        error => !('statusCode' in error && NO_METRICS.has(error.statusCode!)),
      ),
    };
  }

  async #fetch(
    cluster: ClusterDetails,
    credential: KubernetesCredential,
    ask: () => Promise<FetchResponseWrapper>,
  ): Promise<FetchResponseWrapper> {
    if (!isOfBerth(cluster)) {
      return ask();
    }
    const reason =
      credential.type === 'bearer token'
        ? reasonOfNoToken(credential.token)
        : undefined;
    if (reason !== undefined) {
      return failed(`there is no token for the cluster: ${reason}`);
    }
    if ((this.#resting.get(cluster.url) ?? 0) > this.#now()) {
      return failed('the cluster did not answer; it is asked again soon');
    }
    this.#resting.delete(cluster.url);
    try {
      return await this.#inTime(cluster, ask());
    } catch (error) {
      return failed(toError(error).message);
    }
  }

  async #inTime<T>({ url }: ClusterDetails, answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#resting.set(url, this.#now() + this.#restMs);
        reject(
          new Error(
            `the cluster did not answer within ${this.#deadlineMs / 1000} s`,
          ),
        );
      }, this.#deadlineMs);
    });
    try {
      return await Promise.race([answer, deadline]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function failed(message: string): FetchResponseWrapper {
  return { errors: [{ errorType: 'FETCH_ERROR', message }], responses: [] };
}
