/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('namespaces', table => {
    table
      .string('system_ref')
      .comment('Entity ref of the system in the catalog that it is part of');
  });
};

/**
 * As in the migration of the settings, so that SQLite does not create the table again.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('alter table ?? drop column ??', ['namespaces', 'system_ref']);
};
