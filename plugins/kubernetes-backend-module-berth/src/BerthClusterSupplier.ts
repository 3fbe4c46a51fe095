import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { createBerthClient } from '@berth/plugin-berth-node';
import { clusterDetails } from './clusterDetails';

/** A page waits for the answer. */
const DEADLINE_MS = 10_000;

export interface BerthClusterSupplierOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

/**
 * The clusters that the caller may see in Berth now. Nothing is cached, so that a cluster disappears from the page
 * as soon as it is no longer shared.
 *
 * When it starts, the Kubernetes plugin also asks as a service, to warn about clusters whose certificates are not
 * verified. A service sees none of Berth's clusters, and all of them are verified.
 */
export class BerthClusterSupplier implements KubernetesClustersSupplier {
  readonly #options: BerthClusterSupplierOptions;

  static create(options: BerthClusterSupplierOptions): BerthClusterSupplier {
    return new BerthClusterSupplier(options);
  }

  private constructor(options: BerthClusterSupplierOptions) {
    this.#options = options;
  }

  async getClusters({
    credentials,
  }: {
    credentials: BackstageCredentials;
  }): Promise<ClusterDetails[]> {
    if (!this.#options.auth.isPrincipal(credentials, 'user')) {
      return [];
    }
    try {
      const berth = createBerthClient({
        ...this.#options,
        credentials,
        deadline: DEADLINE_MS,
      });
      const { items } = await berth.listClusters();
      return items.map(clusterDetails);
    } catch (error) {
      if (isError(error) && error.statusCode === 403) {
        return [];
      }
      throw error;
    }
  }
}
