/**
 * The charts of chart repositories, as the repositories list them. The rows of a repository are replaced as a whole
 * when its index changes, and nothing else refers to them.
 */

/** @typedef {import('knex').Knex} Knex */
/** @typedef {import('knex').Knex.CreateTableBuilder} Table */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('helm_repositories', table => {
    table.comment('What the portal knows of each chart repository');
    table.string('name', 63).primary();
    table.text('url').notNullable();
    table
      .string('fingerprint', 64)
      .comment('SHA-256 of the settings that the charts depend on');
    table.text('etag').comment('Of the index, for conditional requests');
    table.text('last_modified').comment('As etag');
    table.integer('charts').notNullable().defaultTo(0);
    table.integer('versions').notNullable().defaultTo(0);
    time(table, 'refreshed_at').comment('The last success');
    table.text('problem').comment('Why the last attempt failed, for people');
    time(table, 'problem_at');
  });
  await knex.schema.createTable('helm_charts', table => {
    table.comment('The charts of the repositories');
    ofRepository(table);
    table.string('name', 250).notNullable();
    table.string('version', 128).notNullable().comment('The latest');
    table.string('app_version', 128);
    table.string('kube_version', 256);
    table.text('description');
    table.text('home');
    table.text('sources').notNullable().comment('string[], JSON');
    table.text('keywords').notNullable().comment('string[], JSON');
    table.boolean('deprecated').notNullable();
    time(table, 'created_at');
    table.integer('versions').notNullable();
    table
      .text('search')
      .notNullable()
      .comment('Name, description and keywords in lowercase');
    table.primary(['name', 'repository']);
    table.index(['repository']);
  });
  await knex.schema.createTable('helm_chart_versions', table => {
    table.comment('The versions of the charts');
    ofRepository(table);
    table.string('chart', 250).notNullable();
    table
      .string('place', 6)
      .notNullable()
      .comment('The place in the order of versions, the latest first');
    table.string('version', 128).notNullable();
    table.string('app_version', 128);
    table.string('kube_version', 256);
    time(table, 'created_at');
    table.string('digest', 64).comment('SHA-256 of the archive');
    table.text('url').notNullable().comment('As the index has it');
    table.boolean('deprecated').notNullable();
    table.boolean('prerelease').notNullable();
    table.primary(['repository', 'chart', 'place']);
    table.index(['repository', 'chart', 'version']);
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('helm_chart_versions');
  await knex.schema.dropTable('helm_charts');
  await knex.schema.dropTable('helm_repositories');
};

/** @param {Table} table @param {string} name */
function time(table, name) {
  return table.string(name, 24);
}

/** @param {Table} table */
function ofRepository(table) {
  table
    .string('repository', 63)
    .notNullable()
    .references('helm_repositories.name')
    .onDelete('CASCADE');
}
