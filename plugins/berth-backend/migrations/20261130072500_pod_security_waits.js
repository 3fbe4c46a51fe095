/**
 * Higher levels of Pod Security that wait, and the cluster whose turn it is to get one.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('pod_security_waits', table => {
    table.comment('Namespaces whose higher level of Pod Security waits');
    table
      .string('cluster_id')
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('namespace', 63).notNullable();
    table
      .string('level', 64)
      .notNullable()
      .comment('The level and the version, such as restricted:latest');
    table
      .text('warnings')
      .notNullable()
      .comment('string[], JSON: what the API server says of the pods');
    table.string('since').notNullable();
    table.string('confirmed_by').comment('Entity ref of the admin');
    table.string('confirmed_at');
    table.primary(['cluster_id', 'namespace']);
  });
  await knex.schema.createTable('pod_security_turns', table => {
    table.comment('The one cluster that gets higher levels now');
    table.string('name').primary().comment('One row, with the name turn');
    table
      .string('cluster_id')
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('seen_at').notNullable();
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pod_security_turns');
  await knex.schema.dropTable('pod_security_waits');
};
