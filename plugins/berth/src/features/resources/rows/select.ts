import { Sort } from '../../../kit/list';
import { PROBLEMS } from '../../../kit/listing';
import { CellValue, isSince } from './cells';
import { groupByCell, RowGroups, rowsOf, textKey } from './compare';
import { Layout, Row } from './layout';
import { problemOfRow, problemText, RowProblem, statusOf } from './problems';

/** A row with what its cells say about it. */
export interface JudgedRow extends Row {
  status?: string;
  problem?: RowProblem;
  /** The problem in words. */
  problemText?: string;
}

/** Which rows to show, and their order. */
export interface Selection {
  search: string;
  clusters: readonly string[];
  namespaces: readonly string[];
  /** A word about the state; `PROBLEMS` for rows with a problem; empty for all rows. */
  status: string;
  /** Problems come first by default. */
  sort?: Sort;
}

/** Columns that every list has. */
export const NAME = 'Name';
export const NAMESPACE = 'Namespace';
export const CLUSTER = 'Cluster';

const judged = new WeakMap<Row, { layout: Layout; row: JudgedRow }>();

/** Adds to rows what their cells say. The same row and layout give the same object. */
export function judge(rows: readonly Row[], layout: Layout): JudgedRow[] {
  return rows.map(row => {
    const known = judged.get(row);
    if (known?.layout === layout) {
      return known.row;
    }
    const cell = (column: string) => layout.cellOf(row, column);
    const problem = problemOfRow(cell);
    const status = statusOf(cell);
    const same =
      known?.row.status === status &&
      known?.row.problem?.tone === problem?.tone &&
      known?.row.problem?.column === problem?.column;
    const made =
      known && same
        ? known.row
        : {
            ...row,
            status,
            problem,
            problemText: problem && problemText(problem, cell),
          };
    judged.set(row, { layout, row: made });
    return made;
  });
}

/** Returns the rows that match all filters but the one for the status, which counts them. */
export function matching(
  rows: readonly JudgedRow[],
  { search, clusters, namespaces }: Omit<Selection, 'status' | 'sort'>,
): JudgedRow[] {
  const words = search.trim().toLocaleLowerCase('en-US').split(/\s+/);
  const ofCluster = new Set(clusters);
  const ofNamespace = new Set(namespaces);
  return rows.filter(
    row =>
      (ofCluster.size === 0 || ofCluster.has(row.cluster)) &&
      (ofNamespace.size === 0 || ofNamespace.has(row.namespace ?? '')) &&
      words.every(word => searchTextOf(row).includes(word)),
  );
}

/** Returns the rows with a status, in their order. */
export function ordered(
  rows: readonly JudgedRow[],
  { status, sort }: Pick<Selection, 'status' | 'sort'>,
  layout: Layout,
): JudgedRow[] {
  const all = byPlace(rows);
  const sorted = sort
    ? rowsOf(groupsOf(all, sort.column, layout), sort.direction)
    : problemsFirst(all);
  return sorted.filter(row => hasStatus(row, status));
}

const grouped = new WeakMap<
  readonly JudgedRow[],
  { layout: Layout; groups: Map<string, RowGroups<JudgedRow>> }
>();

/** Groups rows by a column. The same rows are grouped once, for both directions and every status. */
function groupsOf(
  rows: readonly JudgedRow[],
  column: string,
  layout: Layout,
): RowGroups<JudgedRow> {
  const known = grouped.get(rows);
  const { groups } = known?.layout === layout ? known : { groups: new Map() };
  const made: RowGroups<JudgedRow> =
    groups.get(column) ??
    groupByCell(rows, column, row => valueOf(row, column, layout));
  groups.set(column, made);
  grouped.set(rows, { layout, groups });
  return made;
}

function hasStatus(row: JudgedRow, status: string): boolean {
  return (
    status === '' ||
    (status === PROBLEMS ? row.problem !== undefined : row.status === status)
  );
}

/** Returns the statuses of rows with their numbers, the most frequent first, and the number of problems. */
export function countStatuses(rows: readonly JudgedRow[]): {
  problems: number;
  statuses: [status: string, count: number][];
} {
  const counts = new Map<string, number>();
  let problems = 0;
  for (const { status, problem } of rows) {
    problems += problem ? 1 : 0;
    if (status !== undefined) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  return {
    problems,
    statuses: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  };
}

/** Returns the value of a row in any column. */
export function valueOf(
  row: Row,
  column: string,
  layout: Layout,
): CellValue | undefined {
  switch (column) {
    case NAME:
      return row.name;
    case NAMESPACE:
      return row.namespace ?? null;
    case CLUSTER:
      return row.cluster;
    default:
      return layout.cellOf(row, column);
  }
}

const RANKS = { danger: 0, warning: 1 };

function problemsFirst(rows: readonly JudgedRow[]): JudgedRow[] {
  const ranked: JudgedRow[][] = [[], [], []];
  for (const row of rows) {
    ranked[row.problem ? RANKS[row.problem.tone] : 2].push(row);
  }
  return ranked.flat();
}

const placeKeys = new WeakMap<Row, string>();
const placed = new WeakMap<readonly JudgedRow[], JudgedRow[]>();

/** Sorts rows by namespace, name and cluster. The same rows are sorted once, for every order that a person chooses. */
function byPlace(rows: readonly JudgedRow[]): JudgedRow[] {
  const known = placed.get(rows);
  if (known) {
    return known;
  }
  const keyed = rows.map(row => ({ row, key: placeKeyOf(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const sorted = keyed.map(({ row }) => row);
  placed.set(rows, sorted);
  return sorted;
}

function placeKeyOf(row: JudgedRow): string {
  const known = placeKeys.get(row);
  if (known !== undefined) {
    return known;
  }
  const key = `${row.namespace ?? ''} ${textKey(row.name)} ${row.cluster}`;
  placeKeys.set(row, key);
  return key;
}

const texts = new WeakMap<Row, string>();

/** Returns all that a search looks at. Ages are not: they change while a person types. */
function searchTextOf(row: Row): string {
  const known = texts.get(row);
  if (known !== undefined) {
    return known;
  }
  const cells = row.cells.filter(cell => cell !== null && !isSince(cell));
  const text = [row.name, row.namespace, row.cluster, ...cells]
    .join(' ')
    .toLocaleLowerCase('en-US');
  texts.set(row, text);
  return text;
}
