/**
 * The state of the policy pack on clusters.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('pack_states', table => {
    table.comment(
      'The last state of the policy pack on a cluster; no row while it cannot be read',
    );
    table
      .string('cluster_id')
      .primary()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table
      .text('states')
      .notNullable()
      .comment('current, changed or missing by the name of an object, JSON');
    table.string('since').notNullable();
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pack_states');
};
