import { LoggerService } from '@backstage/backend-plugin-api';
import { Observation, Observed, Observer } from '../types';
import { needsPack } from './needsPack';
import { PackWatch } from './PackWatch';

export interface PackObserverOptions {
  /** Observes everything else. */
  observer: Observer;
  /** Called with the cluster on which an object of the policy pack changed. */
  onChange: (clusterId: string) => void;
  logger: LoggerService;
  /** For tests. */
  pollMs?: number;
}

/** Follows the policy pack on the clusters whose namespaces need it, next to what another observer follows. */
export class PackObserver implements Observer {
  readonly #options: PackObserverOptions;
  readonly #watches = new Map<string, { target: string; watch: PackWatch }>();
  readonly #ending = new Set<Promise<void>>();

  constructor(options: PackObserverOptions) {
    this.#options = options;
  }

  observe(observation: Observation): Promise<Observed> {
    this.#follow(observation);
    return this.#options.observer.observe(observation);
  }

  release(clusterId: string): void {
    this.#unfollow(clusterId);
    this.#options.observer.release(clusterId);
  }

  async stop(): Promise<void> {
    [...this.#watches.keys()].forEach(id => this.#unfollow(id));
    await Promise.all([...this.#ending, this.#options.observer.stop()]);
  }

  #follow({ cluster, client, wanted }: Observation): void {
    const { onChange } = this.#options;
    const { apiServer, caPem, connection, id } = cluster;
    if (!needsPack(wanted)) {
      this.#unfollow(id);
      return;
    }
    const target = JSON.stringify([apiServer, caPem, connection]);
    if (this.#watches.get(id)?.target === target) {
      return;
    }
    this.#unfollow(id);
    const watch = PackWatch.start({
      ...this.#options,
      cluster: cluster.name,
      client,
      onChange: () => onChange(id),
    });
    this.#watches.set(id, { target, watch });
  }

  #unfollow(clusterId: string): void {
    const followed = this.#watches.get(clusterId);
    if (followed) {
      this.#watches.delete(clusterId);
      const end = followed.watch.stop().finally(() => this.#ending.delete(end));
      this.#ending.add(end);
    }
  }
}
