import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';

/** Narrows a query. */
export type Where = (query: Knex.QueryBuilder) => void;

/** Builds the condition of a permission policy from the condition of each of its rules. */
export function whereCriteria<Condition>(
  criteria: PermissionCriteria<Condition>,
  where: (condition: Condition) => Where,
): Where {
  return query => {
    if (isAndCriteria(criteria)) {
      criteria.allOf.forEach(part => query.where(whereCriteria(part, where)));
    } else if (isOrCriteria(criteria)) {
      criteria.anyOf.forEach(part => query.orWhere(whereCriteria(part, where)));
    } else if (isNotCriteria(criteria)) {
      query.whereNot(whereCriteria(criteria.not, where));
    } else {
      query.where(where(criteria));
    }
  };
}
