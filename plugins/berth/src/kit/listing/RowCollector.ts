import { ResourceFailure } from '@berth/plugin-berth-common';

/** A row of a list over clusters. */
export interface PlacedRow {
  /** Unique over all clusters. */
  id: string;
  cluster: string;
  namespace?: string;
}

/** A cluster of a list. */
export interface ListedCluster {
  state: 'loading' | 'done' | 'failed';
  /** The namespaces that are listed; undefined for the whole cluster. */
  namespaces?: readonly string[];
  /** The cursor of the rows that are left. */
  more?: string;
}

/** A failed part of a list. */
export interface ListFailure extends ResourceFailure {
  /** When the rows of the part were listed, in milliseconds since the epoch; undefined if there are none. */
  rowsFrom?: number;
}

/** What is known of a list over clusters. */
export interface RowListing<Row extends PlacedRow = PlacedRow> {
  /** By name. */
  clusters: Readonly<Record<string, ListedCluster>>;
  rows: readonly Row[];
  failures: readonly ListFailure[];
  /** When the rows of each part were listed, by `partOf`. */
  listedAt: Readonly<Record<string, number>>;
  /** Whether all clusters have answered. */
  isComplete: boolean;
  /** Milliseconds that the list took. */
  took: number;
}

/** A failure after which the rows of the former list are still worth showing. */
const PASSING: ReadonlySet<ResourceFailure['cause']> = new Set([
  'Unreachable',
  'Timeout',
  'Failed',
]);

/** Returns the name of a part of a list: a namespace of a cluster, or a cluster. */
export function partOf(cluster: string, namespace = ''): string {
  return `${cluster}/${namespace}`;
}

/** Collects the rows of a list that arrives in parts. The rows of a part that fails for now stay. */
export class RowCollector<Row extends PlacedRow> {
  readonly #clusters: Record<string, ListedCluster> = {};
  readonly #rows = new Map<string, Row>();
  readonly #failures = new Map<string, ListFailure>();
  readonly #listedAt: Record<string, number> = {};
  readonly #previous?: RowListing<Row>;
  readonly #former: ReadonlyMap<string, Row>;
  readonly #startedAt = Date.now();

  constructor(previous?: RowListing<Row>) {
    this.#previous = previous;
    this.#former = new Map(previous?.rows.map(row => [row.id, row]));
  }

  /** Records the clusters that will answer. */
  start(
    clusters: readonly { name: string; namespaces?: readonly string[] }[],
  ): void {
    for (const { name, namespaces } of clusters) {
      this.#clusters[name] = {
        state: 'loading',
        namespaces: this.#clusters[name]?.namespaces ?? namespaces,
      };
    }
  }

  /** Records that a cluster has answered. */
  done(cluster: string, more?: string): void {
    this.#clusters[cluster] = {
      ...this.#clusters[cluster],
      state: 'done',
      more,
    };
  }

  /** Records a part that failed, now or in a former list. */
  fail(failure: ResourceFailure): void {
    const { cluster, namespace, cause } = failure;
    if (namespace === undefined) {
      this.#clusters[cluster] = { ...this.#clusters[cluster], state: 'failed' };
    }
    const rowsFrom = PASSING.has(cause)
      ? this.#keepRows(cluster, namespace)
      : undefined;
    this.#failures.set(partOf(cluster, namespace), { ...failure, rowsFrom });
  }

  /** Takes over from a former list what the clusters refused then, because it is not asked again. */
  remember(
    previous: RowListing | undefined,
    refusals: ReadonlyMap<string, ResourceFailure>,
  ): void {
    for (const failure of refusals.values()) {
      const former = previous?.clusters[failure.cluster];
      if (former) {
        this.#clusters[failure.cluster] ??= { ...former, more: undefined };
        this.fail(failure);
      }
    }
  }

  /** Returns the clusters that have more rows, with the cursor of those. */
  cursors(): [cluster: string, cursor: string][] {
    return Object.entries(this.#clusters).flatMap(([name, { more }]) =>
      more === undefined ? [] : [[name, more] as [string, string]],
    );
  }

  /** The number of rows so far. */
  get size(): number {
    return this.#rows.size;
  }

  listing(isComplete: boolean): RowListing<Row> {
    return {
      clusters: { ...this.#clusters },
      rows: [...this.#rows.values()],
      failures: [...this.#failures.values()],
      listedAt: { ...this.#listedAt },
      isComplete,
      took: Date.now() - this.#startedAt,
    };
  }

  /** Adds a row, in place of a row of this list with the same id. */
  protected set(row: Row): void {
    this.#rows.set(row.id, row);
  }

  /** Returns the row of the former list with an id. */
  protected formerOf(id: string): Row | undefined {
    return this.#former.get(id);
  }

  /** Records when a part was listed, in milliseconds since the epoch. */
  protected markListed(
    cluster: string,
    namespace: string | undefined,
    at: number,
  ): void {
    this.#listedAt[partOf(cluster, namespace)] = at;
  }

  /** Called when rows of a cluster are taken over from the former list. */
  protected onKept(_cluster: string): void {}

  /** Takes over the rows of a part from the former list, and returns when they were listed. */
  #keepRows(cluster: string, namespace?: string): number | undefined {
    const previous = this.#previous;
    const kept = (previous?.rows ?? []).filter(
      row =>
        row.cluster === cluster &&
        (namespace === undefined || row.namespace === namespace) &&
        !this.#rows.has(row.id),
    );
    if (!previous || kept.length === 0) {
      return undefined;
    }
    this.onKept(cluster);
    let oldest: number | undefined;
    for (const row of kept) {
      this.#rows.set(row.id, row);
      const part = [partOf(cluster, row.namespace), partOf(cluster)].find(
        one => previous.listedAt[one] !== undefined,
      );
      if (part !== undefined) {
        const at = previous.listedAt[part];
        this.#listedAt[part] = at;
        oldest = Math.min(oldest ?? at, at);
      }
    }
    return oldest;
  }
}
