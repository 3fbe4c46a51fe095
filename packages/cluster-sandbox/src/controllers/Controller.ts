import { Registry, WriteContext } from '../registry/Registry';
import {
  ResourceDefinition,
  resourceKey,
} from '../resources/ResourceDefinition';
import { StatusError } from '../status';
import { StoreEvent } from '../storage/Store';

/** Runs work later, once per key, until it is stopped. */
export class WorkQueue {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  /** Work that is already waiting under the key is left as it is. */
  schedule(key: string, delayMs: number, work: () => void): void {
    if (this.#stopped || this.#timers.has(key)) {
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      try {
        work();
      } catch (error) {
        // One object that a controller cannot cope with must not take all clusters down.
        process.emitWarning(`${key}: ${error}`, 'SandboxController');
      }
    }, delayMs);
    timer.unref();
    this.#timers.set(key, timer);
  }

  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) {
      clearTimeout(timer);
    }
    this.#timers.clear();
  }
}

/** What every controller works with. */
export interface ControllerContext {
  registry: Registry;
  queue: WorkQueue;
}

export function on(
  { registry }: ControllerContext,
  definition: ResourceDefinition,
  listener: (event: StoreEvent) => void,
): void {
  registry.store.collection(resourceKey(definition)).subscribe(listener);
}

/** The identity under which a controller writes. */
export function controllerIdentity(name: string): WriteContext {
  return {
    user: {
      username: `system:serviceaccount:kube-system:${name}`,
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:kube-system',
        'system:authenticated',
        'system:masters',
      ],
    },
    fieldManager: 'kube-controller-manager',
  };
}

/** Runs a write whose refusal is no surprise: the object was deleted or created in the meantime. */
export function tolerate(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
  }
}
