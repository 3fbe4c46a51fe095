import {
  Chart,
  ChartRepository,
  ChartVersion,
  ChartView,
} from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { countPage, readPage } from '../../database/readPage';
import { CountedPositionedPage, PageRequest } from '../../model/paging';
import { storedText } from '../../text/storedText';
import {
  ChartRow,
  chartRowOf,
  RepositoryRow,
  toChart,
  toChartView,
  toRepository,
  toVersion,
  VersionRow,
  versionRowsOf,
} from './chartRows';
import { onlyColumn, shownBy } from './shownCharts';
import {
  ChartFilter,
  ChartStore,
  ListedRepository,
  NewIndex,
  RepositoryAddress,
  RepositoryState,
} from './types';

/** SQLite accepts a limited number of values in a statement. */
const ROWS_IN_STATEMENT = 100;

/** Charts in the tables `helm_repositories`, `helm_charts` and `helm_chart_versions`. */
export class DatabaseChartStore implements ChartStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseChartStore {
    return new DatabaseChartStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async repositories(): Promise<ChartRepository[]> {
    const rows = await this.#repositories().orderBy('name');
    return rows.map(toRepository);
  }

  async repository(name: string): Promise<ChartRepository | undefined> {
    const row = await this.#repositories().where({ name }).first();
    return row && toRepository(row);
  }

  async stateOf(repository: string): Promise<RepositoryState> {
    const row = await this.#repositories().where({ name: repository }).first();
    return {
      fingerprint: row?.fingerprint ?? undefined,
      etag: row?.etag ?? undefined,
      lastModified: row?.last_modified ?? undefined,
    };
  }

  async replace(
    { name, url, charts: patterns }: ListedRepository,
    index: NewIndex,
  ): Promise<void> {
    const repository = name;
    const charts: object[] = [];
    const versions: object[] = [];
    // The index is read before the transaction, which would keep others from the database for as long.
    for await (const part of index.charts) {
      for (const chart of part) {
        charts.push(chartRowOf(repository, chart));
        for (const row of versionRowsOf(repository, chart)) {
          versions.push(row);
        }
      }
    }
    await this.#knex.transaction(async trx => {
      // Only one replica at a time replaces the charts of a repository.
      const row = await trx('helm_repositories')
        .where({ name, url, only: onlyColumn(patterns) })
        .forUpdate()
        .first();
      if (!row) {
        return;
      }
      await trx('helm_chart_versions').where({ repository }).delete();
      await trx('helm_charts').where({ repository }).delete();
      await insertAll(trx, 'helm_charts', charts);
      await insertAll(trx, 'helm_chart_versions', versions);
      await trx('helm_repositories')
        .where({ name })
        .update({
          fingerprint: index.fingerprint ?? null,
          etag: index.etag ?? null,
          last_modified: index.lastModified ?? null,
          charts: charts.length,
          versions: versions.length,
          ...readAt(index.at, index.problem),
        });
    });
  }

  async recordUnchanged(
    { name, url }: RepositoryAddress,
    at: string,
    problem?: string,
  ) {
    await this.#repositories().where({ name, url }).update(readAt(at, problem));
  }

  async recordProblem(
    { name, url }: RepositoryAddress,
    at: string,
    message: string,
  ): Promise<void> {
    await this.#repositories()
      .where({ name, url })
      .update({ problem: storedText(message), problem_at: at });
  }

  async list(
    filter: ChartFilter,
    request: PageRequest,
  ): Promise<CountedPositionedPage<Chart>> {
    const matching = () =>
      this.#knex<ChartRow>('helm_charts').modify(matches(filter));
    const page = await countPage(
      await readPage<ChartRow>(
        {
          keys: [
            { sql: 'name', of: ({ name }) => name },
            { sql: 'repository', of: ({ repository }) => repository },
          ],
          read: inPage => matching().modify(inPage),
        },
        request,
      ),
      () => countOf(matching()),
    );
    return { ...page, items: page.items.map(toChart) };
  }

  async chart(
    repository: string,
    name: string,
  ): Promise<ChartView | undefined> {
    const row = await this.#knex<ChartRow>('helm_charts')
      .where({ repository, name })
      .first();
    if (!row || !(await this.#shows(repository, name))) {
      return undefined;
    }
    const of = await this.repository(repository);
    return toChartView(row, of?.refreshedAt);
  }

  async versions(
    repository: string,
    chart: string,
    request: PageRequest,
  ): Promise<CountedPositionedPage<ChartVersion>> {
    const isVisible = await this.#shows(repository, chart);
    const matching = () =>
      this.#knex<VersionRow>('helm_chart_versions')
        .where({ repository, chart })
        .modify(query => {
          if (!isVisible) {
            query.whereRaw('1 = 0');
          }
        });
    const page = await countPage(
      await readPage<VersionRow>(
        {
          keys: [{ sql: 'place', of: ({ place }) => place }],
          read: inPage => matching().modify(inPage),
        },
        request,
      ),
      () => countOf(matching()),
    );
    return { ...page, items: page.items.map(toVersion) };
  }

  async version(repository: string, chart: string, version: string) {
    const row = await this.#knex<VersionRow>('helm_chart_versions')
      .where({ repository, chart, version })
      .first();
    return row && (await this.#shows(repository, chart))
      ? { url: row.url, ...(row.digest && { digest: row.digest }) }
      : undefined;
  }

  async #shows(repository: string, chart: string): Promise<boolean> {
    const of = await this.repository(repository);
    return of !== undefined && shownBy(of.only)(chart);
  }

  #repositories() {
    return this.#knex<RepositoryRow>('helm_repositories');
  }
}

function readAt(at: string, problem?: string) {
  return {
    refreshed_at: at,
    problem: problem === undefined ? null : storedText(problem),
    problem_at: problem === undefined ? null : at,
  };
}

/** Every word of a search must be in the text of a chart. */
function matches({ search = '', repository, name }: ChartFilter) {
  const words = storedText(search).toLowerCase().split(/\s+/).filter(Boolean);
  return (query: Knex.QueryBuilder) => {
    for (const word of words) {
      query.whereRaw(`search like ? escape '!'`, [
        `%${word.replaceAll(/[!%_]/g, '!$&')}%`,
      ]);
    }
    if (repository) {
      query.whereIn('repository', repository);
    }
    if (name) {
      query.whereIn('name', name);
    }
  };
}

async function countOf(query: Knex.QueryBuilder): Promise<number> {
  const [{ count }] = await query.count({ count: '*' });
  return Number(count);
}

async function insertAll(
  knex: Knex,
  table: string,
  rows: object[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_IN_STATEMENT) {
    await knex(table).insert(rows.slice(start, start + ROWS_IN_STATEMENT));
  }
}
