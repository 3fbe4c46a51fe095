/**
 * The IDs with which the processes of the namespaces of a person or group run.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('owner_identities', table => {
    table.comment('The IDs of the owners of namespaces, from the catalog');
    table.string('owner').primary().comment('Entity ref');
    table
      .string('entity_uid')
      .comment('metadata.uid of the entity whose IDs are in use');
    table
      .integer('run_as_user')
      .unique()
      .comment('Of a person; two persons never have the same one');
    table.integer('run_as_group');
    table.text('supplemental_groups').comment('number[], JSON');
    table
      .text('found')
      .comment(
        'Other IDs that the catalog has now, and that wait for an admin, JSON',
      );
    table.text('problem').comment('Why the IDs in the catalog are not used');
    table.string('since').notNullable();
    table.string('confirmed_by').comment('Entity ref of the admin');
    table.string('confirmed_at');
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('owner_identities');
};
