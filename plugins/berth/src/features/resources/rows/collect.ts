import {
  ResourceColumn,
  ResourceFailure,
  ResourceListLine,
  ResourceRow,
} from '@berth/plugin-berth-common';
import { CellValue, isAgeColumn, isSameCell, sinceOf } from './cells';
import { Row } from './layout';

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

/** What is known of a list. */
export interface Listing {
  /** By name. */
  clusters: Readonly<Record<string, ListedCluster>>;
  /** By cluster. */
  columns: Readonly<Record<string, readonly ResourceColumn[]>>;
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

/**
 * Collects the lines of a list. Rows that say the same as in the former list keep their identity, so that a page draws
 * only what changed. The rows of a part that fails for now stay.
 */
export class ListCollector {
  readonly #clusters: Record<string, ListedCluster> = {};
  readonly #columns: Record<string, readonly ResourceColumn[]> = {};
  readonly #ages = new Map<string, ReadonlySet<number>>();
  readonly #rows = new Map<string, Row>();
  readonly #failures = new Map<string, ListFailure>();
  readonly #listedAt: Record<string, number> = {};
  readonly #previous?: Listing;
  readonly #former: ReadonlyMap<string, Row>;
  readonly #startedAt = Date.now();

  constructor(previous?: Listing) {
    this.#previous = previous;
    this.#former = new Map(previous?.rows.map(row => [row.id, row]));
  }

  add(line: ResourceListLine): void {
    switch (line.type) {
      case 'start':
        for (const { name, namespaces } of line.clusters) {
          this.#clusters[name] = {
            state: 'loading',
            namespaces: this.#clusters[name]?.namespaces ?? namespaces,
          };
        }
        break;
      case 'columns':
        this.#addColumns(line.cluster, line.columns);
        break;
      case 'rows':
        this.#addRows(line);
        break;
      case 'failed': {
        const { type: _, ...failure } = line;
        this.fail(failure);
        break;
      }
      case 'done':
        this.#clusters[line.cluster] = {
          ...this.#clusters[line.cluster],
          state: 'done',
          more: line.more,
        };
        break;
      default:
        break;
    }
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

  listing(isComplete: boolean): Listing {
    return {
      clusters: { ...this.#clusters },
      columns: { ...this.#columns },
      rows: [...this.#rows.values()],
      failures: [...this.#failures.values()],
      listedAt: { ...this.#listedAt },
      isComplete,
      took: Date.now() - this.#startedAt,
    };
  }

  /** The number of rows so far. */
  get size(): number {
    return this.#rows.size;
  }

  /** Takes over from a former list what the clusters refused then, because it is not asked again. */
  remember(
    previous: Listing | undefined,
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

  #addColumns(cluster: string, columns: readonly ResourceColumn[]): void {
    this.#columns[cluster] = columns;
    this.#ages.set(
      cluster,
      new Set(columns.flatMap((one, place) => (isAgeColumn(one) ? place : []))),
    );
  }

  #addRows(line: Extract<ResourceListLine, { type: 'rows' }>): void {
    const { cluster, namespace, rows } = line;
    const at = Date.parse(line.at);
    this.#listedAt[partOf(cluster, namespace)] = at;
    for (const row of rows) {
      const made = this.#rowOf(row, { cluster, namespace, at });
      this.#rows.set(made.id, made);
    }
  }

  #rowOf(
    { name, namespace: own, cells, createdAt }: ResourceRow,
    place: { cluster: string; namespace?: string; at: number },
  ): Row {
    const { cluster, at } = place;
    const namespace = own ?? place.namespace;
    const id = `${cluster}/${namespace ?? ''}/${name}`;
    const ages = this.#ages.get(cluster);
    const columns = this.#columns[cluster] ?? [];
    const values = cells.map((cell, index): CellValue => {
      if (!ages?.has(index)) {
        return cell;
      }
      return createdAt && columns[index].name === 'Age'
        ? { since: Date.parse(createdAt), precision: 1_000 }
        : sinceOf(cell, at);
    });
    const former = this.#former.get(id);
    const isSame =
      former?.cells.length === values.length &&
      values.every((value, index) => isSameCell(value, former.cells[index]));
    return former && isSame
      ? former
      : { id, cluster, namespace, name, cells: values };
  }

  /** Takes over the rows of a part from the former list, and returns when they were listed. */
  #keepRows(cluster: string, namespace?: string): number | undefined {
    const previous = this.#previous;
    const columns = previous?.columns[cluster];
    if (!previous || !columns) {
      return undefined;
    }
    const kept = previous.rows.filter(
      row =>
        row.cluster === cluster &&
        (namespace === undefined || row.namespace === namespace) &&
        !this.#rows.has(row.id),
    );
    if (kept.length === 0) {
      return undefined;
    }
    if (!this.#columns[cluster]) {
      this.#addColumns(cluster, columns);
    }
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
