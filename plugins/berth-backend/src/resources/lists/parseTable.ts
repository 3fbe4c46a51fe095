import { ResourceColumn, ResourceRow } from '@berth/plugin-berth-common';
import { ageOf } from './ageOf';
import { isRecord } from '../values';

/** A part of a list, as the portal passes it on. */
export interface TablePage {
  columns: ResourceColumn[];
  rows: ResourceRow[];
  /** Where the next page begins. */
  continueToken?: string;
  /** Whether the server answered with whole objects. */
  plain: boolean;
}

const MAX_COLUMNS = 60;
const MAX_CELL = 4_096;
const MAX_TEXT = 500;
const TYPES: ReadonlySet<unknown> = new Set([
  'string',
  'integer',
  'number',
  'boolean',
  'date',
]);

const PLAIN_COLUMNS: ResourceColumn[] = [
  { name: 'Name', type: 'string', format: 'name', priority: 0 },
  { name: 'Age', type: 'string', priority: 0 },
];

type Cell = ResourceRow['cells'][number];

/**
 * Reads a Table, or a plain list of a server that knows no Tables. The server is not trusted: each row gets one cell
 * for each column, and nothing is passed on but what is described here.
 *
 * @returns undefined if the answer is neither
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
 */
export function parseTable(answer: unknown): TablePage | undefined {
  if (!isRecord(answer)) {
    return undefined;
  }
  const metadata = isRecord(answer.metadata) ? answer.metadata : {};
  const continueToken =
    typeof metadata.continue === 'string' && metadata.continue !== ''
      ? metadata.continue
      : undefined;
  if (answer.kind === 'Table' && Array.isArray(answer.rows ?? [])) {
    const columns = columnsOf(answer.columnDefinitions);
    const name = nameColumn(columns);
    return {
      columns,
      rows: ((answer.rows ?? []) as unknown[]).flatMap(row =>
        rowOf(row, columns.length, name),
      ),
      continueToken,
      plain: false,
    };
  }
  if (
    typeof answer.kind === 'string' &&
    answer.kind.endsWith('List') &&
    Array.isArray(answer.items)
  ) {
    return {
      columns: PLAIN_COLUMNS,
      rows: answer.items.flatMap(plainRowOf),
      continueToken,
      plain: true,
    };
  }
  return undefined;
}

function columnsOf(value: unknown): ResourceColumn[] {
  const definitions = Array.isArray(value) ? value.filter(isRecord) : [];
  return definitions
    .slice(0, MAX_COLUMNS)
    .map(({ name, type, format, priority, description }) => ({
      name: short(name, 100) ?? '',
      type: TYPES.has(type) ? String(type) : 'string',
      ...(format === 'name' && { format }),
      priority:
        typeof priority === 'number' && Number.isInteger(priority)
          ? priority
          : 0,
      ...(typeof description === 'string' &&
        description !== '' && { description: short(description, MAX_TEXT) }),
    }));
}

/** Returns the index of the column with the names. */
function nameColumn(columns: ResourceColumn[]): number {
  const formatted = columns.findIndex(({ format }) => format === 'name');
  const named =
    formatted >= 0
      ? formatted
      : columns.findIndex(({ name }) => name.toLowerCase() === 'name');
  return Math.max(named, 0);
}

function rowOf(row: unknown, width: number, nameAt: number): ResourceRow[] {
  if (!isRecord(row)) {
    return [];
  }
  const given = Array.isArray(row.cells) ? row.cells : [];
  const cells = Array.from({ length: width }, (_, index) =>
    cellOf(given[index]),
  );
  const metadata = metadataOf(row.object);
  const name = metadata?.name ?? cells[nameAt];
  return typeof name === 'string' && name !== ''
    ? [{ cells, ...metadata, name: short(name, 253)! }]
    : [];
}

function plainRowOf(item: unknown): ResourceRow[] {
  const metadata = metadataOf(item);
  return metadata?.name === undefined
    ? []
    : [
        {
          cells: [metadata.name, ageOf(metadata.createdAt)],
          ...metadata,
          name: metadata.name,
        },
      ];
}

function metadataOf(object: unknown): Partial<ResourceRow> | undefined {
  const metadata = isRecord(object) ? object.metadata : undefined;
  if (!isRecord(metadata)) {
    return undefined;
  }
  const { name, namespace, creationTimestamp } = metadata;
  return {
    ...optional('name', short(name, 253)),
    ...optional('namespace', short(namespace, 63)),
    ...optional('createdAt', short(creationTimestamp, 40)),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined) {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: V });
}

function cellOf(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
      return short(value, MAX_CELL)!;
    case 'number':
    case 'boolean':
      return value;
    default:
      return value === undefined || value === null
        ? null
        : short(JSON.stringify(value), MAX_CELL)!;
  }
}

function short(value: unknown, length: number): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  return value.length <= length ? value : `${value.slice(0, length - 1)}…`;
}
