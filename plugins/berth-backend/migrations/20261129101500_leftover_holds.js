/**
 * Deletions of objects that are left from before a restore wait apart from other deletions, so that objects
 * that only look like Berth's delay nothing else.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('leftover_holds', table => {
    table.comment('Deletions of leftovers that wait, as there are many');
    table
      .string('cluster_id', 26)
      .primary()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.text('objects').notNullable().comment('As JSON');
    table.string('since', 24).notNullable();
    table.string('confirmed_at', 24).comment('An admin confirmed all of it');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('leftover_holds');
};
