import {
  isKubeError,
  KubeClient,
  KubeObject,
  NAMESPACES,
  ROLE_BINDINGS,
} from '../kube';
import { ownLabels } from './desired';
import { includesAll } from './drift';
import { bindingKey, namespaceKey } from './keys';
import { read } from './ReadingObserver';
import {
  Inventory,
  NamespaceObject,
  ObjectKey,
  Revocation,
  RoleBindingObject,
  ShareAction,
} from './types';

/**
 * Carries out the steps of a plan on one cluster.
 *
 * Around each creation the inventory is written twice: before it without a UID, after it with the UID.
 * So whenever we die, the next pass knows of everything that may be there. Each step can be done twice.
 */
export class PlanExecutor {
  readonly #clusterId: string;
  readonly #client: KubeClient;
  readonly #inventory: Inventory;
  readonly #signal: AbortSignal;

  constructor(options: {
    clusterId: string;
    client: KubeClient;
    inventory: Inventory;
    signal: AbortSignal;
  }) {
    this.#clusterId = options.clusterId;
    this.#client = options.client;
    this.#inventory = options.inventory;
    this.#signal = options.signal;
  }

  async revoke(revocation: Revocation): Promise<void> {
    const { key } = revocation;
    if (revocation.type === 'delete') {
      await this.#deleteOurs(key, revocation.uid);
    }
    await this.#inventory.remove(this.#clusterId, key);
  }

  async perform(action: ShareAction): Promise<void> {
    switch (action.type) {
      case 'createNamespace':
        return this.#createNamespace(action.object);
      case 'applyNamespace':
        return this.#applyNamespace(action.object, action.uid);
      case 'applyBinding':
        return this.#applyBinding(action.object);
      case 'recreateBinding':
        await this.#delete(bindingKey(action.object), action.uid);
        return this.#applyBinding(action.object);
      case 'record':
        return this.#inventory.complete(
          this.#clusterId,
          action.key,
          action.uid,
        );
      default:
        return action satisfies never;
    }
  }

  /** By POST, so that a namespace that somebody else makes in this moment is not taken over. */
  async #createNamespace(object: NamespaceObject): Promise<void> {
    const key = namespaceKey(object.metadata.name);
    await this.#inventory.intend(this.#clusterId, key);
    const created = await this.#client.create(NAMESPACES, object, {
      signal: this.#signal,
    });
    await this.#record(key, created);
  }

  /** With its UID, so that a namespace of the same name that came since is not taken over. */
  async #applyNamespace(object: NamespaceObject, uid: string): Promise<void> {
    const applied = await this.#client.apply(
      NAMESPACES,
      { ...object, metadata: { ...object.metadata, uid } },
      { signal: this.#signal },
    );
    await this.#record(namespaceKey(object.metadata.name), applied);
  }

  async #applyBinding(object: RoleBindingObject): Promise<void> {
    const key = bindingKey(object);
    await this.#inventory.intend(this.#clusterId, key);
    const applied = await this.#client.apply(ROLE_BINDINGS, object, {
      signal: this.#signal,
    });
    await this.#record(key, applied);
  }

  async #record(key: ObjectKey, object: KubeObject): Promise<void> {
    if (object.metadata.uid) {
      await this.#inventory.complete(this.#clusterId, key, object.metadata.uid);
    }
  }

  /**
   * Where another object has taken the name since, it is ours if it carries our labels: we wrote it and
   * died before the inventory had its UID. Otherwise it is not ours to delete.
   */
  async #deleteOurs(key: ObjectKey, uid: string): Promise<void> {
    try {
      await this.#delete(key, uid);
    } catch (error) {
      if (!isKubeError(error, 'Conflict')) {
        throw error;
      }
      const found = await read(this.#client, key, this.#signal);
      if (
        found?.metadata.uid &&
        includesAll(found.metadata.labels, ownLabels(this.#clusterId))
      ) {
        await this.#delete(key, found.metadata.uid);
      }
    }
  }

  async #delete(key: ObjectKey, uid: string): Promise<void> {
    const { name, namespace } = key;
    await this.#client.delete(
      ROLE_BINDINGS,
      { name, namespace },
      { uid },
      { signal: this.#signal },
    );
  }
}
