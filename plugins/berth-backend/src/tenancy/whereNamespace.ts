import { Where } from '../database/whereCriteria';
import { NamespaceKey } from '../model/tenancy';

/**
 * The condition that a row belongs to one of the given namespaces. It uses a table of values, because PostgreSQL
 * needs longer to plan a list of pairs than to execute it.
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
