import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubeKey, KubeObject } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { ownLabels } from '../desired';
import { includesAll } from '../drift';
import { ObjectKind } from '../types';
import { pause } from './pause';
import { ReflectorListener } from './Reflector';

const MAX_PENDING = 10_000;
const RETRY_MS = 5_000;
/** Reports within this time are passed on together: the store compares many at once. */
const COLLECT_MS = 250;

type ObservedObject = KubeObject & {
  metadata: { finalizers?: unknown };
  spec?: unknown;
  status?: { used?: unknown };
};

/** Stores the observed status of namespaces and quotas, for people to see. */
export interface StatusSink {
  /** Records objects that exist, changed or not. */
  record(clusterId: string, objects: KubeObject[]): Promise<void>;
  /** Records that a namespace does not exist. */
  namespaceGone(key: { clusterId: string; name: string }): Promise<void>;
  /** Returns the names of the namespaces that existed, or are to be deleted. */
  namespacesOf(clusterId: string): Promise<string[]>;
}

export interface StatusReportsOptions {
  cluster: Pick<ClusterRecord, 'id' | 'name'>;
  sink: StatusSink;
  logger: LoggerService;
  /** For tests. */
  retryMs?: number;
  collectMs?: number;
}

/**
 * Passes on the reports of one cluster's reflectors about namespaces and quotas with our labels: all reports
 * since the last time together, only the last one of each object, and again until the sink accepts them.
 * Reports that a flood leaves no room for come with the next list.
 */
export class StatusReports {
  readonly #options: StatusReportsOptions;
  readonly #abort = new AbortController();
  /** The objects by `kind/namespace/name`, as `summarize` writes them. */
  readonly #observed = new Map<string, string>();
  readonly #jobs = new Map<string, () => Promise<void>>();
  readonly #labels: Record<string, string>;
  #flushing?: Promise<void>;

  constructor(options: StatusReportsOptions) {
    this.#options = options;
    this.#labels = ownLabels(options.cluster.id);
  }

  /** Returns the listener for the reflector of a kind; undefined if the kind is not reported. */
  listenerOf(kind: ObjectKind): ReflectorListener | undefined {
    switch (kind) {
      case 'Namespace':
        return {
          seen: object => this.#addObserved(object),
          gone: ({ name }) => this.#addDeleted(name),
          listed: has => this.#addListed(has),
        };
      case 'ResourceQuota':
        return { seen: object => this.#addObserved(object) };
      default:
        return undefined;
    }
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#flushing;
  }

  #addObserved(object: KubeObject): void {
    const { labels, namespace, name } = object.metadata;
    if (!includesAll(labels, this.#labels)) {
      return;
    }
    const key = `${object.kind}/${namespace ?? ''}/${name}`;
    this.#jobs.delete(key);
    if (this.#observed.size < MAX_PENDING || this.#observed.has(key)) {
      this.#observed.set(key, summarize(object));
      this.#startFlush();
    }
  }

  #addDeleted(name: string): void {
    const { cluster, sink } = this.#options;
    const key = `Namespace//${name}`;
    this.#observed.delete(key);
    this.#enqueue(key, () =>
      sink.namespaceGone({ clusterId: cluster.id, name }),
    );
  }

  #addListed(has: (key: KubeKey) => boolean): void {
    const { cluster, sink } = this.#options;
    this.#enqueue('listed', async () => {
      const names = await sink.namespacesOf(cluster.id);
      names
        .filter(name => !has({ name }))
        .forEach(name => this.#addDeleted(name));
    });
  }

  #enqueue(key: string, job: () => Promise<void>): void {
    if (this.#jobs.size < MAX_PENDING || this.#jobs.has(key)) {
      this.#jobs.set(key, job);
      this.#startFlush();
    }
  }

  #startFlush(): void {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
  }

  async #flush(): Promise<void> {
    const { cluster, logger } = this.#options;
    const { retryMs = RETRY_MS, collectMs = COLLECT_MS } = this.#options;
    const { signal } = this.#abort;
    await pause(collectMs, signal);
    while (this.#observed.size + this.#jobs.size > 0 && !signal.aborted) {
      try {
        await this.#flushObserved();
        await this.#runJobs();
      } catch (error) {
        logger.warn(
          `Cluster ${cluster.name}: could not store its observed status: ${
            toError(error).message
          }`,
        );
        await pause(retryMs, signal);
      }
      await pause(collectMs, signal);
    }
  }

  async #flushObserved(): Promise<void> {
    const { cluster, sink } = this.#options;
    const seen = [...this.#observed];
    if (seen.length === 0) {
      return;
    }
    await sink.record(
      cluster.id,
      seen.map(([, text]) => JSON.parse(text)),
    );
    for (const [key, text] of seen) {
      if (this.#observed.get(key) === text) {
        this.#observed.delete(key);
      }
    }
  }

  async #runJobs(): Promise<void> {
    const isDue = ([key, job]: [string, unknown]) =>
      this.#jobs.get(key) === job && !this.#abort.signal.aborted;
    for (const one of [...this.#jobs]) {
      const [key, job] = one;
      if (isDue(one)) {
        await job();
      }
      if (isDue(one)) {
        this.#jobs.delete(key);
      }
    }
  }
}

/**
 * Returns the part of an object that people see, as text: after a list, many waiting objects would fill the
 * memory if kept whole.
 */
function summarize(object: KubeObject): string {
  const { apiVersion, kind, metadata, spec, status } = object as ObservedObject;
  const { name, namespace, uid, deletionTimestamp, finalizers } = metadata;
  return JSON.stringify(
    kind === 'Namespace'
      ? {
          apiVersion,
          kind,
          metadata: { name, uid, deletionTimestamp, finalizers },
          spec,
          status,
        }
      : {
          apiVersion,
          kind,
          metadata: { name, namespace },
          status: { used: status?.used },
        },
  );
}
