/**
 * The registrations that were deleted, so that a cluster that is registered again can take over what its former
 * registration made.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('former_clusters', table => {
    table.comment('Deleted registrations of clusters');
    table.string('id', 26).primary();
    table.string('name').notNullable();
    table.string('kube_system_uid').notNullable().index();
    table.string('deleted_at', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('former_clusters');
};
