import { Knex } from 'knex';
import { DeciderScope, Requester, RequestFilter } from './types';

type Where = (query: Knex.QueryBuilder) => void;

/** The condition, on the table `requests`, for a request to match a filter. */
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
        // By name: a user who was created again may be the same person.
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

/** What was made before the uid of its requester was kept matches any user of that name. */
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
