import { KubeObject } from '../kube';
import { observeNamespace, observeQuota } from './observation';
import { NamespaceKey, TenancyStores } from './types';

/** The name of the ResourceQuota and the LimitRange that Berth keeps in a namespace. */
export const QUOTA_NAME = 'berth';

export type StatusStores = {
  namespaces: Pick<
    TenancyStores['namespaces'],
    'get' | 'observe' | 'ofCluster' | 'remove'
  >;
  quotas: Pick<TenancyStores['quotas'], 'observe'>;
};

/**
 * Keeps what people see of namespaces and quotas up to date with what is seen on clusters. It may be told
 * of objects that are not Berth's: what the stores do not know is passed over.
 */
export class StatusRecorder {
  readonly #stores: StatusStores;

  constructor(stores: StatusStores) {
    this.#stores = stores;
  }

  /** An object is there, or has changed. */
  async seen(clusterId: string, object: KubeObject): Promise<void> {
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

  /** The names of the namespaces of which something is kept. */
  async namespacesOf(clusterId: string): Promise<string[]> {
    const known = await this.#stores.namespaces.ofCluster(clusterId);
    return known.map(({ name }) => name);
  }

  /** A namespace is not there. One that was to be deleted is forgotten, with its grants and quota. */
  async namespaceGone(key: NamespaceKey): Promise<void> {
    const { namespaces } = this.#stores;
    const known = await namespaces.get(key);
    if (known?.deletingSince !== undefined) {
      await namespaces.remove(key);
    } else if (known && known.phase !== 'Pending') {
      await namespaces.observe(key, { phase: 'Pending' });
    }
  }
}
