import { Config } from '@backstage/config';
import { CustomErrorBase } from '@backstage/errors';
import { DEFAULT_KUBE_LIMITS } from '../kube';
import { readPositiveNumber } from '../validation/readPositiveNumber';

const STREAMS_PER_REPLICA = 300;

/** Too many streams are open. */
export class StreamLimitError extends CustomErrorBase {
  name = 'StreamLimitError' as const;

  /** Not a property of the error itself, because those are part of the answer. */
  get statusCode(): number {
    return 429;
  }
}

export interface StreamLimitsOptions {
  perPerson: number;
  /** As many as there are connections. */
  perCluster: number;
  perReplica: number;
}

/** Limits how many streams are open at the same time on this replica. */
export class StreamLimits {
  readonly #options: StreamLimitsOptions;
  readonly #persons = new Map<string, number>();
  readonly #clusters = new Map<string, number>();
  #total = 0;

  /** @throws InputError naming the setting and the rule */
  static fromConfig(config: Config): StreamLimits {
    return new StreamLimits({
      perPerson: readPositiveNumber(config, 'berth.proxy.streamsPerPerson', 20),
      perCluster: DEFAULT_KUBE_LIMITS.maxProxyStreams,
      perReplica: STREAMS_PER_REPLICA,
    });
  }

  constructor(options: StreamLimitsOptions) {
    this.#options = options;
  }

  /** The number of open streams of API servers. */
  get open(): number {
    return this.#total;
  }

  /**
   * Counts a stream that a person gets from one connection to a cluster.
   *
   * @returns a function to call once when the stream has ended
   * @throws StreamLimitError naming the limit that is reached
   */
  add(person: string, cluster: { id: string; name: string }): () => void {
    const releasePerson = this.addPerson(person);
    try {
      const releaseConnection = this.addConnection(cluster);
      return () => {
        releasePerson();
        releaseConnection();
      };
    } catch (error) {
      releasePerson();
      throw error;
    }
  }

  /** Like `add`, for a stream that has connections of its own. */
  addPerson(person: string): () => void {
    const { perPerson } = this.#options;
    if ((this.#persons.get(person) ?? 0) >= perPerson) {
      throw new StreamLimitError(
        `You have ${perPerson} watches, lists and followed logs open through the portal. End one of them first`,
      );
    }
    change(this.#persons, person, 1);
    return () => change(this.#persons, person, -1);
  }

  /** Like `add`, for one connection of a stream that is counted already. */
  addConnection(cluster: { id: string; name: string }): () => void {
    const { perCluster, perReplica } = this.#options;
    if ((this.#clusters.get(cluster.id) ?? 0) >= perCluster) {
      throw new StreamLimitError(
        `${cluster.name} has ${perCluster} watches and followed logs open through the portal. Try again when others have ended`,
      );
    }
    if (this.#total >= perReplica) {
      throw new StreamLimitError(
        `The portal has ${perReplica} watches and followed logs open. Try again when others have ended`,
      );
    }
    change(this.#clusters, cluster.id, 1);
    this.#total++;
    return () => {
      change(this.#clusters, cluster.id, -1);
      this.#total--;
    };
  }
}

function change(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) {
    counts.delete(key);
  } else {
    counts.set(key, count);
  }
}
