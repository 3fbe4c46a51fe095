import { Sort } from '../../../kit/list';
import { PROBLEMS } from '../../../kit/listing';
import { CellValue, isSince } from './cells';
import {
  groupByCell,
  groupByText,
  RowGroups,
  rowsOf,
  textKey,
} from './compare';
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
  const { byName, all } = placed(rows);
  const groups =
    sort?.column === NAME
      ? { groups: byName, without: [] }
      : sort && groupsOf(all, sort.column, layout);
  const sorted =
    sort && groups ? rowsOf(groups, sort.direction) : problemsFirst(all);
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

/** Rows in the order of their places. */
interface Placed {
  /** Rows of the same name, by namespace and cluster. */
  byName: JudgedRow[][];
  /** By namespace, name and cluster. */
  all: JudgedRow[];
}

const placedRows = new WeakMap<readonly JudgedRow[], Placed>();

/** Sorts rows by their places. The same rows are sorted once, for every order that a person chooses. */
function placed(rows: readonly JudgedRow[]): Placed {
  const known = placedRows.get(rows);
  if (known) {
    return known;
  }
  const byName = groupByText(rows, ({ name }) => textKey(name));
  for (const group of byName) {
    group.sort(
      (a, b) =>
        compareTexts(a.namespace ?? '', b.namespace ?? '') ||
        compareTexts(a.cluster, b.cluster),
    );
  }
  const all = groupByText(byName.flat(), row => row.namespace ?? '').flat();
  const made = { byName, all };
  placedRows.set(rows, made);
  return made;
}

function compareTexts(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
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
