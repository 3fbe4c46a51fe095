import { KubeObject } from '../../kube';
import { observeNamespace, observeQuota } from './observation';
import {
  NamespaceKey,
  NamespaceObservation,
  TenancyStores,
} from '../../model/tenancy';

/** The name of the ResourceQuota and the LimitRange that Berth keeps in a namespace. */
export const QUOTA_NAME = 'berth';

export type StatusStores = {
  namespaces: Pick<
    TenancyStores['namespaces'],
    'get' | 'observe' | 'listByCluster' | 'remove'
  >;
  quotas: Pick<TenancyStores['quotas'], 'list' | 'observe'>;
};

/** Up to this many objects are written without comparison. More are likely a list in which little changed. */
const FEW = 10;

/**
 * Updates the state of namespaces and quotas in the portal from the objects on clusters. Objects that do not
 * belong to Berth are ignored: the stores do not know them.
 */
export class StatusRecorder {
  readonly #stores: StatusStores;
  readonly #onChange: () => void;
  readonly #onRemoved: (clusterId: string) => void;

  /** @param listeners - `onRemoved` is called when a namespace was forgotten, so that its objects are no longer wanted */
  constructor(
    stores: StatusStores,
    listeners: {
      onChange?: () => void;
      onRemoved?: (clusterId: string) => void;
    } = {},
  ) {
    this.#stores = stores;
    this.#onChange = listeners.onChange ?? (() => {});
    this.#onRemoved = listeners.onRemoved ?? (() => {});
  }

  /** Records objects that exist. A state that is known already is not written again. */
  async record(clusterId: string, objects: KubeObject[]): Promise<void> {
    const changed =
      objects.length > FEW
        ? await this.#changedObjects(clusterId, objects)
        : objects;
    for (const object of changed) {
      await this.#store(clusterId, object);
    }
    if (changed.length > 0) {
      this.#onChange();
    }
  }

  async #changedObjects(clusterId: string, objects: KubeObject[]) {
    const { namespaces, quotas } = this.#stores;
    const kept = new Map([
      ...(await namespaces.listByCluster(clusterId)).map(
        one => [one.name, namespaceText(one)] as const,
      ),
      ...(await quotas.list({ clusterId })).map(
        one => [`${one.namespace}/${QUOTA_NAME}`, usedText(one.used)] as const,
      ),
    ]);
    return objects.filter(object => {
      const { namespace, name } = object.metadata;
      const text = kept.get(namespace ? `${namespace}/${name}` : name);
      return text !== undefined && text !== textOf(object);
    });
  }

  async #store(clusterId: string, object: KubeObject): Promise<void> {
    const { kind, metadata } = object;
    if (kind === 'Namespace') {
      await this.#stores.namespaces.observe(
        { clusterId, name: metadata.name },
        observeNamespace(object),
      );
    } else if (kind === 'ResourceQuota' && metadata.name === QUOTA_NAME) {
      await this.#stores.quotas.observe(
        { clusterId, name: metadata.namespace ?? '' },
        observeQuota(object),
      );
    }
  }

  /** Returns the names of the namespaces that existed, or are to be deleted. */
  async namespacesOf(clusterId: string): Promise<string[]> {
    const known = await this.#stores.namespaces.listByCluster(clusterId);
    return known
      .filter(one => one.phase !== 'Pending' || one.deletingSince !== undefined)
      .map(({ name }) => name);
  }

  /**
   * Records that a namespace does not exist. A namespace that was to be deleted is forgotten, with its grants
   * and quota.
   */
  async namespaceGone(key: NamespaceKey): Promise<void> {
    const { namespaces } = this.#stores;
    const known = await namespaces.get(key);
    if (known?.deletingSince !== undefined) {
      await namespaces.remove(key);
      this.#onRemoved(key.clusterId);
    } else if (known && known.phase !== 'Pending') {
      await namespaces.observe(key, { phase: 'Pending' });
    }
    if (known) {
      this.#onChange();
    }
  }
}

function textOf(object: KubeObject): string {
  return object.kind === 'Namespace'
    ? namespaceText(observeNamespace(object))
    : usedText(observeQuota(object));
}

function namespaceText({ phase, uid, terminating }: NamespaceObservation) {
  return JSON.stringify([phase, uid, terminating]);
}

/** Returns the use as text. An unknown use differs from no use: it was never observed. */
function usedText(used: Record<string, string> | undefined): string {
  return JSON.stringify(used && Object.entries(used).sort()) ?? '';
}
