import {
  HelmOperationLine,
  HelmOperationState,
} from '@berth/plugin-berth-common';
import { storedName } from '../../text/storedText';
import { NewOperation, OperationRecord } from './types';

/** A row of `helm_operations`. */
export interface OperationRow {
  id: string;
  kind: OperationRecord['kind'];
  cluster_id: string;
  cluster_name: string;
  namespace: string;
  release: string;
  base_revision: number;
  target_revision: number | null;
  revision: number | null;
  chart_repository: string | null;
  chart_name: string | null;
  chart_version: string | null;
  options: string;
  digest: string;
  request_hash: string;
  sealed: string | null;
  person: string;
  person_uid: string;
  policy: string;
  state: HelmOperationState;
  message: string | null;
  advice: string | null;
  cancelled_by: string | null;
  replica: string | null;
  fence: number;
  beat: number;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

/** All columns but the large one. */
export const COLUMNS = [
  'id',
  'kind',
  'cluster_id',
  'cluster_name',
  'namespace',
  'release',
  'base_revision',
  'target_revision',
  'revision',
  'chart_repository',
  'chart_name',
  'chart_version',
  'options',
  'digest',
  'request_hash',
  'person',
  'person_uid',
  'policy',
  'state',
  'message',
  'advice',
  'cancelled_by',
  'replica',
  'fence',
  'beat',
  'created_at',
  'started_at',
  'ended_at',
] as const;

export type ReadRow = Pick<OperationRow, (typeof COLUMNS)[number]>;

/** A row of `helm_operation_lines`. */
export interface LineRow {
  operation_id: string;
  seq: number;
  at: string;
  level: HelmOperationLine['level'];
  text: string;
}

/** Returns the columns of a queued operation, without what it runs. */
export function newRow(operation: NewOperation) {
  const { chart } = operation;
  return {
    id: operation.id,
    kind: operation.kind,
    cluster_id: operation.clusterId,
    cluster_name: operation.cluster,
    namespace: operation.namespace,
    release: operation.release,
    base_revision: operation.baseRevision,
    target_revision: operation.targetRevision ?? null,
    chart_repository: chart?.repository ?? null,
    // Anyone who may create Secrets in the namespace can write a release with any name of a chart.
    chart_name: chart ? storedName(chart.name) : null,
    chart_version: chart ? storedName(chart.version) : null,
    options: JSON.stringify(operation.options),
    digest: operation.digest,
    request_hash: operation.requestHash,
    person: operation.person,
    person_uid: operation.personUid,
    policy: operation.policy,
    state: 'Queued',
    created_at: new Date().toISOString(),
  } as const;
}

export function toRecord(row: ReadRow): OperationRecord {
  return {
    id: row.id,
    kind: row.kind,
    clusterId: row.cluster_id,
    cluster: row.cluster_name,
    namespace: row.namespace,
    release: row.release,
    baseRevision: row.base_revision,
    ...optional({
      targetRevision: row.target_revision,
      revision: row.revision,
      message: row.message,
      advice: row.advice,
      cancelledBy: row.cancelled_by,
      replica: row.replica,
      startedAt: row.started_at,
      endedAt: row.ended_at,
    }),
    ...(row.chart_name !== null && {
      chart: {
        ...optional({ repository: row.chart_repository }),
        ...{ name: row.chart_name, version: row.chart_version ?? '' },
      },
    }),
    options: JSON.parse(row.options),
    digest: row.digest,
    requestHash: row.request_hash,
    person: row.person,
    personUid: row.person_uid,
    policy: row.policy,
    state: row.state,
    fence: row.fence,
    beat: row.beat,
    createdAt: row.created_at,
  };
}

/** Leaves out what is null. */
function optional<Fields extends Record<string, string | number | null>>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null),
  ) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}
