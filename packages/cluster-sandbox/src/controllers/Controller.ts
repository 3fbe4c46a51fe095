import { Registry, WriteContext } from '../registry/Registry';
import {
  ResourceDefinition,
  resourceKey,
} from '../resources/ResourceDefinition';
import { StatusError } from '../status';
import { StoreEvent } from '../storage/Store';

/** Runs delayed work, once per key, until stopped. */
export class WorkQueue {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  /** Schedules work, unless work with this key is already waiting. */
  schedule(key: string, delayMs: number, work: () => void): void {
    if (this.#stopped || this.#timers.has(key)) {
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      try {
        work();
      } catch (error) {
        // One object that a controller cannot handle must not stop all clusters.
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

/** The dependencies of every controller. */
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

/** Returns the identity of a controller's writes. */
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

/** Runs a write and ignores its refusal: the object may have been deleted or created in the meantime. */
export function tolerate(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
  }
}
