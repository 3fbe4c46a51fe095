import { SizeClass } from '@berth/plugin-berth-common';
import { isKubeError, KubeClient, readNodeKeys } from '../../../kube';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../../../identity/assertSameCluster';
import { ClusterConnector, ClusterRecord } from '../../../model/clusters';
import { networkPluginOf } from '../../../model/networkPlugin';
import { readPack } from '../../pack/readPack';
import { problemOf } from '../../problems';
import { Capabilities } from './types';

/** People wait for the answer, and the members of a cluster can ask, too. */
const DEADLINE_MS = 5_000;
const KEPT_MS = 60_000;

/** What was read of a cluster. */
export interface FoundCapabilities {
  capabilities: Capabilities;
  /** Why the cluster could not be read. */
  failure?: { cause: string; message: string };
}

interface Kept {
  until: number;
  revision: number;
  found: Promise<FoundCapabilities>;
}

/** Reads which optional features of the onboarding manifest a cluster has. */
export interface FeatureReader {
  featuresOf(
    cluster: ClusterRecord,
    client: KubeClient,
    signal: AbortSignal,
  ): Promise<string[]>;
}

/** Reads what clusters have for profiles. A result is used for a minute, for everybody who asks. */
export class ClusterCapabilities {
  readonly #connect: ClusterConnector;
  readonly #features: FeatureReader;
  readonly #sizeClasses: readonly SizeClass[];
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(
    connect: ClusterConnector,
    features: FeatureReader,
    sizeClasses: readonly SizeClass[] = [],
    now: () => number = Date.now,
  ) {
    this.#connect = connect;
    this.#features = features;
    this.#sizeClasses = sizeClasses;
    this.#now = now;
  }

  read(cluster: ClusterRecord): Promise<FoundCapabilities> {
    const now = this.#now();
    for (const [id, { until }] of this.#kept) {
      if (until <= now) {
        this.#kept.delete(id);
      }
    }
    const { id, revision } = cluster;
    const kept = this.#kept.get(id);
    if (kept?.revision === revision) {
      return kept.found;
    }
    const found = this.#find(cluster);
    this.#kept.set(id, { until: now + KEPT_MS, revision, found });
    return found;
  }

  async #find(cluster: ClusterRecord): Promise<FoundCapabilities> {
    const { defaultStorageClass, nodePlacement, status } = cluster;
    const { version } = status;
    const known = {
      ...(version !== undefined && { version }),
      features: [],
      settings: {
        defaultStorageClass,
        nodePlacement,
        sizeClasses: this.#sizeClasses,
      },
    };
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      const client = this.#connect(cluster);
      await assertSameCluster(client, cluster, { signal });
      const networkPlugin = networkPluginOf(await readNodeKeys(client, signal));
      const pack = await readPack(client, signal);
      const features = await this.#features.featuresOf(cluster, client, signal);
      return {
        capabilities: {
          ...known,
          features,
          ...(networkPlugin && { networkPlugin }),
          ...(Object.keys(pack).length > 0 && { pack }),
        },
      };
    } catch (error) {
      if (isKubeError(error) || error instanceof AnotherClusterError) {
        const { cause, message } = problemOf(error);
        return { capabilities: known, failure: { cause, message } };
      }
      if (signal.aborted) {
        return {
          capabilities: known,
          failure: {
            cause: 'Timeout',
            message: `Reading the cluster took longer than ${
              DEADLINE_MS / 1_000
            } s`,
          },
        };
      }
      this.#kept.delete(cluster.id);
      throw error;
    }
  }
}
