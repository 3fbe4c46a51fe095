import { Knex } from 'knex';
import { NamespaceRow } from '../namespaceRow';
import { NamespaceFilter } from '../../model/tenancy';
import { CachedCounts } from './CachedCounts';
import { matchingNamespaces, needsKeysOnly } from './matchingNamespaces';

const DEFAULT_LIMIT = 50;

const COLUMNS = {
  name: 'namespaces.name',
  cluster: 'clusters.name',
  owner: 'namespaces.owner_ref',
  phase: 'namespaces.phase',
  createdAt: 'namespaces.created_at',
};

/** Reads the table `namespaces` page by page. */
export class NamespacePages {
  readonly #knex: Knex;
  readonly #counts = new CachedCounts();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(
    filter: NamespaceFilter,
  ): Promise<{ rows: NamespaceRow[]; totalItems: number }> {
    const { limit = DEFAULT_LIMIT, offset = 0 } = filter;
    const order = orderOf(filter);
    const page = this.#matching(filter)
      .orderBy(order)
      .limit(limit)
      .offset(offset);
    if (filter.orderBy === 'cluster') {
      page.join('clusters', 'clusters.id', 'namespaces.cluster_id');
    }
    const rows: NamespaceRow[] = needsKeysOnly(filter)
      ? await this.#rowsOf(page).orderBy(order)
      : await page.select('namespaces.*');
    const isLast = rows.length < limit && (rows.length > 0 || offset === 0);
    return {
      rows,
      totalItems: isLast
        ? offset + rows.length
        : await this.#counts.count(filter, this.#matching(filter)),
    };
  }

  #matching(filter: NamespaceFilter) {
    return matchingNamespaces(this.#knex, filter);
  }

  #rowsOf(page: Knex.QueryBuilder) {
    const keys = page.select('namespaces.cluster_id', 'namespaces.name');
    return this.#knex('namespaces')
      .join(keys.as('page'), join =>
        join
          .on('page.cluster_id', 'namespaces.cluster_id')
          .andOn('page.name', 'namespaces.name'),
      )
      .select('namespaces.*');
  }
}

/** Sorts all columns in one direction, so that one index serves the order. */
function orderOf({ order = 'asc', orderBy = 'name' }: NamespaceFilter) {
  const columns = new Set([
    COLUMNS[orderBy],
    'namespaces.name',
    'namespaces.cluster_id',
  ]);
  return [...columns].map(column => ({ column, order }));
}
