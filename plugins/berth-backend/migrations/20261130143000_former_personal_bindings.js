/**
 * The role bindings of people that may still be on a cluster after its registration was deleted.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('former_personal_bindings', table => {
    table.comment(
      'Role bindings in personal namespaces of deleted registrations, until they are gone on the cluster',
    );
    table.string('former_cluster_id', 26).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name').notNullable();
    table
      .string('user_part', 16)
      .notNullable()
      .index()
      .comment('The characters of the name that stand for the user');
    table
      .string('kube_system_uid')
      .index()
      .comment('Of the cluster; empty if Berth never read it');
    table
      .text('absent_on')
      .notNullable()
      .defaultTo('')
      .comment(
        'Without a kube_system_uid: the UIDs of the clusters that do not have the binding',
      );
    table.string('deleted_at', 24).notNullable();
    table.primary(['former_cluster_id', 'namespace', 'name']);
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('former_personal_bindings');
};
