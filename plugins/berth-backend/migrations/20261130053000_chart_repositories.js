/**
 * Chart repositories that platform admins add in the portal, in addition to those of the configuration.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('helm_repositories', table => {
    table
      .string('source', 16)
      .notNullable()
      .defaultTo('Configuration')
      .comment('Configuration or Portal');
    table.text('ca_pem').comment('The CA of the repository; null: public CAs');
    table
      .text('keyring')
      .comment('Public keys in base64; null: signatures are not checked');
    table.text('only').comment('string[], JSON; the charts to show, or all');
    table
      .boolean('has_credential')
      .notNullable()
      .defaultTo(false)
      .comment('Of a repository of the configuration, too');
    table
      .text('credential')
      .comment('JWE with the name and the origin; null in the configuration');
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex('helm_repositories').where({ source: 'Portal' }).delete();
  await knex.schema.alterTable('helm_repositories', table => {
    table.dropColumns(
      'source',
      'ca_pem',
      'keyring',
      'only',
      'has_credential',
      'credential',
    );
  });
};
