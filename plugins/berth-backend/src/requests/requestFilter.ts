import { Knex } from 'knex';
import { DeciderScope, RequestFilter } from './types';

type Where = (query: Knex.QueryBuilder) => void;

/** The condition, on the table `requests`, for a request to match a filter. */
export function matchesRequest(filter: RequestFilter): Where {
  const { requester, inboxOf, visibleTo, states } = filter;
  const { kind, cluster, namespace } = filter;
  return query => {
    if (requester !== undefined) {
      query.where('requester', requester);
    }
    if (inboxOf) {
      query
        .where('state', 'Submitted')
        .whereNot('requester', inboxOf.userRef)
        .where(isDecidedWithin(inboxOf.scope));
    }
    if (visibleTo) {
      query.where(either =>
        either
          .where('requester', visibleTo.userRef)
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
