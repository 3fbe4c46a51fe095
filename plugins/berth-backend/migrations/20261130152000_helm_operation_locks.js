/**
 * The row that replicas lock while operations on Helm releases are counted.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('helm_operation_locks', table => {
    table.comment('Rows that are locked while operations are counted');
    table.string('name').primary();
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('helm_operation_locks');
};
