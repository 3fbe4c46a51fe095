import {
  RequestKind,
  RequestState,
  RequestStep,
} from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import {
  DeciderScope,
  RequestChange,
  RequestContent,
  Requester,
  RequestRecord,
} from './model';

/** A filter for the list of requests. All parts must match. */
export interface RequestFilter {
  /** Requests that the person made. */
  requester?: Requester;
  /** Requests of other people that wait for the person's decision. */
  inboxOf?: { person: Requester; scope: DeciderScope };
  /** Requests that the person made, and non-draft requests that the person may decide. */
  visibleTo?: { person: Requester; scope: DeciderScope };
  states?: RequestState[];
  kind?: RequestKind;
  cluster?: string;
  namespace?: string;
}

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

/** Returns the columns of a request's content. */
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

/** Returns the columns that change. The content changes as a whole, with `spec`. */
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

type Where = (query: Knex.QueryBuilder) => void;

/** The condition that a row of the table `requests` matches a filter. */
export function matchesRequest(filter: RequestFilter): Where {
  const { requester, inboxOf, visibleTo, states } = filter;
  const { kind, cluster, namespace } = filter;
  return query => {
    if (requester !== undefined) {
      query.where(isMadeBy(requester));
    }
    if (inboxOf) {
      query
        .where('state', 'Submitted')
        // Compares names: a user who was created again may be the same person.
        .whereNot('requester', inboxOf.person.userRef)
        .where(isDecidedWithin(inboxOf.scope));
    }
    if (visibleTo) {
      query.where(either =>
        either
          .where(isMadeBy(visibleTo.person))
          .orWhere(others =>
            others
              .whereNot('state', 'Draft')
              .where(isDecidedWithin(visibleTo.scope)),
          ),
      );
    }
    if (states) {
      query.whereIn('state', states);
    }
    if (kind !== undefined) {
      query.where({ kind });
    }
    if (cluster !== undefined) {
      query.where('cluster_name', cluster);
    }
    if (namespace !== undefined) {
      query.where({ namespace });
    }
  };
}

/** Requests from before the uid of the requester was stored match any user of that name. */
export function isMadeBy({ userRef, uid }: Requester): Where {
  return query => {
    query.where('requester', userRef).whereIn('requester_uid', ['', uid ?? '']);
  };
}

function isDecidedWithin({ all, groups, ownerless }: DeciderScope): Where {
  return query => {
    if (!all) {
      query.whereIn('decider_ref', groups);
      if (ownerless) {
        query.orWhereNull('decider_ref');
      }
    }
  };
}
