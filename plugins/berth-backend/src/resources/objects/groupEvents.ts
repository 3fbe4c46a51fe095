import { ObjectEvent } from '@berth/plugin-berth-common';
import { JsonRecord, numberAt, recordAt, textAt } from './json';

const MAX_MESSAGE = 2_000;

/**
 * Groups events with the same object and reason, and with messages that differ only in names and numbers. The latest
 * group comes first.
 *
 * @param events - of the core API, which also has those that were recorded by `events.k8s.io`
 */
export function groupEvents(events: JsonRecord[]): ObjectEvent[] {
  const groups = new Map<string, ObjectEvent>();
  for (const event of events.map(readEvent)) {
    const { kind, message, name, reason, type } = event;
    const key = JSON.stringify([kind, name, type, reason, similar(message)]);
    const group = groups.get(key);
    groups.set(key, group ? combined(group, event) : event);
  }
  return [...groups.values()].sort((a, b) =>
    (b.lastAt ?? '').localeCompare(a.lastAt ?? ''),
  );
}

function readEvent(event: JsonRecord): ObjectEvent {
  const series = recordAt(event, 'series');
  const object = recordAt(event, 'involvedObject');
  const firstAt = textAt(event, 'firstTimestamp') ?? textAt(event, 'eventTime');
  const lastAt =
    textAt(series, 'lastObservedTime') ??
    textAt(event, 'lastTimestamp') ??
    firstAt ??
    textAt(event, 'metadata', 'creationTimestamp');
  const source =
    textAt(event, 'source', 'component') ?? textAt(event, 'reportingComponent');
  return {
    type: textAt(event, 'type') ?? 'Normal',
    reason: textAt(event, 'reason') ?? '',
    message: (textAt(event, 'message') ?? '').slice(0, MAX_MESSAGE),
    count: numberAt(series, 'count') ?? numberAt(event, 'count') ?? 1,
    ...(firstAt !== undefined && { firstAt }),
    ...(lastAt !== undefined && { lastAt }),
    ...(source !== undefined && { source }),
    kind: textAt(object, 'kind') ?? '',
    name: textAt(object, 'name') ?? '',
  };
}

function combined(group: ObjectEvent, event: ObjectEvent): ObjectEvent {
  const [older, newer] =
    (event.lastAt ?? '') >= (group.lastAt ?? '')
      ? [group, event]
      : [event, group];
  const firstAt = [group.firstAt, event.firstAt]
    .filter(time => time !== undefined)
    .sort()[0];
  return {
    ...older,
    ...newer,
    count: group.count + event.count,
    ...(firstAt !== undefined && { firstAt }),
  };
}

/** Returns a message without the parts in which messages about the same thing differ. */
function similar(message: string): string {
  return message
    .replace(/"[^"]*"/g, '""')
    .replace(/[^\s"(),;:=]+/g, word => (/\d/.test(word) ? '0' : word))
    .toLowerCase();
}
