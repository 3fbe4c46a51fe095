/**
 * The personal namespaces: which person has which role in which namespace.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('personal_namespaces', table => {
    table.comment('The namespaces of people, at most one per cluster');
    table.string('cluster_id', 26).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('user_ref').notNullable().comment('Entity ref');
    table
      .string('user_uid')
      .notNullable()
      .comment(
        'metadata.uid of the catalog entity; another entity of the same ref inherits nothing',
      );
    table.string('role').notNullable();
    table
      .boolean('made')
      .notNullable()
      .defaultTo(false)
      .comment('It was seen on the cluster; it is not created again unasked');
    table
      .string('absent_since')
      .comment('Since when the catalog lacks the user, who has no role then');
    table.string('created_at').notNullable();
    table.primary(['cluster_id', 'namespace']);
    table.unique(['cluster_id', 'user_ref', 'user_uid']);
    table.index(['user_ref']);
    table
      .foreign(['cluster_id', 'namespace'])
      .references(['cluster_id', 'name'])
      .inTable('namespaces')
      .onDelete('CASCADE');
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('personal_namespaces');
};
