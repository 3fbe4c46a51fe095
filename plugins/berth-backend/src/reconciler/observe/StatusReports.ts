import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubeKey, KubeObject } from '../../kube';
import { ClusterRecord } from '../../registry/types';
import { ownLabels } from '../desired';
import { includesAll } from '../drift';
import { ObjectKind } from '../types';
import { pause } from './pause';
import { ReflectorListener } from './Reflector';

const MAX_PENDING = 10_000;
const RETRY_MS = 5_000;

/** Keeps what is seen of namespaces and quotas, for people to see. */
export interface StatusSink {
  /** An object is there, or has changed. */
  seen(clusterId: string, object: KubeObject): Promise<void>;
  /** A namespace is not there. */
  namespaceGone(key: { clusterId: string; name: string }): Promise<void>;
  /** The names of those of which something is kept. */
  namespacesOf(clusterId: string): Promise<string[]>;
}

export interface StatusReportsOptions {
  cluster: Pick<ClusterRecord, 'id' | 'name'>;
  sink: StatusSink;
  logger: LoggerService;
  /** For tests. */
  retryMs?: number;
}

/**
 * Passes on what the reflectors of one cluster hear of namespaces and quotas with our labels: one after the
 * other, of each object no more than the last, and again until it was taken. What a flood leaves no room for
 * is told by the next list.
 */
export class StatusReports {
  readonly #options: StatusReportsOptions;
  readonly #abort = new AbortController();
  readonly #pending = new Map<string, () => Promise<void>>();
  readonly #labels: Record<string, string>;
  #draining?: Promise<void>;

  constructor(options: StatusReportsOptions) {
    this.#options = options;
    this.#labels = ownLabels(options.cluster.id);
  }

  /** What the reflector of a kind is to tell; undefined if nothing. */
  listenerOf(kind: ObjectKind): ReflectorListener | undefined {
    switch (kind) {
      case 'Namespace':
        return {
          seen: object => this.#seen(object),
          gone: ({ name }) => this.#gone(name),
          listed: has => this.#listed(has),
        };
      case 'ResourceQuota':
        return { seen: object => this.#seen(object) };
      default:
        return undefined;
    }
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#draining;
  }

  #seen(object: KubeObject): void {
    const { cluster, sink } = this.#options;
    const { labels, namespace, name } = object.metadata;
    if (includesAll(labels, this.#labels)) {
      const key = `${object.kind}/${namespace ?? ''}/${name}`;
      const text = briefly(object);
      this.#report(key, () => sink.seen(cluster.id, JSON.parse(text)));
    }
  }

  #gone(name: string): void {
    const { cluster, sink } = this.#options;
    this.#report(`Namespace//${name}`, () =>
      sink.namespaceGone({ clusterId: cluster.id, name }),
    );
  }

  #listed(has: (key: KubeKey) => boolean): void {
    const { cluster, sink } = this.#options;
    this.#report('listed', async () => {
      const names = await sink.namespacesOf(cluster.id);
      names.filter(name => !has({ name })).forEach(name => this.#gone(name));
    });
  }

  #report(key: string, job: () => Promise<void>): void {
    if (this.#pending.size >= MAX_PENDING && !this.#pending.has(key)) {
      return;
    }
    this.#pending.set(key, job);
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
  }

  async #drain(): Promise<void> {
    const { cluster, logger, retryMs = RETRY_MS } = this.#options;
    const { signal } = this.#abort;
    while (this.#pending.size > 0 && !signal.aborted) {
      const [[key, job]] = this.#pending;
      try {
        await job();
        if (this.#pending.get(key) === job) {
          this.#pending.delete(key);
        }
      } catch (error) {
        logger.warn(
          `Cluster ${
            cluster.name
          }: what is seen of it cannot be kept at the moment: ${
            toError(error).message
          }`,
        );
        await pause(retryMs, signal);
      }
    }
  }
}

/**
 * What of an object is for people, as text: as objects, with all that is said of who owns their fields, the
 * many that wait after a list would fill the memory.
 */
function briefly(object: KubeObject): string {
  const { managedFields, labels, annotations, ...metadata } =
    object.metadata as KubeObject['metadata'] & { managedFields?: unknown };
  return JSON.stringify({ ...object, metadata });
}
