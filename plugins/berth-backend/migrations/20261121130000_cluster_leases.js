/**
 * Times are ISO 8601 text, so that both databases hold and order the same value.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('reconciler_replicas', table => {
    table.comment('The replicas of the backend that share the clusters');
    table.string('id', 26).primary().comment('ULID, new with each start');
    table
      .integer('beat')
      .notNullable()
      .comment('Counted up while it lives; whose stands still is given up');
    table.string('started_at', 24).notNullable();
  });

  await knex.schema.createTable('cluster_leases', table => {
    table.comment('Which replica works on which cluster');
    table
      .string('cluster_id', 26)
      .primary()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table
      .string('holder', 26)
      .references('id')
      .inTable('reconciler_replicas')
      .onDelete('SET NULL')
      .index();
    table
      .integer('token')
      .notNullable()
      .comment('Counted up with each holder; a write with an old one fails');
    table
      .integer('revision')
      .notNullable()
      .comment('Counted up with each change of what the cluster should be');
    table
      .string('next_try_at', 24)
      .comment('The next pass, where something failed or is pending');
  });

  await knex.schema.createTable('deletion_holds', table => {
    table.comment('Deletions that wait, as they look like an accident');
    table
      .string('cluster_id', 26)
      .primary()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.text('objects').notNullable().comment('Keys as JSON');
    table.string('since', 24).notNullable();
    table.string('confirmed_at', 24).comment('An admin said that it is meant');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('deletion_holds');
  await knex.schema.dropTable('cluster_leases');
  await knex.schema.dropTable('reconciler_replicas');
};
