import { RequestStep } from '@berth/plugin-berth-common';
import { RequestChange, RequestContent, RequestRecord } from './types';

/** A row of the table `requests`. */
export interface RequestRow {
  id: string;
  kind: string;
  cluster_id: string;
  cluster_name: string;
  namespace: string;
  spec: string;
  group_uid: string | null;
  bounds: string | null;
  decider_ref: string | null;
  verdict: string | null;
  approved_for: string | null;
  applied: string | null;
  retries: number;
  requester: string;
  requester_uid: string;
  idempotency_key: string | null;
  state: string;
  open_target: string | null;
  revision: number;
  created_at: string;
  updated_at: string;
}

/** A row of the table `request_steps`. */
export interface StepRow {
  request_id: string;
  number: number;
  state: string;
  at: string;
  by: string;
  reason: string | null;
}

/** The columns of what is asked for. */
export function contentColumns(content: RequestContent) {
  const { spec, clusterId, groupUid, bounds, decider } = content;
  return {
    kind: spec.kind,
    cluster_id: clusterId,
    cluster_name: spec.cluster,
    namespace: spec.namespace,
    spec: JSON.stringify(spec),
    group_uid: groupUid ?? null,
    bounds: bounds ? JSON.stringify(bounds) : null,
    decider_ref: decider ?? null,
  };
}

/** Only of what changes. What is asked for changes as a whole, with `spec`. */
export function changeColumns(change: RequestChange): Partial<RequestRow> {
  const { spec, clusterId, verdict, approvedFor, applied, retries } = change;
  return {
    ...(spec !== undefined &&
      clusterId !== undefined &&
      contentColumns({ ...change, spec, clusterId })),
    ...(verdict !== undefined && { verdict: JSON.stringify(verdict) }),
    ...(approvedFor !== undefined && {
      approved_for: JSON.stringify(approvedFor),
    }),
    ...(retries !== undefined && { retries }),
    ...(applied !== undefined && { applied: JSON.stringify(applied) }),
  };
}

export function toRecord(row: RequestRow, steps: StepRow[]): RequestRecord {
  return {
    id: row.id,
    spec: JSON.parse(row.spec),
    clusterId: row.cluster_id,
    ...(row.group_uid !== null && { groupUid: row.group_uid }),
    ...(row.bounds !== null && { bounds: JSON.parse(row.bounds) }),
    ...(row.decider_ref !== null && { decider: row.decider_ref }),
    ...(row.verdict !== null && { verdict: JSON.parse(row.verdict) }),
    ...(row.approved_for !== null && {
      approvedFor: JSON.parse(row.approved_for),
    }),
    ...(row.applied !== null && { applied: JSON.parse(row.applied) }),
    requester: row.requester,
    ...(row.requester_uid !== '' && { requesterUid: row.requester_uid }),
    retries: row.retries,
    state: row.state as RequestRecord['state'],
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    steps: steps.map(toStep),
  };
}

function toStep({ state, at, by, reason }: StepRow): RequestStep {
  return {
    state: state as RequestStep['state'],
    at,
    by,
    ...(reason !== null && { reason }),
  };
}
