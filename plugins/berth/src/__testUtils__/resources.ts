import {
  ResourceColumn,
  ResourceKind,
  ResourceListLine,
  ResourceRow,
} from '@berth/plugin-berth-common';

type Cell = ResourceRow['cells'][number];

/** Returns a column of the Table API. */
export function aColumn(
  name: string,
  changes: Partial<ResourceColumn> = {},
): ResourceColumn {
  return {
    name,
    type: 'string',
    priority: 0,
    ...(name === 'Name' && { format: 'name' }),
    ...changes,
  };
}

const more = { priority: 1 };

/** The columns of some kinds, as Kubernetes 1.31 has them. */
export const COLUMNS = {
  pods: [
    aColumn('Name'),
    aColumn('Ready'),
    aColumn('Status'),
    aColumn('Restarts'),
    aColumn('Age'),
    aColumn('IP', more),
    aColumn('Node', more),
  ],
  deployments: [
    aColumn('Name'),
    aColumn('Ready'),
    aColumn('Up-to-date', { type: 'integer' }),
    aColumn('Available', { type: 'integer' }),
    aColumn('Age'),
    aColumn('Containers', more),
    aColumn('Images', more),
  ],
} as const;

/** What one cluster has of a kind: rows by namespace, each row a list of its cells. */
export interface FakeTable {
  cluster: string;
  columns: readonly ResourceColumn[];
  namespaces: Record<string, readonly (readonly Cell[])[]>;
  more?: string;
}

const PER_LINE = 500;

/** Returns the lines of a list over some clusters, as the backend writes them for a member. */
export function linesOf(
  tables: readonly FakeTable[],
  failures: readonly Omit<
    Extract<ResourceListLine, { type: 'failed' }>,
    'type'
  >[] = [],
  at = new Date().toISOString(),
): ResourceListLine[] {
  const failed = failures.filter(
    ({ cluster }) => !tables.some(table => table.cluster === cluster),
  );
  return [
    {
      type: 'start',
      clusters: [
        ...tables.map(({ cluster, namespaces }) => ({
          name: cluster,
          namespaces: [
            ...Object.keys(namespaces),
            ...failures.flatMap(one =>
              one.cluster === cluster && one.namespace ? one.namespace : [],
            ),
          ],
        })),
        ...failed.map(({ cluster }) => ({ name: cluster })),
      ],
    },
    ...tables.flatMap(table => tableLines(table, at)),
    ...failures.map(failure => ({ type: 'failed' as const, ...failure })),
  ];
}

function tableLines(table: FakeTable, at: string): ResourceListLine[] {
  const { cluster, columns, namespaces } = table;
  const lines: ResourceListLine[] = [
    { type: 'columns', cluster, columns: [...columns] },
  ];
  let count = 0;
  for (const [namespace, cells] of Object.entries(namespaces)) {
    for (let from = 0; from < Math.max(1, cells.length); from += PER_LINE) {
      const rows = cells.slice(from, from + PER_LINE).map(own => ({
        name: String(own[0]),
        cells: [...own],
      }));
      lines.push({ type: 'rows', cluster, namespace, at, rows });
    }
    count += cells.length;
  }
  lines.push({ type: 'done', cluster, count, more: table.more });
  return lines;
}

const STATES: [ready: string, status: string, restarts: string][] = [
  ['1/1', 'Running', '0'],
  ['1/1', 'Running', '5 (3m ago)'],
  ['2/2', 'Running', '0'],
  ['0/1', 'CrashLoopBackOff', '17 (42s ago)'],
  ['0/1', 'Completed', '0'],
  ['0/1', 'Pending', '0'],
  ['0/1', 'ImagePullBackOff', '0'],
  ['1/2', 'Running', '1 (7d4h ago)'],
];

/** Returns the cells of some pods, most of which run. */
export function podCells(namespace: string, count: number): Cell[][] {
  return Array.from({ length: count }, (_, number) => {
    const [ready, status, restarts] =
      STATES[number % 40 < STATES.length ? number % 40 : number % 3];
    return [
      `${namespace}-web-7d9f8b6c5${number % 7}-${number.toString(36)}x`,
      ready,
      status,
      restarts,
      `${(number % 9) + 1}d${number % 24}h`,
      `10.${number % 200}.${number % 250}.${(number * 7) % 250}`,
      `node-${(number % 12) + 1}`,
    ];
  });
}

/** A kind of custom resources. */
export function aKind(
  group: string,
  kind: string,
  changes: Partial<ResourceKind> = {},
): ResourceKind {
  return {
    group,
    version: 'v1',
    kind,
    plural: `${kind.toLocaleLowerCase('en-US')}s`,
    shortNames: [],
    namespaced: true,
    verbs: ['get', 'list', 'watch'],
    custom: true,
    clusters: ['prod01'],
    ...changes,
  };
}
