import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';
import {
  ClusterDetails,
  FetchResponseWrapper,
  KubernetesCredential,
  KubernetesFetcher,
  ObjectFetchParams,
} from '@backstage/plugin-kubernetes-node';
import { missingTokenReason } from '@berth/plugin-berth-common';
import {
  AddressPolicy,
  DEFAULT_KUBE_LIMITS,
  KubeLimits,
  KubeTransport,
  TargetAgents,
} from '@berth/plugin-berth-node';
import { ByteBudget } from './ByteBudget';
import { isOfBerth } from './clusterDetails';
import { failed } from './fetchErrors';
import { ListContext } from './readList';
import { readObjects } from './readObjects';
import { readPodMetrics } from './readPodMetrics';

const DEADLINE_MS = 10_000;

/** Longer than the interval at which a page refreshes, so that requests to a cluster that hangs do not pile up. */
const SUSPEND_MS = 30_000;

const MIB = 1024 * 1024;

const LIMITS: KubeLimits = {
  ...DEFAULT_KUBE_LIMITS,
  requestTimeout: DEADLINE_MS,
  maxBodyBytes: 16 * MIB,
  // All people who look at their components share this limit.
  maxBytesPerMinute: 256 * MIB,
};

export interface ResilientFetcherOptions {
  /** The fetcher for clusters that are not Berth's. */
  fetcher: KubernetesFetcher;
  policy: AddressPolicy;
  deadlineMs?: number;
  suspendMs?: number;
  /** The limit for the answers of one cluster in one view. */
  maxViewBytes?: number;
  /** The limit for all views at a time. */
  maxTotalBytes?: number;
  now?: () => number;
}

/**
 * Fetches from Berth's clusters for the Kubernetes plugin, over Berth's own transport. The plugin's own fetcher
 * waits for ever for a cluster that does not answer, reads answers of any size, and fails all clusters if one
 * fails. Here each view of a cluster has a deadline, at which its connections end, and a limit of bytes. All
 * views together have another limit. A failure affects only its own cluster, and is shown next to the objects
 * of the others.
 */
export class ResilientFetcher implements KubernetesFetcher {
  readonly #fetcher: KubernetesFetcher;
  readonly #agents: TargetAgents;
  readonly #bytes: ByteBudget;
  readonly #deadlineMs: number;
  readonly #suspendMs: number;
  readonly #now: () => number;
  /** The time until which no request is sent to a cluster that did not answer, by the address of the cluster. */
  readonly #suspended = new Map<string, number>();

  static create(options: ResilientFetcherOptions): ResilientFetcher {
    return new ResilientFetcher(options);
  }

  /** Reads the addresses that are allowed. */
  static fromConfig(
    config: Config,
    fetcher: KubernetesFetcher,
  ): ResilientFetcher {
    return new ResilientFetcher({
      fetcher,
      policy: AddressPolicy.fromConfig(config),
    });
  }

  private constructor(options: ResilientFetcherOptions) {
    this.#fetcher = options.fetcher;
    this.#agents = new TargetAgents({
      policy: options.policy,
      limits: LIMITS,
    });
    this.#bytes = new ByteBudget({
      maxView: options.maxViewBytes ?? 16 * MIB,
      maxTotal: options.maxTotalBytes ?? 128 * MIB,
    });
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#suspendMs = options.suspendMs ?? SUSPEND_MS;
    this.#now = options.now ?? Date.now;
  }

  async fetchObjectsForService(
    params: ObjectFetchParams,
  ): Promise<FetchResponseWrapper> {
    const { clusterDetails, credential, labelSelector } = params;
    return isOfBerth(clusterDetails)
      ? this.#view(clusterDetails, credential, context =>
          readObjects(params, { ...context, labelSelector }),
        )
      : this.#fetcher.fetchObjectsForService(params);
  }

  async fetchPodMetricsByNamespaces(
    clusterDetails: ClusterDetails,
    credential: KubernetesCredential,
    namespaces: Set<string>,
    labelSelector?: string,
  ): Promise<FetchResponseWrapper> {
    return isOfBerth(clusterDetails)
      ? this.#view(clusterDetails, credential, context =>
          readPodMetrics(namespaces, { ...context, labelSelector }),
        )
      : this.#fetcher.fetchPodMetricsByNamespaces(
          clusterDetails,
          credential,
          namespaces,
          labelSelector,
        );
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#agents.close();
  }

  async #view(
    cluster: ClusterDetails,
    credential: KubernetesCredential,
    read: (context: ListContext) => Promise<FetchResponseWrapper>,
  ): Promise<FetchResponseWrapper> {
    if (credential.type !== 'bearer token') {
      return failed('there is no token for the cluster');
    }
    const reason = missingTokenReason(credential.token);
    if (reason !== undefined) {
      return failed(`there is no token for the cluster: ${reason}`);
    }
    if ((this.#suspended.get(cluster.url) ?? 0) > this.#now()) {
      return failed('the cluster did not answer; it is asked again soon');
    }
    this.#suspended.delete(cluster.url);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      this.#suspended.set(cluster.url, this.#now() + this.#suspendMs);
      controller.abort(
        new Error(
          `the cluster did not answer within ${this.#deadlineMs / 1000} s`,
        ),
      );
    }, this.#deadlineMs);
    const view = this.#bytes.view();
    try {
      return await read({
        transport: this.#transport(cluster, credential.token),
        signal: controller.signal,
        bytes: {
          ...view,
          add: bytes => {
            try {
              view.add(bytes);
            } catch (error) {
              // The other collections of this view are no longer wanted.
              controller.abort(error);
              throw error;
            }
          },
        },
      });
    } catch (error) {
      return failed(toError(error).message);
    } finally {
      clearTimeout(timer);
      view.end();
    }
  }

  #transport({ url, caData = '' }: ClusterDetails, token: string) {
    const target = {
      apiServer: url,
      caPem: Buffer.from(caData, 'base64').toString('utf8'),
    };
    return new KubeTransport({
      target,
      getToken: async () => token,
      dispatcher: purpose => this.#agents.get(target, purpose),
      guard: () => this.#agents.guard(target),
      userAgent: 'berth-kubernetes',
      limits: LIMITS,
    });
  }
}
