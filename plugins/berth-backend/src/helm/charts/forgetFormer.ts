import { Knex } from 'knex';
import { RepositoryRow } from './chartRows';
import { onlyColumn, shownBy } from './shownCharts';
import { ListedRepository } from './types';

const NAMES_IN_STATEMENT = 500;

/** The columns of a repository that the portal has not asked yet. */
const NOTHING_READ = {
  fingerprint: null,
  etag: null,
  last_modified: null,
  charts: 0,
  versions: 0,
  refreshed_at: null,
  problem: null,
  problem_at: null,
};

/**
 * Forgets what the portal read of a repository under its former settings: everything if its address is another one, and
 * else the charts that it no longer shows. Locks the row of the repository, if there is one.
 */
export async function forgetFormer(
  trx: Knex,
  { name, url, charts }: ListedRepository,
): Promise<void> {
  const row = await trx<RepositoryRow>('helm_repositories')
    .where({ name })
    .forUpdate()
    .first('url', 'only');
  if (!row) {
    return;
  }
  const update = (columns: Partial<RepositoryRow>) =>
    trx<RepositoryRow>('helm_repositories').where({ name }).update(columns);
  const of = { repository: name };
  if (row.url !== url) {
    await trx('helm_chart_versions').where(of).delete();
    await trx('helm_charts').where(of).delete();
    await update(NOTHING_READ);
    return;
  }
  if (row.only === onlyColumn(charts)) {
    return;
  }
  const isShown = shownBy(charts);
  const known = await trx('helm_charts').where(of).pluck('name');
  const hidden = known.filter(chart => !isShown(chart));
  for (let at = 0; at < hidden.length; at += NAMES_IN_STATEMENT) {
    const names = hidden.slice(at, at + NAMES_IN_STATEMENT);
    await trx('helm_chart_versions').where(of).whereIn('chart', names).delete();
    await trx('helm_charts').where(of).whereIn('name', names).delete();
  }
  if (hidden.length > 0) {
    const count = async (table: string) => {
      const [counted] = await trx(table).where(of).count({ count: '*' });
      return Number(counted.count);
    };
    await update({
      charts: await count('helm_charts'),
      versions: await count('helm_chart_versions'),
      // The next refresh reads the whole index, even if the settings are the former ones again.
      fingerprint: null,
    });
  }
}
