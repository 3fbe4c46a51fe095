import { KubeClient, KubeResource } from '../backend';

/** Observes with its own watch when objects of a kind are deleted from a cluster. */
export class DeletionWatch {
  readonly #waiting = new Map<string, (at: number) => void>();
  readonly #gone = new Map<string, number>();
  readonly #abort = new AbortController();
  #running: Promise<void> = Promise.resolve();

  static async start(
    client: KubeClient,
    resource: KubeResource,
  ): Promise<DeletionWatch> {
    const watch = new DeletionWatch();
    const { signal } = watch.#abort;
    let resourceVersion = '';
    for await (const page of client.pages(resource, {}, { signal })) {
      resourceVersion = page.resourceVersion;
    }
    watch.#running = watch.#follow(client, resource, resourceVersion);
    return watch;
  }

  /** Resolves with the time when the object was deleted, by `performance.now()`. Call it once for each object. */
  async gone(namespace: string, name: string): Promise<number> {
    const key = `${namespace}/${name}`;
    return (
      this.#gone.get(key) ??
      new Promise<number>(resolve => {
        this.#waiting.set(key, resolve);
      })
    );
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running.catch(() => {});
  }

  async #follow(
    client: KubeClient,
    resource: KubeResource,
    from: string,
  ): Promise<void> {
    const { signal } = this.#abort;
    let resourceVersion = from;
    while (!signal.aborted) {
      const events = await client.watch(
        resource,
        { resourceVersion },
        { signal },
      );
      for await (const event of events) {
        if (event.type === 'BOOKMARK') {
          resourceVersion = event.resourceVersion;
          continue;
        }
        const { metadata } = event.object;
        resourceVersion = metadata.resourceVersion ?? resourceVersion;
        if (event.type === 'DELETED') {
          this.#report(`${metadata.namespace}/${metadata.name}`);
        }
      }
    }
  }

  #report(key: string): void {
    const at = performance.now();
    this.#gone.set(key, at);
    this.#waiting.get(key)?.(at);
    this.#waiting.delete(key);
  }
}
