const COLUMNS = ['kube_system_uid', 'config_missing_since'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('clusters', table => {
    table
      .string('kube_system_uid')
      .comment('UID of the namespace kube-system, seen once and never changed');
    table
      .string('config_missing_since', 24)
      .comment(
        'Since when berth.clusters no longer has a cluster that it owns',
      );
  });
};

/**
 * As in the migration of the settings, so that SQLite does not create the table again.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const column of COLUMNS) {
    await knex.raw('alter table ?? drop column ??', ['clusters', column]);
  }
};
