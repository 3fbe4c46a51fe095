/**
 * Entries outlive what they tell of, so nothing here refers to another table.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('activity', table => {
    table.comment('Who did what, where and when; ordered by id');
    table.string('id', 26).primary().comment('ULID, so that it tells the time');
    table.string('at', 24).notNullable();
    table.string('actor').notNullable().comment('Entity ref, or system:<part>');
    table.string('event', 63).notNullable();
    table.string('outcome', 9).notNullable();
    table.text('error').comment('Redacted, only of a failure');
    table.string('cluster_id', 26);
    table.string('cluster_name', 100);
    table.string('namespace', 100);
    table.string('jti', 64);
    table.text('meta').comment('Small JSON, redacted');
    table.index(['cluster_id', 'id']);
    table.index(['cluster_name', 'id']);
    table.index(['actor', 'id']);
    table.index(['event', 'id']);
    table.index(['jti']);
  });

  await knex.schema.createTable('activity_groups', table => {
    table.comment('The groups whose access an entry touched');
    table
      .string('entry_id', 26)
      .notNullable()
      .references('id')
      .inTable('activity')
      .onDelete('CASCADE');
    table.string('group_ref').notNullable();
    table
      .string('group_uid')
      .comment('metadata.uid of the catalog entity that was meant');
    table.primary(['entry_id', 'group_ref']);
    table.index(['group_ref', 'entry_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('activity_groups');
  await knex.schema.dropTable('activity');
};
