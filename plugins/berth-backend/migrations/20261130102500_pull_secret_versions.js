/**
 * What Berth last wrote to the Secrets with credentials for image registries, which it may not read.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('pull_secret_versions', table => {
    table.comment('The versions of the pull secrets in namespaces');
    table
      .string('cluster_id')
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('namespace', 63).notNullable();
    table.string('name').notNullable().comment('The name of the Secret');
    table
      .string('namespace_uid')
      .notNullable()
      .comment('A namespace that is made again has no Secret');
    table
      .string('version', 64)
      .notNullable()
      .comment('A keyed hash of the content');
    table.string('written_at').notNullable();
    table.primary(['cluster_id', 'namespace', 'name']);
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pull_secret_versions');
};
