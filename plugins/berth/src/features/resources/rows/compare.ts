import { Quantity } from '@berth/plugin-berth-common';
import { CellValue, durationOf, isNothing, isSince } from './cells';

/** What the cells of a column are, which decides about their order. */
export type Shape =
  | 'number'
  | 'count'
  | 'ratio'
  | 'duration'
  | 'quantity'
  | 'share'
  | 'address'
  | 'date'
  | 'age'
  | 'text';

const COUNT = /^(\d+)(?: \(.*\))?$/;
const RATIO = /^(\d+)\/(\d+)$/;
const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const DATE = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/;
const QUANTITY = /^-?\d+(?:\.\d+)?(?:[numkMGTPE]|[KMGTPE]i|[eE]-?\d{1,2})?$/;
const SHARE = /^(\S+) of (\S+)$/;
/** Durations with another unit than minutes, which could be thousandths. */
const CERTAIN_DURATION = /[ydhs]/;
const QUANTITY_NAMES = /cpu|memory|storage|capacity|request|limit|size/i;

/** The most cells of a column to look at. */
const LOOKED_AT = 500;

type Key = number | string | readonly number[];

const KEYS: Record<
  Exclude<Shape, 'text'>,
  (cell: CellValue) => Key | undefined
> = {
  number: cell =>
    typeof cell === 'number' || typeof cell === 'boolean'
      ? Number(cell)
      : undefined,
  age: cell => (isSince(cell) ? -cell.since : undefined),
  count: text(found => {
    const match = COUNT.exec(found);
    return match ? Number(match[1]) : undefined;
  }),
  ratio: text(found => {
    const match = RATIO.exec(found);
    if (!match) {
      return undefined;
    }
    const [part, whole] = [Number(match[1]), Number(match[2])];
    // Nothing is missing where nothing is wanted.
    return [whole === 0 ? 1 : part / whole, whole];
  }),
  address: text(found => {
    const match = ADDRESS.exec(found);
    return match
      ? match.slice(1).reduce((sum, octet) => sum * 256 + Number(octet), 0)
      : undefined;
  }),
  date: text(found => (DATE.test(found) ? Date.parse(found) : undefined)),
  duration: text(durationOf),
  quantity: text(amountOf),
  share: text(found => {
    const match = SHARE.exec(found);
    // A whole alone has an unknown part.
    const part = match ? amountOf(match[1]) : -1;
    const whole = amountOf(match ? match[2] : found);
    return part === undefined || whole === undefined
      ? undefined
      : [part, whole];
  }),
};

function amountOf(found: string): number | undefined {
  return QUANTITY.test(found) ? Quantity.parse(found).toNumber() : undefined;
}

function text(
  read: (found: string) => Key | undefined,
): (cell: CellValue) => Key | undefined {
  return cell => (typeof cell === 'string' ? read(cell) : undefined);
}

/**
 * Returns the shape that all cells of a column have.
 *
 * @param name - of the column; decides between minutes and thousandths, which Kubernetes both writes as `5m`
 */
export function shapeOf(name: string, cells: readonly CellValue[]): Shape {
  const looked = cells.filter(cell => !isNothing(cell)).slice(0, LOOKED_AT);
  const fits = (shape: Exclude<Shape, 'text'>) =>
    looked.every(cell => KEYS[shape](cell) !== undefined);
  if (looked.length === 0) {
    return 'text';
  }
  if (fits('duration')) {
    const isCertain = looked.some(cell => CERTAIN_DURATION.test(String(cell)));
    return !isCertain && QUANTITY_NAMES.test(name) ? 'quantity' : 'duration';
  }
  const shapes = [
    'number',
    'age',
    'count',
    'ratio',
    'address',
    'date',
    'quantity',
    'share',
  ] as const;
  return shapes.find(fits) ?? 'text';
}

/**
 * Returns the key of a cell in the order of a column, undefined if the cell has no value. Numbers within a text count
 * as numbers, so that `web-2` comes before `web-10`.
 */
function keyOf(shape: Shape, cell: CellValue): Key | undefined {
  if (isNothing(cell)) {
    return undefined;
  }
  const key = shape === 'text' ? undefined : KEYS[shape](cell);
  return key ?? textKey(isSince(cell) ? '' : String(cell));
}

/** Returns a key by which plain comparison puts texts into a natural order. */
export function textKey(written: string): string {
  return written
    .toLowerCase()
    .replace(/\d+/g, digits => digits.padStart(15, '0'));
}

/** Rows by the value of a column. */
export interface RowGroups<Row> {
  /** In ascending order of the value. */
  groups: readonly (readonly Row[])[];
  /** Rows without a value. */
  without: readonly Row[];
}

/**
 * Groups rows by their value in a column. Most columns have far fewer values than rows, so only the values are read
 * and sorted. Rows with the same value keep their order.
 */
export function groupByCell<Row>(
  rows: readonly Row[],
  column: string,
  cellOf: (row: Row) => CellValue | undefined,
): RowGroups<Row> {
  const shape = shapeOf(
    column,
    rows.slice(0, 5 * LOOKED_AT).map(row => cellOf(row) ?? null),
  );
  const without: Row[] = [];
  const groups = new Map<string | number, Row[]>();
  const pairs = new Map<string | number, readonly number[]>();
  const byCell = new Map<CellValue, Row[]>();
  const groupOf = (cell: CellValue): Row[] => {
    const key = keyOf(shape, cell);
    if (key === undefined) {
      return without;
    }
    let id: string | number;
    if (typeof key === 'object') {
      id = JSON.stringify(key);
      pairs.set(id, key);
    } else {
      id = key;
    }
    return groupIn(groups, id);
  };
  for (const row of rows) {
    const cell = cellOf(row) ?? null;
    // Each age is an object of its own.
    const known = isSince(cell) ? undefined : byCell.get(cell);
    const group = known ?? groupOf(cell);
    if (!known && !isSince(cell)) {
      byCell.set(cell, group);
    }
    group.push(row);
  }
  const order = inOrder([...groups.keys()], id => pairs.get(id) ?? id);
  return { groups: order.map(id => groups.get(id)!), without };
}

/** Groups rows by a text, in ascending order of the text. */
export function groupByText<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    groupIn(groups, textOf(row)).push(row);
  }
  return [...groups.keys()].sort().map(key => groups.get(key)!);
}

function groupIn<Id, Row>(groups: Map<Id, Row[]>, id: Id): Row[] {
  const known = groups.get(id);
  if (known) {
    return known;
  }
  const made: Row[] = [];
  groups.set(id, made);
  return made;
}

/** Returns grouped rows in an order. Rows without a value come last in both directions. */
export function rowsOf<Row>(
  { groups, without }: RowGroups<Row>,
  direction: 'ascending' | 'descending',
): Row[] {
  const order = direction === 'ascending' ? groups : [...groups].reverse();
  return [...order, without].flat();
}

/** Sorts keys by their identifiers. Without an own comparison, engines sort numbers and texts several times as fast. */
function inOrder(
  ids: (string | number)[],
  keyOfId: (id: string | number) => Key,
): (string | number)[] {
  const keys = ids.map(keyOfId);
  if (keys.every(key => typeof key === 'number')) {
    return [...Float64Array.from(ids as number[]).sort()];
  }
  return keys.every(key => typeof key === 'string')
    ? ids.sort()
    : ids.sort((a, b) => compareKeys(keyOfId(a), keyOfId(b)));
}

function compareKeys(a: Key, b: Key): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a[0] - b[0] || a[1] - b[1];
  }
  if (typeof a !== typeof b) {
    // Cells that do not fit the column come last.
    return typeof a === 'string' ? 1 : -1;
  }
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
