/**
 * The chart repository of an operation on a Helm release.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('helm_operations', table => {
    table
      .string('chart_repository', 63)
      .comment('Absent if the release keeps the chart that Helm stored');
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('helm_operations', table => {
    table.dropColumn('chart_repository');
  });
};
