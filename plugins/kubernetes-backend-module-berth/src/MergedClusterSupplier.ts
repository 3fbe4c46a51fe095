import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/** A source of clusters. */
export interface ClusterSource {
  /** The name of the source, for the log. */
  name: string;
  supplier: KubernetesClustersSupplier;
}

export interface MergedClusterSupplierOptions {
  /** The sources. If two clusters have the same name, the one of the first source is used. */
  sources: ClusterSource[];
  logger: LoggerService;
}

/**
 * The clusters of several sources. If one source fails, the clusters of the others are returned. If that leaves no
 * cluster, the error is thrown, because an empty page would be wrong.
 */
export class MergedClusterSupplier implements KubernetesClustersSupplier {
  readonly #options: MergedClusterSupplierOptions;

  static create(options: MergedClusterSupplierOptions): MergedClusterSupplier {
    return new MergedClusterSupplier(options);
  }

  private constructor(options: MergedClusterSupplierOptions) {
    this.#options = options;
  }

  async getClusters(options: {
    credentials: BackstageCredentials;
  }): Promise<ClusterDetails[]> {
    const { sources, logger } = this.#options;
    const clusters = new Map<string, ClusterDetails>();
    const errors: unknown[] = [];
    const answers = await Promise.allSettled(
      sources.map(async ({ supplier }) => supplier.getClusters(options)),
    );
    answers.forEach((answer, index) => {
      const { name } = sources[index];
      if (answer.status === 'rejected') {
        errors.push(answer.reason);
        logger.warn(
          `The clusters of ${name} are left out: ${
            toError(answer.reason).message
          }`,
        );
        return;
      }
      for (const cluster of answer.value) {
        if (clusters.has(cluster.name)) {
          logger.warn(
            `The cluster ${cluster.name} of ${name} is left out, because another cluster has the same name`,
          );
        } else {
          clusters.set(cluster.name, cluster);
        }
      }
    });
    if (clusters.size === 0 && errors.length > 0) {
      throw errors[0];
    }
    return [...clusters.values()];
  }
}
