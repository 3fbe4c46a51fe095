/**
 * What lists of namespaces are read by.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('namespaces', table => {
    table.index(['cluster_id', 'created_at', 'name']);
  });
  await knex.schema.alterTable('shares', table => {
    table.index(['group_ref']);
  });
  await knex.schema.alterTable('grants', table => {
    table.index(['group_ref', 'cluster_id', 'namespace']);
    table.dropIndex(['group_ref']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('grants', table => {
    table.index(['group_ref']);
    table.dropIndex(['group_ref', 'cluster_id', 'namespace']);
  });
  await knex.schema.alterTable('shares', table => {
    table.dropIndex(['group_ref']);
  });
  await knex.schema.alterTable('namespaces', table => {
    table.dropIndex(['cluster_id', 'created_at', 'name']);
  });
};
