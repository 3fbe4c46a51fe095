import { Knex } from 'knex';
import { countPage, readPage, SortKey } from '../../database/readPage';
import { PageRequest } from '../../model/paging';
import { NamespaceFilter } from '../../model/tenancy';
import { NamespaceRow } from '../namespaceRow';
import { CachedCounts } from './CachedCounts';
import { matchingNamespaces, needsKeysOnly } from './matchingNamespaces';

interface ListedRow extends NamespaceRow {
  /** Only if the order is by cluster. */
  cluster_name?: string;
}

const NAME = { sql: 'namespaces.name', of: (row: ListedRow) => row.name };
const CLUSTER_ID = {
  sql: 'namespaces.cluster_id',
  of: (row: ListedRow) => row.cluster_id,
};

const SORT_KEYS: Record<
  NonNullable<NamespaceFilter['orderBy']>,
  SortKey<ListedRow>[]
> = {
  name: [],
  cluster: [
    { sql: 'clusters.name', of: row => row.cluster_name!, isApart: true },
  ],
  owner: [
    {
      sql: "coalesce(namespaces.owner_ref, '')",
      of: row => row.owner_ref ?? '',
      isApart: true,
    },
  ],
  phase: [{ sql: 'namespaces.phase', of: row => row.phase }],
  createdAt: [{ sql: 'namespaces.created_at', of: row => row.created_at }],
};

/** Reads the table `namespaces` page by page. */
export class NamespacePages {
  readonly #knex: Knex;
  readonly #counts = new CachedCounts();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(filter: NamespaceFilter, request: PageRequest) {
    const { order, orderBy = 'name' } = filter;
    // All columns have one direction, so that one index serves the order.
    const page = await readPage<ListedRow>(
      {
        keys: [...SORT_KEYS[orderBy], NAME, CLUSTER_ID],
        order,
        read: (inPage, inOrder) => {
          const rows = this.#matching(filter).modify(inPage);
          if (needsKeysOnly(filter)) {
            return this.#rowsOf(rows).modify(inOrder);
          }
          if (orderBy === 'cluster') {
            rows
              .join('clusters', 'clusters.id', 'namespaces.cluster_id')
              .select('clusters.name as cluster_name');
          }
          return rows.select('namespaces.*');
        },
      },
      request,
    );
    return countPage(page, () =>
      this.#counts.count(filter, this.#matching(filter)),
    );
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
