/**
 * Times are ISO 8601 text, so that both databases hold and order the same value.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('check_runs', table => {
    table.comment('The last runs of the checks of each cluster');
    table.string('id', 26).primary().comment('ULID');
    table
      .string('cluster_id', 26)
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('reason').notNullable().comment('CheckTrigger');
    table.string('started_at', 24).notNullable();
    table.string('finished_at', 24).notNullable();
    table.text('checks').notNullable().comment('ClusterCheck[] as JSON');
    table.index(['cluster_id', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('check_runs');
};
