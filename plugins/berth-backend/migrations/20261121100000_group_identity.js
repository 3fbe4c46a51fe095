/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('kubernetes_groups', table => {
    table
      .string('entity_uid')
      .comment(
        'metadata.uid of the catalog entity that the name was given to; another entity of the same ref inherits nothing',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('kubernetes_groups', table => {
    table.dropColumn('entity_uid');
  });
};
