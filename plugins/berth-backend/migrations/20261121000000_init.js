/**
 * Times are ISO 8601 text, so that both databases hold and order the same value.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('signing_keys', table => {
    table.comment('The key ring of the OIDC issuer');
    table.string('kid').primary().comment('RFC 7638 thumbprint');
    table
      .integer('generation')
      .notNullable()
      .unique()
      .comment('Replicas that make a key at the same time race for it');
    table.string('algorithm').notNullable();
    table.text('public_jwk').notNullable();
    table
      .text('private_jwk_encrypted')
      .comment('JWE (dir, A256GCM), never in clear; empty once revoked');
    table.string('created_at', 24).notNullable();
    table
      .string('activates_at', 24)
      .comment('When it begins to sign; empty for the standby key');
    table.string('revoked_at', 24);
  });

  await knex.schema.createTable('clusters', table => {
    table.comment('The registered Kubernetes API servers');
    table.string('id', 26).primary().comment('ULID, the token audience');
    table.string('name', 63).notNullable().unique();
    table.string('title', 200);
    table.text('api_server').notNullable();
    table.text('ca_pem').notNullable();
    table.string('connection').notNullable();
    table.string('username_prefix').notNullable();
    table.string('groups_prefix').notNullable();
    table.text('status').notNullable().comment('ClusterStatus as JSON');
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
  });

  await knex.schema.createTable('kubernetes_groups', table => {
    table.comment('The one Kubernetes group name of each catalog group');
    table.string('group_ref').primary();
    table.string('name', 63).notNullable().unique();
    table.string('created_at', 24).notNullable();
  });

  await knex.schema.createTable('shares', table => {
    table.comment('Which group a cluster is shared with, and how far we are');
    table
      .string('cluster_id', 26)
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table
      .string('group_ref')
      .notNullable()
      .references('group_ref')
      .inTable('kubernetes_groups');
    table.string('state').notNullable();
    table.string('cause');
    table.text('message');
    table.string('since', 24).notNullable();
    table.string('created_at', 24).notNullable();
    table.primary(['cluster_id', 'group_ref']);
  });

  await knex.schema.createTable('inventory', table => {
    table.comment('What Berth made on clusters: the only list pruning reads');
    table
      .string('cluster_id', 26)
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('kind').notNullable();
    table.string('namespace', 63).notNullable().comment('"" if unscoped');
    table.string('name').notNullable();
    table
      .string('uid')
      .comment('Empty between the intent to create and its result');
    table.string('created_at', 24).notNullable();
    table.primary(['cluster_id', 'kind', 'namespace', 'name']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('inventory');
  await knex.schema.dropTable('shares');
  await knex.schema.dropTable('kubernetes_groups');
  await knex.schema.dropTable('clusters');
  await knex.schema.dropTable('signing_keys');
};
