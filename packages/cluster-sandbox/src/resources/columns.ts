import { KubeObject } from '../types';
import { Column } from './ResourceDefinition';

export function text(
  name: string,
  value: (object: KubeObject) => string | undefined,
  priority: 0 | 1 = 0,
): Column {
  return {
    name,
    type: 'string',
    priority,
    value: object => value(object) ?? '<none>',
  };
}

export function count(
  name: string,
  value: (object: KubeObject) => number | undefined,
  priority: 0 | 1 = 0,
): Column {
  return {
    name,
    type: 'integer',
    priority,
    value: object => value(object) ?? 0,
  };
}

/** The API server calls the number of keys a text. */
export function dataCount(value: (object: KubeObject) => number): Column {
  return { name: 'Data', type: 'string', priority: 0, value };
}

export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'The name, which is unique within a namespace.',
  priority: 0,
  value: object => object.metadata.name,
};

export const ageColumn: Column = text('Age', object =>
  ageSince(object.metadata.creationTimestamp),
);

/** Writes the time since a moment as kubectl does: `5s`, `2m10s`, `3h`, `12d`. */
export function ageSince(
  time: string | undefined,
  now: number = Date.now(),
): string {
  return time ? duration(now - Date.parse(time)) : '<unknown>';
}

/** Writes a duration like Kubernetes' `duration.HumanDuration`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(seconds / 3600);
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return withRest(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  return withRest(Math.floor(days / 365), 'y', days % 365, 'd');
}

function withRest(
  whole: number,
  unit: string,
  rest: number,
  restUnit: string,
): string {
  return rest ? `${whole}${unit}${rest}${restUnit}` : `${whole}${unit}`;
}

/** Writes labels as `a=b,c=d`, or `<none>`. */
export function joinLabels(
  labels: Record<string, string> | undefined,
): string | undefined {
  const entries = Object.entries(labels ?? {});
  return entries.length
    ? entries.map(([key, value]) => `${key}=${value}`).join(',')
    : undefined;
}

/** Returns the wide columns for objects with a pod template: containers, images and selector. */
export function workloadColumns(
  podSpec: (object: KubeObject) => any,
): Column[] {
  return [
    text('Containers', object => names(podSpec(object)?.containers, 'name'), 1),
    text('Images', object => names(podSpec(object)?.containers, 'image'), 1),
    text(
      'Selector',
      object => joinLabels(object.spec?.selector?.matchLabels),
      1,
    ),
  ];
}

function names(
  containers: Record<string, string>[] | undefined,
  field: string,
): string | undefined {
  return containers?.map(container => container[field]).join(',');
}
