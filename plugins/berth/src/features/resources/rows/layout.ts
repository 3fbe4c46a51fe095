import { ResourceColumn } from '@berth/plugin-berth-common';
import { CellValue } from './cells';

/** A column of a list over several clusters. */
export interface Column extends ResourceColumn {
  /** Whether only some of the clusters have the column. */
  isPartial: boolean;
}

/** An object, as its cluster describes it in the list of its kind. */
export interface Row {
  /** Unique over all clusters. */
  id: string;
  cluster: string;
  namespace?: string;
  name: string;
  /** One for each column of the cluster. */
  cells: readonly CellValue[];
}

/** The columns of a list over several clusters, merged by their names. */
export interface Layout {
  columns: Column[];
  /** Whether the clusters have different columns. */
  differs: boolean;
  cellOf: (row: Row, column: string) => CellValue | undefined;
}

/** The name of the object has a place of its own in each row. */
function isName({ name, format }: ResourceColumn): boolean {
  return format === 'name' || name === 'Name';
}

/**
 * Merges the columns of clusters by their names, in the order of the first cluster. A column that only later clusters
 * have follows the column that precedes it there.
 */
export function layoutOf(
  columns: Readonly<Record<string, readonly ResourceColumn[]>>,
): Layout {
  const clusters = Object.entries(columns);
  const places = new Map(
    clusters.map(([cluster, own]) => [
      cluster,
      new Map(own.map(({ name }, place) => [name, place])),
    ]),
  );
  const merged: Column[] = [];
  for (const [, own] of clusters) {
    let after = -1;
    for (const column of own.filter(one => !isName(one))) {
      const known = merged.findIndex(({ name }) => name === column.name);
      if (known === -1) {
        after += 1;
        merged.splice(after, 0, { ...column, isPartial: false });
      } else {
        after = known;
      }
    }
  }
  for (const column of merged) {
    column.isPartial = [...places.values()].some(own => !own.has(column.name));
  }
  return {
    columns: merged,
    differs: merged.some(({ isPartial }) => isPartial),
    cellOf: (row, column) => {
      const place = places.get(row.cluster)?.get(column);
      return place === undefined ? undefined : row.cells[place];
    },
  };
}
