/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_credentials', table => {
    table.comment('What connection strategies keep; at most one per cluster');
    table
      .string('cluster_id', 26)
      .primary()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('strategy').notNullable();
    table
      .text('encrypted')
      .notNullable()
      .comment('JWE (dir, A256GCM), never in clear');
    table.string('issued_at', 24);
    table.string('expires_at', 24);
    table.string('renew_at', 24).comment('Empty where it never expires');
    table.string('failing_since', 24).comment('Since when its renewal fails');
    table.text('message').comment('Why its renewal fails');
    table.string('updated_at', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_credentials');
};
