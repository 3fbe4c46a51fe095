import { ObjectView, ResourceColumn } from '@berth/plugin-berth-common';
import { isRecord } from '../values';
import { MANAGED_BY } from '../../model/managedBy';
import { JsonRecord, recordAt, recordsAt, textAt, valueAt } from './json';
import { isSecret, maskSecret } from './secrets';

const MAX_CELL = 4_000;

/** Presents an object to a person: without `managedFields`, and without the values of a Secret. */
export function presentObject(live: JsonRecord, table: unknown): ObjectView {
  const summary = summaryOf(table);
  const object = withoutManagedFields(live);
  const masked = isSecret(live) ? maskSecret(object) : undefined;
  return {
    object: masked?.object ?? object,
    ...(summary && { summary }),
    ...(masked && { secretKeys: masked.keys }),
    managers: managersOf(live),
    keptByBerth: isKeptByBerth(live),
  };
}

export function withoutManagedFields(object: JsonRecord): JsonRecord {
  const { managedFields: _, ...metadata } = recordAt(object, 'metadata');
  return { ...object, metadata };
}

/** Returns whether Berth made an object, and would undo the changes of people. */
export function isKeptByBerth(object: unknown): boolean {
  return (
    valueAt(object, 'metadata', 'labels', MANAGED_BY.label) === MANAGED_BY.value
  );
}

function managersOf(object: JsonRecord): ObjectView['managers'] {
  return recordsAt(object, 'metadata', 'managedFields').map(entry => {
    const time = textAt(entry, 'time');
    return {
      manager: textAt(entry, 'manager') ?? '',
      operation: textAt(entry, 'operation') ?? '',
      ...(time !== undefined && { time }),
      ownsReplicas:
        valueAt(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined,
    };
  });
}

/** Reads the row of the object. A cluster that answers with no Table, or with another one, gives no summary. */
function summaryOf(table: unknown): ObjectView['summary'] {
  if (!isRecord(table) || table.kind !== 'Table') {
    return undefined;
  }
  const columns = recordsAt(table, 'columnDefinitions').map(columnOf);
  const [row, ...others] = recordsAt(table, 'rows');
  const cells = valueAt(row, 'cells');
  return Array.isArray(cells) &&
    cells.length === columns.length &&
    others.length === 0
    ? { columns, cells: cells.map(cellOf) }
    : undefined;
}

function columnOf(column: JsonRecord): ResourceColumn {
  const format = textAt(column, 'format');
  const description = textAt(column, 'description');
  const { priority } = column;
  return {
    name: textAt(column, 'name') ?? '',
    type: textAt(column, 'type') ?? 'string',
    ...(format !== undefined && { format }),
    priority: typeof priority === 'number' ? Math.trunc(priority) : 0,
    ...(description !== undefined && { description }),
  };
}

function cellOf(cell: unknown): string | number | boolean | null {
  switch (typeof cell) {
    case 'string':
      return cell.slice(0, MAX_CELL);
    case 'number':
    case 'boolean':
      return cell;
    default:
      return cell === null || cell === undefined
        ? null
        : JSON.stringify(cell).slice(0, MAX_CELL);
  }
}
