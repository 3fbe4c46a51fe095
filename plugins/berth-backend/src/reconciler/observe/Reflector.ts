import {
  isKubeError,
  KubeClient,
  KubeError,
  KubeKey,
  KubeObject,
  KubeResource,
  KubeWatchEvent,
} from '../../kube';
import { backoff } from '../backoff';
import { includesAll } from '../drift';
import { isSameHistory } from './isSameHistory';
import { pause } from './pause';
import { ReflectedObject, ReflectedObjects } from './ReflectedObjects';

const MAX_OBJECTS = 100_000;
const MAX_EVENTS_PER_SECOND = 5_000;
/** A watch that ends in order lasts longer; a shorter one may have been broken. */
const MIN_WATCH_MS = 25_000;
const RELIST_MS = 60 * 60_000;

/** Receives everything that a reflector reads, changed or not. */
export interface ReflectorListener {
  seen(object: KubeObject): void;
  gone?(key: KubeKey): void;
  /** Called when the list is complete: an object that `has` does not know does not exist. */
  listed?(has: (key: KubeKey) => boolean): void;
}

export interface ReflectorOptions {
  client: KubeClient;
  resource: KubeResource;
  /** The labels to select; all objects by default. */
  labels?: Record<string, string>;
  /** Selects the objects with these labels to keep; all by default. */
  filter?: (object: KubeObject) => boolean;
  /** Called with the object that changed, or with undefined if a list showed changes. */
  onChange: (key: KubeKey | undefined) => void;
  /** Called when the objects become known, and when they are no longer known. */
  onState?: (state: ReflectorState) => void;
  listener?: ReflectorListener;
  maxObjects?: number;
  /** The time after which a full list is due. */
  relistMs?: number;
  random?: () => number;
}

/**
 * The knowledge about a cluster. `unknown`: none yet, a list is under way; `synced`: everything up to the delay
 * of the connection; `failed`: the cluster may have changed, and cannot be read.
 */
export type ReflectorState = 'unknown' | 'synced' | 'failed';

/**
 * Follows the objects of one kind on one cluster, so that they need not be read one by one. It replaces the
 * informer of @kubernetes/client-node, which limits neither the objects and events that a hostile cluster
 * sends, nor the addresses that it connects to (decision 0039).
 *
 * It lists all objects page by page, and then watches from the version of that list. When a watch ends, it
 * opens another one at the last version that was reported. If that version is too old (410), if the server
 * refuses it, or if the server turns out to be another one, it lists again. It also lists once in a while
 * without a reason, because informers drop events. After a failure it waits longer each time, with jitter. Each
 * attempt uses a fresh token.
 *
 * An object that loses our labels is reported as deleted. A caller that needs its state reads it.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #objects: ReflectedObjects;
  readonly #maxObjects: number;
  readonly #abort = new AbortController();
  readonly #random: () => number;
  #running?: Promise<void>;
  #state: ReflectorState = 'unknown';
  #failure?: unknown;
  #failures = 0;
  #version?: string;
  #relistAt = 0;
  #unverified = false;
  readonly #synced = new AbortController();

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#maxObjects = options.maxObjects ?? MAX_OBJECTS;
    this.#objects = new ReflectedObjects(this.#maxObjects);
    this.#random = options.random ?? Math.random;
  }

  get state(): ReflectorState {
    return this.#state;
  }

  /** The reason for the state `failed`. */
  get failure(): unknown {
    return this.#failure;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Returns a known object; meaningful only while `synced`. */
  get(key: KubeKey): ReflectedObject | undefined {
    return this.#objects.get(key);
  }

  /** Returns the keys of all known objects; meaningful only while `synced`. */
  keys(): Iterable<KubeKey> {
    return this.#objects.keys();
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  /** Resolves once the state is no longer `unknown`, or after the timeout. */
  async waitForSync(timeoutMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#state !== 'unknown') {
      return;
    }
    await pause(timeoutMs, signal, this.#synced.signal);
    signal.throwIfAborted();
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const resumed = this.#version !== undefined;
      try {
        await this.#listIfNeeded();
        await this.#watch();
      } catch (error) {
        if (signal.aborted) {
          break;
        }
        this.#unverified = true;
        this.#failures++;
        if (isKubeError(error, 'Gone') || isKubeError(error, 'Invalid')) {
          this.#version = undefined;
        }
        if (this.#version !== undefined || !resumed) {
          this.#setState('failed', error);
          await this.#backOff(error);
        }
      }
    }
    // Callers that still ask must read the cluster.
    this.#state = 'failed';
    this.#objects.clear();
  }

  async #backOff(error: unknown): Promise<void> {
    const asked = isKubeError(error) ? error.retryAfterSeconds : undefined;
    await pause(
      backoff(this.#failures, asked, this.#random),
      this.#abort.signal,
    );
  }

  async #listIfNeeded(): Promise<void> {
    if (this.#version !== undefined && Date.now() < this.#relistAt) {
      if (!this.#unverified || (await this.#isSameHistory(this.#version))) {
        this.#unverified = false;
        return;
      }
    }
    const { client, listener, resource, relistMs = RELIST_MS } = this.#options;
    const listed = new ReflectedObjects(this.#maxObjects);
    let version: string | undefined;
    for await (const page of client.pages(resource, this.#selection(), {
      signal: this.#abort.signal,
    })) {
      if (page.begins) {
        listed.clear();
        version = page.resourceVersion;
      }
      for (const item of page.items) {
        if (this.#isWanted(item)) {
          listed.set(item);
          listener?.seen(item);
        }
      }
      this.#assertBounded(listed);
    }
    const first = this.#relistAt === 0;
    this.#version = version;
    this.#unverified = false;
    this.#relistAt = Date.now() + relistMs * (0.75 + this.#random() / 4);
    if (this.#objects.replaceWith(listed) && !first) {
      this.#options.onChange(undefined);
    }
    listener?.listed?.(key => this.get(key) !== undefined);
  }

  async #isSameHistory(version: string): Promise<boolean> {
    const { client, resource } = this.#options;
    for await (const page of client.pages(resource, this.#selection(), {
      signal: this.#abort.signal,
    })) {
      const items = page.items.filter(item => this.#isWanted(item));
      return isSameHistory({ ...page, items }, version, this.#objects);
    }
    return false;
  }

  async #watch(): Promise<void> {
    const { client, resource } = this.#options;
    const opened = Date.now();
    const events = await client.watch(
      resource,
      { ...this.#selection(), resourceVersion: this.#version ?? '' },
      { signal: this.#abort.signal },
    );
    this.#setState('synced');
    let count = 0;
    let second = opened;
    for await (const event of events) {
      this.#failures = 0;
      this.#applyEvent(event);
      // A server that floods us is read no faster than this, so that other clusters do not wait.
      if (++count % MAX_EVENTS_PER_SECOND === 0) {
        await pause(second + 1_000 - Date.now(), this.#abort.signal);
        second = Date.now();
      }
    }
    const lasted = Date.now() - opened;
    this.#unverified = lasted < MIN_WATCH_MS;
    if (lasted < 1_000 && count === 0) {
      throw new KubeError(
        'Protocol',
        `The API server ends each watch of ${resource.plural} at once`,
      );
    }
    this.#failures = 0;
  }

  #applyEvent(event: KubeWatchEvent<KubeObject>): void {
    if (event.type === 'BOOKMARK') {
      this.#version = event.resourceVersion;
      return;
    }
    const { object, type } = event;
    const { name, namespace } = object.metadata;
    const isGone = type === 'DELETED' || !this.#isWanted(object);
    const isChange = isGone
      ? this.#objects.delete(object.metadata)
      : this.#objects.set(object);
    if (isGone) {
      this.#options.listener?.gone?.({ name, namespace });
    } else {
      this.#options.listener?.seen(object);
    }
    this.#assertBounded(this.#objects);
    this.#version = object.metadata.resourceVersion;
    if (isChange) {
      this.#options.onChange({ name, namespace });
    }
  }

  #assertBounded(objects: ReflectedObjects): void {
    if (objects.isFull) {
      const error = new KubeError(
        'Protocol',
        `There are more than ${this.#maxObjects} ${
          this.#options.resource.plural
        }; they are not followed`,
      );
      // Before they are forgotten: a caller must not take what is not known for what is not there.
      this.#setState('failed', error);
      objects.clear();
      this.#version = undefined;
      throw error;
    }
  }

  #isWanted(object: KubeObject): boolean {
    const { filter = () => true, labels } = this.#options;
    return includesAll(object.metadata.labels, labels) && filter(object);
  }

  #selection() {
    const { labels } = this.#options;
    return {
      labelSelector:
        labels &&
        Object.entries(labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
    };
  }

  #setState(state: ReflectorState, failure?: unknown): void {
    const before = this.#state;
    this.#state = state;
    this.#failure = failure;
    this.#synced.abort();
    if (before !== state) {
      this.#options.onState?.(state);
    }
  }
}
