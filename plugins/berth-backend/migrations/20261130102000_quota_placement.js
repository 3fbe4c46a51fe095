/**
 * The nodes of a size class, for the pods of namespaces with a quota of the class.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('quotas', table => {
    table
      .text('placement')
      .comment('{nodeSelector, tolerations}, JSON; null without nodes');
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('quotas', table => {
    table.dropColumn('placement');
  });
};
