import { JsonObject, JsonValue } from '@backstage/types';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';
import { redact } from '../kube';
import { Activity, ActivityEnd } from './types';

const MAX_ID = 26;
const MAX_NAME = 100;
const MAX_ACTOR = 255;
const MAX_EVENT = 63;
const MAX_JTI = 64;
const MAX_META_BYTES = 4_096;
/** Useful values are never deeper. */
const MAX_DEPTH = 6;

/** `redact` does not cover it, because only people type it. */
const BASE64_OF_PEM = /LS0tLS1[\w+/=]*/g;

export interface ActivityRow {
  id: string;
  at: string;
  actor: string;
  actor_uid: string | null;
  event: string;
  outcome: string;
  error: string | null;
  cluster_id: string | null;
  cluster_name: string | null;
  namespace: string | null;
  jti: string | null;
  meta: string | null;
}

/** Returns the defined fields of an activity as columns, redacted and cut to size. */
export function columnsOf(
  activity: Partial<Activity> & Partial<ActivityEnd>,
): Partial<ActivityRow> {
  const { actor, actorUid, event, outcome, error, clusterId } = activity;
  const { cluster, namespace, jti, meta } = activity;
  return {
    ...(actor !== undefined && { actor: clean(actor, MAX_ACTOR) }),
    ...(actorUid !== undefined && { actor_uid: clean(actorUid, MAX_ACTOR) }),
    ...(event !== undefined && { event: clean(event, MAX_EVENT) }),
    ...(outcome !== undefined && { outcome }),
    ...(error !== undefined && { error: clean(error) }),
    ...(clusterId !== undefined && { cluster_id: clean(clusterId, MAX_ID) }),
    ...(cluster !== undefined && { cluster_name: clean(cluster, MAX_NAME) }),
    ...(namespace !== undefined && { namespace: clean(namespace, MAX_NAME) }),
    ...(jti !== undefined && { jti: clean(jti, MAX_JTI) }),
    ...(meta !== undefined && { meta: JSON.stringify(cleanMeta(meta)) }),
  };
}

/** Removes tokens, PEM and control characters. */
function clean(text: string, length?: number): string {
  return redact(text.replace(BASE64_OF_PEM, '[PEM]')).slice(0, length);
}

/** Keeps the values that fit, in their order, and names the others. */
export function cleanMeta(meta: JsonObject): JsonObject {
  const kept: JsonObject = {};
  const omitted: string[] = [];
  let left = MAX_META_BYTES;
  for (const [name, value] of Object.entries(meta)) {
    if (value === undefined) {
      continue;
    }
    const key = clean(name, MAX_NAME);
    const cleaned = cleanValue(value, MAX_DEPTH);
    const size = Buffer.byteLength(JSON.stringify({ [key]: cleaned }));
    if (size <= left) {
      left -= size;
      kept[key] = cleaned;
    } else if (omitted.length < 10) {
      omitted.push(key);
    }
  }
  return omitted.length > 0 ? { ...kept, omitted } : kept;
}

function cleanValue(value: JsonValue, depth: number): JsonValue {
  if (typeof value === 'string') {
    return clean(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth === 0) {
    return '[…]';
  }
  if (Array.isArray(value)) {
    return value.map(item => cleanValue(item, depth - 1));
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) =>
      item === undefined
        ? []
        : [[clean(name, MAX_NAME), cleanValue(item, depth - 1)]],
    ),
  );
}

export function toEntry(row: ActivityRow, groups: string[]): ActivityEntry {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    event: row.event,
    outcome: row.outcome as ActivityOutcome,
    ...(row.error !== null && { error: row.error }),
    ...(row.cluster_id !== null && { clusterId: row.cluster_id }),
    ...(row.cluster_name !== null && { cluster: row.cluster_name }),
    ...(row.namespace !== null && { namespace: row.namespace }),
    groups,
    ...(row.jti !== null && { jti: row.jti }),
    ...(row.meta !== null && { meta: JSON.parse(row.meta) }),
  };
}
