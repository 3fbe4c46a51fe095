/**
 * The index with which the creation of a token finds the bindings of former users of the same name.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  // A name is "berth:personal:<role>:<16 characters of the user>:<16 of the UID>". Without the name as the last column,
  // SQLite prefers the primary key.
  await knex.raw(
    `create index inventory_personal_bindings
      on inventory ((substr(name, length(name) - 32, 16)), cluster_id, name)
      where substr(name, 1, 15) = 'berth:personal:'`,
  );
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index inventory_personal_bindings');
};
