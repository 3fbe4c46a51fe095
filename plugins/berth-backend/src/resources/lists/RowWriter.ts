import { ResourceListLine, ResourceRow } from '@berth/plugin-berth-common';
import { TablePage } from './parseTable';

const ROWS_A_LINE = 500;

export interface RowWriterOptions {
  /** The name of the cluster. */
  cluster: string;
  /** The most rows. */
  limit: number;
  /** Is aborted when the list of the cluster fails. */
  signal: AbortSignal;
  write(line: ResourceListLine): Promise<void>;
}

/** Writes the rows of one cluster as lines, up to the limit. */
export class RowWriter {
  readonly #options: RowWriterOptions;
  #count = 0;
  #hasColumns = false;

  constructor(options: RowWriterOptions) {
    this.#options = options;
  }

  /** The number of rows that were written. */
  get count(): number {
    return this.#count;
  }

  /** Whether an answer was written, even one without rows. */
  get hasBegun(): boolean {
    return this.#hasColumns;
  }

  /** The number of rows for which there is room. */
  get remaining(): number {
    return this.#options.limit - this.#count;
  }

  /** @returns the number of rows for which there is no room */
  async add(
    { columns, rows }: Pick<TablePage, 'columns' | 'rows'>,
    namespace?: string,
  ): Promise<number> {
    const { cluster } = this.#options;
    const at = new Date().toISOString();
    const taken = rows.slice(0, this.remaining);
    this.#count += taken.length;
    if (!this.#hasColumns) {
      this.#hasColumns = true;
      await this.#write({ type: 'columns', cluster, columns });
    }
    for (let start = 0; start < taken.length; start += ROWS_A_LINE) {
      await this.#write({
        type: 'rows',
        cluster,
        ...(namespace !== undefined && { namespace }),
        at,
        rows: taken
          .slice(start, start + ROWS_A_LINE)
          .map(row => inNamespace(row, namespace)),
      });
    }
    return rows.length - taken.length;
  }

  async #write(line: ResourceListLine) {
    const { signal, write } = this.#options;
    // Nothing comes after the failure of the cluster.
    signal.throwIfAborted();
    await write(line);
  }
}

/** The line has the namespace already. */
function inNamespace(
  row: ResourceRow,
  namespace: string | undefined,
): ResourceRow {
  if (namespace === undefined || row.namespace === undefined) {
    return row;
  }
  const { namespace: _, ...rest } = row;
  return rest;
}
