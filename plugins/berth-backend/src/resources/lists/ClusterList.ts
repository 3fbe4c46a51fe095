import { NotImplementedError } from '@backstage/errors';
import { ResourceListLine } from '@berth/plugin-berth-common';
import { Entry } from '../../access/ClusterEntries';
import { isKubeError, PersonClient } from '../../kube';
import { ClusterDeadlines } from '../ClusterDeadlines';
import { failureOf } from '../failures';
import { ClusterKind } from '../kinds/discovery';
import { isSecret, LIST_TIMES, ListCalls } from './ListCalls';
import { ListPosition, NamespacePart } from './listCursor';
import { listWholeCluster } from './listWholeCluster';
import { NamespaceLists } from './NamespaceLists';
import { readNamespaces } from './readNamespaces';
import { RowWriter } from './RowWriter';

/** From this minor version on, lists without a version come from the cache of the API server. */
const CONSISTENT_CACHE = 31;

/** Which objects of a cluster to list. */
export type ListScope =
  | {
      type: 'cluster';
      /** Returns the namespaces to list if the person may not list the whole cluster. */
      fallback(): Promise<string[]>;
    }
  | { type: 'namespaces'; parts: NamespacePart[] };

export interface ClusterListOptions {
  client: PersonClient;
  entry: Pick<Entry, 'cluster'>;
  /** Finds the kind on the cluster. */
  findKind(signal: AbortSignal): Promise<ClusterKind>;
  labelSelector?: string;
  /** The most rows. */
  limit: number;
  /** Where the list continues. */
  position?: ListPosition;
  /** Aborted when nobody waits for the list. */
  signal: AbortSignal;
  scope: ListScope;
  /** Writes a line, and waits while the person reads slowly. */
  write(line: ResourceListLine): Promise<void>;
  /** Writes the cursor for a position. */
  writeCursor(position: ListPosition): string;
}

/**
 * Lists the objects of a kind on one cluster, as lines. The cluster fails alone: whatever it answers becomes lines of
 * this cluster, within bounds of time, bytes, pages and rows.
 */
export class ClusterList {
  readonly #options: ClusterListOptions;
  readonly #name: string;
  readonly #deadlines: ClusterDeadlines;
  readonly #calls: ListCalls;
  readonly #rows: RowWriter;
  readonly #namespaces: NamespaceLists;
  #onAnswer = () => {};

  constructor(options: ClusterListOptions) {
    const { client, entry, signal } = options;
    const deadlines = new ClusterDeadlines(signal);
    const write = deadlines.unhurried(options.write);
    this.#options = { ...options, write };
    const cluster = entry.cluster.name;
    this.#name = cluster;
    this.#deadlines = deadlines;
    this.#calls = new ListCalls({
      cluster,
      client,
      deadlines,
      labelSelector: options.labelSelector,
      onAnswer: () => this.#onAnswer(),
    });
    this.#rows = new RowWriter({
      cluster,
      limit: options.limit,
      signal: deadlines.signal,
      write,
    });
    this.#namespaces = new NamespaceLists({
      cluster,
      calls: this.#calls,
      deadlines,
      limit: options.limit,
      readsFromCache: readsFromCache(entry),
      rows: this.#rows,
      signal,
      write,
    });
  }

  /** @throws only what is not about the cluster, such as the reason of the signal */
  async run(): Promise<void> {
    const { signal, write } = this.#options;
    const cluster = this.#name;
    const { first, cluster: all } = LIST_TIMES;
    this.#onAnswer = this.#deadlines.endAfter(
      first,
      () => `${cluster} did not answer within ${first / 1_000} s`,
    );
    this.#deadlines.endAfterWork(
      all,
      () =>
        `The list of ${cluster} did not end within ${all / 1_000} s: ${
          this.#namespaces.missing
        }`,
    );
    try {
      signal.throwIfAborted();
      const more = await this.#list();
      await write({
        type: 'done',
        cluster,
        count: this.#rows.count,
        ...(more && { more: this.#options.writeCursor(more) }),
      });
    } catch (error) {
      signal.throwIfAborted();
      // Ends the calls that are still under way.
      this.#deadlines.end();
      await write({ type: 'failed', cluster, ...failureOf(error, cluster) });
    } finally {
      this.#deadlines.stop();
    }
  }

  async #list(): Promise<ListPosition | undefined> {
    const { position, scope } = this.#options;
    const token = position && 'token' in position ? position.token : undefined;
    const kind = await this.#options.findKind(this.#deadlines.signal);
    if (!kind.verbs.includes('list')) {
      throw new NotImplementedError(
        `${this.#name} has no lists of ${kind.plural}`,
      );
    }
    if (!kind.namespaced) {
      return this.#listCluster(kind, token);
    }
    if (scope.type === 'namespaces') {
      return this.#namespaces.list(kind, scope.parts);
    }
    if (position && 'parts' in position) {
      const { from, parts } = position;
      const begun = from === undefined ? [] : await this.#namespacesOf(kind);
      return this.#namespaces.list(kind, [
        ...parts,
        ...begun.filter(({ namespace }) => from && namespace >= from),
      ]);
    }
    if (isSecret(kind)) {
      return this.#namespaces.list(kind, await this.#namespacesOf(kind));
    }
    try {
      return await this.#listCluster(kind, token);
    } catch (error) {
      if (isKubeError(error, 'Forbidden') && !this.#rows.hasBegun) {
        return this.#namespaces.list(kind, await this.#heldNamespaces());
      }
      throw error;
    }
  }

  #listCluster(kind: ClusterKind, token: string | undefined) {
    return listWholeCluster(this.#calls, this.#rows, kind, token);
  }

  /** Returns the namespaces of a list that asks for one namespace after the other, sorted. */
  async #namespacesOf(kind: ClusterKind): Promise<NamespacePart[]> {
    if (!isSecret(kind)) {
      return this.#heldNamespaces();
    }
    try {
      return (await readNamespaces(this.#calls)).map(asPart);
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return this.#heldNamespaces();
      }
      throw error;
    }
  }

  async #heldNamespaces(): Promise<NamespacePart[]> {
    const { scope } = this.#options;
    const held = scope.type === 'cluster' ? await scope.fallback() : [];
    return held.map(asPart);
  }
}

function asPart(namespace: string): NamespacePart {
  return { namespace };
}

/** Returns whether the API server of a cluster answers lists without a version from its cache. */
export function readsFromCache({ cluster }: Pick<Entry, 'cluster'>): boolean {
  const minor = /^v1\.(\d+)/.exec(cluster.status.version ?? '')?.[1];
  return minor !== undefined && Number(minor) >= CONSISTENT_CACHE;
}
