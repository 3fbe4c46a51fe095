/**
 * The home namespace of each share.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('shares', table => {
    table
      .string('home', 63)
      .comment('The home namespace; absent if it has the name of the group');
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('shares', table => {
    table.dropColumn('home');
  });
};
