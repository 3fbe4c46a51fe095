/**
 * Requests outlive the clusters and namespaces that they are for, so they refer to no other table. Times are
 * ISO 8601 text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('requests', table => {
    table.comment('What people asked for; ordered by id');
    table.string('id', 26).primary().comment('ULID');
    table.string('kind', 20).notNullable();
    table.string('cluster_id', 26).notNullable();
    table.string('cluster_name', 63).notNullable();
    table.string('namespace', 63).notNullable();
    table.text('ask').notNullable().comment('JSON');
    table.string('group_uid').comment('metadata.uid of the group asked for');
    table.text('bounds').comment('What the quota stood for when asked, JSON');
    table
      .string('decider_ref')
      .comment('Entity ref of the group whose owners decide');
    table.text('verdict').comment('What the rules said, JSON');
    table.text('applied').comment('What was written to provision it, JSON');
    table.string('requester').notNullable();
    table.string('idempotency_key', 200);
    table.string('state', 20).notNullable();
    table
      .string('open_target', 500)
      .comment('What it is for, while it is open: one request per target');
    table.integer('revision').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.unique(['open_target']);
    table.unique(['requester', 'idempotency_key']);
    table.index(['state', 'id']);
    table.index(['decider_ref', 'id']);
    table.index(['cluster_id', 'namespace', 'id']);
  });

  await knex.schema.createTable('request_steps', table => {
    table.comment('Who took a request to which state, when and why');
    table
      .string('request_id', 26)
      .notNullable()
      .references('id')
      .inTable('requests')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('state', 20).notNullable();
    table.string('at', 24).notNullable();
    table.string('by').notNullable().comment('Entity ref, or system:requests');
    table.text('reason');
    table.primary(['request_id', 'number']);
  });

  await knex.schema.createTable('request_budgets', table => {
    table.comment('A row per group, to be locked while what it has is counted');
    table.string('group_ref').primary();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('request_budgets');
  await knex.schema.dropTable('request_steps');
  await knex.schema.dropTable('requests');
};
