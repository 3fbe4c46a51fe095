import { HelmRelease } from '@berth/plugin-berth-common';
import { Sort } from '../../../kit/list';
import { PROBLEMS } from '../../../kit/listing';
import { ReleaseRow } from './ReleaseCollector';
import { ReleasesQuery } from './releasesQuery';

/** The columns of the list, in their order. */
export const COLUMNS = [
  'name',
  'namespace',
  'cluster',
  'status',
  'chart',
  'revision',
  'updated',
] as const;

export type ReleaseColumn = (typeof COLUMNS)[number];

/** Writes a chart as Helm does, such as `web-1.4.2`. */
export function chartText(chart: HelmRelease['chart']): string {
  return [chart?.name, chart?.version].filter(Boolean).join(' ');
}

/** Returns the releases that match all filters but the one for the status. */
export function matching(
  rows: readonly ReleaseRow[],
  query: Omit<ReleasesQuery, 'status' | 'sort'>,
): ReleaseRow[] {
  const { search, clusters, namespaces, charts } = query;
  const words = search.trim().toLocaleLowerCase('en-US').split(/\s+/);
  const includes = (chosen: readonly string[], name: string) =>
    chosen.length === 0 || chosen.includes(name);
  return rows.filter(
    ({ cluster, namespace, release }) =>
      includes(clusters, cluster) &&
      includes(namespaces, namespace) &&
      includes(charts, release.chart?.name ?? '') &&
      words.every(word => searchTextOf(release).includes(word)),
  );
}

function searchTextOf(release: HelmRelease): string {
  const { name, namespace, cluster, status, chart, description } = release;
  const { managedBy, labels } = release;
  return [
    name,
    namespace,
    cluster,
    status,
    chartText(chart),
    chart?.appVersion,
    description,
    managedBy,
    ...Object.entries(labels).map(pair => pair.join('=')),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');
}

/** Returns the states of releases with their numbers, the most frequent first, and the number of problems. */
export function countStates(rows: readonly ReleaseRow[]): {
  problems: number;
  states: [word: ReleaseRow['state']['word'], count: number][];
} {
  const counts = new Map<ReleaseRow['state']['word'], number>();
  for (const { state } of rows) {
    counts.set(state.word, (counts.get(state.word) ?? 0) + 1);
  }
  return {
    problems: rows.filter(({ state }) => state.problem).length,
    states: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  };
}

const RANKS = { danger: 0, warning: 1 };
const { compare } = new Intl.Collator('en', { numeric: true });

/** Returns the releases with a status, in their order: problems first by default. */
export function ordered(
  rows: readonly ReleaseRow[],
  { status, sort }: Pick<ReleasesQuery, 'status' | 'sort'>,
): ReleaseRow[] {
  const rankOf = ({ state }: ReleaseRow) =>
    state.problem ? RANKS[state.problem] : 2;
  const byPlace = (a: ReleaseRow, b: ReleaseRow) =>
    compare(a.namespace, b.namespace) ||
    compare(a.release.name, b.release.name) ||
    compare(a.cluster, b.cluster);
  return rows
    .filter(
      ({ state }) =>
        status === '' ||
        (status === PROBLEMS ? state.problem : state.word === status),
    )
    .sort((a, b) =>
      sort
        ? compareBy(sort, a, b) || byPlace(a, b)
        : rankOf(a) - rankOf(b) || byPlace(a, b),
    );
}

/** Compares by a column. Releases without a value come last in both directions. */
function compareBy(sort: Sort, a: ReleaseRow, b: ReleaseRow): number {
  const first = valueOf(a, sort.column);
  const second = valueOf(b, sort.column);
  if (first === undefined || second === undefined) {
    return Number(first === undefined) - Number(second === undefined);
  }
  const sign = sort.direction === 'descending' ? -1 : 1;
  return typeof first === 'number' && typeof second === 'number'
    ? sign * (first - second)
    : sign * compare(String(first), String(second));
}

function valueOf(row: ReleaseRow, column: string): string | number | undefined {
  const { release, state } = row;
  switch (column) {
    case 'namespace':
      return row.namespace;
    case 'cluster':
      return row.cluster;
    case 'status':
      return state.word;
    case 'chart':
      return chartText(release.chart) || undefined;
    case 'revision':
      return release.revision;
    case 'updated':
      return release.updatedAt && Date.parse(release.updatedAt);
    default:
      return release.name;
  }
}
