/**
 * Binds requests to the entities that they are about: the namespace that an approval is for, and the person
 * who made the request.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('requests', table => {
    table
      .text('approved_for')
      .comment('The namespace as it was when the request was approved, JSON');
    table
      .string('requester_uid')
      .notNullable()
      .defaultTo('')
      .comment('metadata.uid of the requester; empty if unknown');
    table.integer('retries').notNullable().defaultTo(0);
    table.dropUnique(['requester', 'idempotency_key']);
    table.unique(['requester', 'requester_uid', 'idempotency_key']);
    table.index(['requester', 'created_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('requests', table => {
    table.dropIndex(['requester', 'created_at']);
    table.dropUnique(['requester', 'requester_uid', 'idempotency_key']);
    table.unique(['requester', 'idempotency_key']);
    table.dropColumn('retries');
    table.dropColumn('requester_uid');
    table.dropColumn('approved_for');
  });
};
