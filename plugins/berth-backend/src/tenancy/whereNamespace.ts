import { Where } from '../database/whereCriteria';
import { NamespaceKey } from '../model/tenancy';

/**
 * The condition for rows of a table to be of one of some namespaces. As a table of values, as PostgreSQL takes
 * longer to plan for a list of pairs than to find what they name.
 */
export function whereNamespace(table: string, keys: NamespaceKey[]): Where {
  return query => {
    if (keys.length === 0) {
      query.whereRaw('1 = 0');
      return;
    }
    query.whereRaw(
      `(??, ??) in (values ${keys.map(() => '(?, ?)').join(', ')})`,
      [
        `${table}.cluster_id`,
        `${table}.namespace`,
        ...keys.flatMap(({ clusterId, name }) => [clusterId, name]),
      ],
    );
  };
}
