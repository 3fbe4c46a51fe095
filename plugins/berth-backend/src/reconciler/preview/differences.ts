import { PlannedDifference } from '@berth/plugin-berth-common';
import { KubeObject } from '../../kube';
import { appliedFields } from '../profiles/appliedFields';
import { NamespaceFields } from '../profiles/types';
import { NamespaceObject } from '../types';

/**
 * Returns the fields that we own in which an object differs from the desired one. Lists are ours as a whole.
 * Fields of others are not compared.
 */
export function differences(
  wanted: KubeObject,
  actual: KubeObject,
): PlannedDifference[] {
  return compare(wanted, actual, '');
}

/**
 * Returns the labels and annotations that an apply of a namespace removes, because Berth has applied them and they are no
 * longer wanted.
 */
export function removedFields(
  { metadata }: NamespaceObject,
  actual: NamespaceObject,
): PlannedDifference[] {
  return Object.entries(appliedFields(actual)).flatMap(([kind, fields]) =>
    Object.entries(fields)
      .filter(
        ([key]) => metadata[kind as keyof NamespaceFields]?.[key] === undefined,
      )
      .map(([key, value]) => ({
        field: below(`metadata.${kind}`, key),
        planned: 'null',
        actual: textOf(value),
      })),
  );
}

function compare(
  wanted: unknown,
  actual: unknown,
  field: string,
): PlannedDifference[] {
  if (isRecord(wanted)) {
    return Object.entries(wanted).flatMap(([key, value]) =>
      compare(
        value,
        isRecord(actual) ? actual[key] : undefined,
        below(field, key),
      ),
    );
  }
  const planned = textOf(wanted);
  const found = actual === undefined ? undefined : textOf(actual);
  // The API server omits an empty list.
  return planned === (found ?? '[]')
    ? []
    : [{ field, planned, ...(found !== undefined && { actual: found }) }];
}

function below(field: string, key: string): string {
  if (!/^\w+$/.test(key)) {
    return `${field}[${JSON.stringify(key)}]`;
  }
  return field ? `${field}.${key}` : key;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns JSON with sorted keys, because the API server sends keys in another order. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, one) =>
    isRecord(one)
      ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
}
