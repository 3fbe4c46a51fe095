import {
  ResourceColumn,
  ResourceListLine,
  ResourceRow,
} from '@berth/plugin-berth-common';
import { RowCollector, RowListing } from '../../../kit/listing';
import { CellValue, isAgeColumn, isSameCell, sinceOf } from './cells';
import { Row } from './layout';

/** What is known of a list of objects. */
export interface Listing extends RowListing<Row> {
  /** By cluster. */
  columns: Readonly<Record<string, readonly ResourceColumn[]>>;
}

/**
 * Collects the lines of a list. Rows that say the same as in the former list keep their identity, so that a page draws
 * only what changed.
 */
export class ListCollector extends RowCollector<Row> {
  readonly #columns: Record<string, readonly ResourceColumn[]> = {};
  readonly #ages = new Map<string, ReadonlySet<number>>();
  readonly #formerColumns: Listing['columns'];

  constructor(previous?: Listing) {
    super(previous);
    this.#formerColumns = previous?.columns ?? {};
  }

  add(line: ResourceListLine): void {
    switch (line.type) {
      case 'start':
        this.start(line.clusters);
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
        this.done(line.cluster, line.more);
        break;
      default:
        break;
    }
  }

  override listing(isComplete: boolean): Listing {
    return { ...super.listing(isComplete), columns: { ...this.#columns } };
  }

  protected override onKept(cluster: string): void {
    if (!this.#columns[cluster]) {
      this.#addColumns(cluster, this.#formerColumns[cluster] ?? []);
    }
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
    this.markListed(cluster, namespace, at);
    for (const row of rows) {
      this.set(this.#rowOf(row, { cluster, namespace, at }));
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
    const former = this.formerOf(id);
    const isSame =
      former?.cells.length === values.length &&
      values.every((value, index) => isSameCell(value, former.cells[index]));
    return former && isSame
      ? former
      : { id, cluster, namespace, name, cells: values };
  }
}
