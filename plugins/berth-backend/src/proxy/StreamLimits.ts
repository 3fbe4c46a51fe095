import { ProxyError } from './ProxyError';

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

  constructor(options: StreamLimitsOptions) {
    this.#options = options;
  }

  /** The number of open streams. */
  get open(): number {
    return this.#total;
  }

  /**
   * Counts a stream.
   *
   * @returns a function to call once when the stream has ended
   * @throws ProxyError naming the limit that is reached
   */
  add(person: string, cluster: { id: string; name: string }): () => void {
    const { perPerson, perCluster, perReplica } = this.#options;
    if ((this.#persons.get(person) ?? 0) >= perPerson) {
      throw new ProxyError(
        429,
        `You have ${perPerson} watches and followed logs open through the portal. End one of them first`,
      );
    }
    if ((this.#clusters.get(cluster.id) ?? 0) >= perCluster) {
      throw new ProxyError(
        429,
        `${cluster.name} has ${perCluster} watches and followed logs open through the portal. Try again when others have ended`,
      );
    }
    if (this.#total >= perReplica) {
      throw new ProxyError(
        429,
        `The portal has ${perReplica} watches and followed logs open. Try again when others have ended`,
      );
    }
    change(this.#persons, person, 1);
    change(this.#clusters, cluster.id, 1);
    this.#total++;
    return () => {
      change(this.#persons, person, -1);
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
