import { LoggerService } from '@backstage/backend-plugin-api';
import { KubeKey, KubeObject } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
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
  /** Called with the cluster that needs a pass. */
  wake: (clusterId: string) => void;
  /** Stores the observed status for people. */
  status: StatusSink;
  /** Called with the cluster on which objects of the onboarding manifest changed. */
  onRolesChanged: (clusterId: string) => void;
  /** Called with a role binding that is deleted again and again. */
  onRepeatedDeletion?: (
    cluster: Pick<ClusterRecord, 'id' | 'name'>,
    binding: KubeKey,
  ) => void;
  logger: LoggerService;
  /** For tests. */
  reflectors?: Pick<ClusterReflectorsOptions, 'reflector' | 'pollMs'>;
}

/**
 * Observes from the watches, and reads what they have not reported.
 *
 * The reflectors know of each object its UID and a fingerprint of the fields that we own. If both match the
 * inventory and the desired state, the object matches and is not read. Any other object is read from the
 * cluster before anything is done with it: one that differs, one that lost our labels and so is no longer
 * reported, and one that the watches may not have reported yet. So a late watch can hide a change for a
 * moment, and then wakes the worker; but it never causes an unnecessary write, nor the deletion of an object
 * that is not ours.
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
      [...kinds].map(kind => reflectors.of(kind).waitForSync(SYNC_MS, signal)),
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
      onRolesChanged: () => this.#options.onRolesChanged(cluster.id),
      onRepeatedDeletion: binding =>
        this.#options.onRepeatedDeletion?.(cluster, binding),
      ...this.#options.reflectors,
    });
    this.#clusters.set(cluster.id, reflectors);
    return reflectors;
  }
}

/** Separates the objects that are known to match from those that must be read. */
function compare(
  { keys, wanted, inventory }: Observation,
  reflectors: Pick<ClusterReflectors, 'of'>,
): { objects: Map<string, KubeObject>; unsure: ObjectKey[] } {
  const uids = new Map(inventory.map(entry => [keyText(entry), entry.uid]));
  const targets = new Map(wanted.map(one => [keyText(keyOf(one)), one]));
  const objects = new Map<string, KubeObject>();

  /**
   * Returns whether the object does not exist, did not exist at our last write, and cannot exist without its
   * namespace.
   */
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

  // Several subjects may ask for the same namespace.
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
