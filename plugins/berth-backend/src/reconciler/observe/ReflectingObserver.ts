import { LoggerService } from '@backstage/backend-plugin-api';
import { KubeObject } from '../../kube';
import { keyOf, keyText, namespaceKey } from '../keys';
import { ReadingObserver } from '../ReadingObserver';
import {
  ObjectKey,
  ObjectKind,
  Observation,
  Observed,
  Observer,
} from '../types';
import {
  ClusterReflectors,
  ClusterReflectorsOptions,
} from './ClusterReflectors';
import { fingerprint, isCovered } from './fingerprint';
import { leftoverKeys, readLeftovers } from '../leftovers/readLeftovers';
import { StatusSink } from './StatusReports';

const SYNC_MS = 15_000;

export interface ReflectingObserverOptions {
  /** Told which cluster is to be looked at. */
  wake: (clusterId: string) => void;
  /** Where what is seen is kept for people. */
  status: StatusSink;
  /** Told on which cluster the onboarding manifest's own objects are not as they were. */
  onRoles: (clusterId: string) => void;
  logger: LoggerService;
  /** For tests. */
  reflectors?: Pick<ClusterReflectorsOptions, 'reflector' | 'pollMs'>;
}

/**
 * Observes from what the watches have told, and reads what they have not.
 *
 * The reflectors know of each object its UID and a fingerprint of what we own. Where both are what the
 * inventory and the desired state say, the object is as it should be, and is not looked at. Anything else is
 * read from the cluster before it is acted on: what differs, what has lost our labels and so is no longer
 * told of, and what the watches may not have told yet. So a late watch can hide a change for a moment, after
 * which it wakes the worker, but it can never make us write what is not needed or delete what is not ours.
 */
export class ReflectingObserver implements Observer {
  readonly #options: ReflectingObserverOptions;
  readonly #reading = new ReadingObserver();
  readonly #clusters = new Map<string, ClusterReflectors>();
  readonly #ending = new Set<Promise<void>>();

  constructor(options: ReflectingObserverOptions) {
    this.#options = options;
  }

  async observe(observation: Observation): Promise<Observed> {
    const { keys, signal } = observation;
    const reflectors = this.#reflectorsOf(observation);
    const kinds = new Set<ObjectKind>(['Namespace', ...keys.map(kindOf)]);
    await Promise.all(
      [...kinds].map(kind => reflectors.of(kind).known(SYNC_MS, signal)),
    );
    const { objects, unsure } = compare(observation, reflectors);
    const read = await this.#reading.observe({ ...observation, keys: unsure });
    return {
      objects: new Map([...objects, ...read.objects]),
      failures: read.failures,
      leftovers: await readLeftovers(
        observation,
        leftoverKeys(observation, reflectors),
      ),
    };
  }

  release(clusterId: string): void {
    const reflectors = this.#clusters.get(clusterId);
    if (reflectors) {
      this.#clusters.delete(clusterId);
      const end = reflectors.stop().finally(() => this.#ending.delete(end));
      this.#ending.add(end);
    }
  }

  async stop(): Promise<void> {
    [...this.#clusters.keys()].forEach(id => this.release(id));
    await Promise.all(this.#ending);
  }

  #reflectorsOf({ cluster, client }: Observation): ClusterReflectors {
    const running = this.#clusters.get(cluster.id);
    if (running?.follows(cluster)) {
      return running;
    }
    this.release(cluster.id);
    const reflectors = ClusterReflectors.start({
      cluster,
      client,
      wake: () => this.#options.wake(cluster.id),
      logger: this.#options.logger,
      status: this.#options.status,
      onRoles: () => this.#options.onRoles(cluster.id),
      ...this.#options.reflectors,
    });
    this.#clusters.set(cluster.id, reflectors);
    return reflectors;
  }
}

/** Tells what is known to be as it should be, and of what we cannot be sure. */
function compare(
  { keys, wanted, inventory }: Observation,
  reflectors: Pick<ClusterReflectors, 'of'>,
): { objects: Map<string, KubeObject>; unsure: ObjectKey[] } {
  const uids = new Map(inventory.map(entry => [keyText(entry), entry.uid]));
  const targets = new Map(wanted.map(one => [keyText(keyOf(one)), one]));
  const objects = new Map<string, KubeObject>();

  /** There is none, was none when we last wrote, and nothing can be where it would be. */
  const isAbsent = (key: ObjectKey) => {
    const namespace =
      key.kind === 'Namespace' ? key : namespaceKey(key.namespace);
    const namespaces = reflectors.of('Namespace');
    return (
      namespaces.state === 'synced' &&
      !namespaces.get({ name: namespace.name }) &&
      !uids.has(keyText(namespace)) &&
      !uids.has(keyText(key))
    );
  };

  // The namespace of several wishes is asked for several times.
  const asked = new Map(keys.map(key => [keyText(key), key]));
  const unsure = [...asked].flatMap(([text, key]) => {
    const target = targets.get(text);
    const reflector = reflectors.of(key.kind);
    const { name, namespace } = key;
    const found =
      reflector.state === 'synced'
        ? reflector.get({ name, namespace: namespace || undefined })
        : undefined;
    if (
      target &&
      found &&
      found.uid === uids.get(text) &&
      isCovered(target) &&
      found.fingerprint === fingerprint(target)
    ) {
      const { uid, resourceVersion } = found;
      const metadata = { ...target.metadata, uid, resourceVersion };
      objects.set(text, { ...target, metadata });
      return [];
    }
    return found !== undefined || !isAbsent(key) ? [key] : [];
  });
  return { objects, unsure };
}

function kindOf({ kind }: ObjectKey): ObjectKind {
  return kind;
}
