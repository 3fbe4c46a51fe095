/**
 * The operations on Helm releases. Times are ISO 8601 text, as in the first migration.
 */

/** @typedef {import('knex').Knex} Knex */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('helm_operations', table => {
    table.comment('Operations on Helm releases');
    table.string('id', 26).primary().comment('ULID, made by the caller');
    table.string('kind', 10).notNullable();
    table
      .string('cluster_id', 26)
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('cluster_name', 63).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('release', 53).notNullable();
    table.integer('base_revision').notNullable();
    table.integer('target_revision').comment('Of a rollback');
    table.integer('revision').comment('That the operation made');
    table.string('chart_name');
    table.string('chart_version');
    table.text('options').notNullable().comment('JSON');
    table.string('digest', 128).notNullable().comment('Of the preview');
    table
      .string('request_hash', 64)
      .notNullable()
      .comment('HMAC-SHA-256 of the request');
    table
      .text('sealed')
      .comment(
        'What helm runs, with values, as a JWE; empty once the operation has ended',
      );
    table.string('person').notNullable().comment('Entity ref');
    table.string('person_uid').notNullable();
    table
      .text('policy')
      .notNullable()
      .comment("The permission policy's decision at the start, JSON");
    table.string('state', 12).notNullable();
    table.text('message').comment('For people');
    table.text('advice').comment('For people');
    table.string('cancelled_by').comment('Entity ref');
    table.string('replica', 26).comment('Which works on the operation');
    table
      .integer('fence')
      .notNullable()
      .defaultTo(0)
      .comment('Increases with each replica');
    table
      .integer('beat')
      .notNullable()
      .defaultTo(0)
      .comment('Increases while the replica lives');
    table.string('created_at', 24).notNullable();
    table.string('started_at', 24);
    table.string('ended_at', 24);
    table.index(['created_at', 'id']);
    table.index(['cluster_id', 'namespace', 'release', 'created_at']);
    table.index(['state']);
  });
  await knex.raw(
    `create unique index helm_operations_one_per_release on helm_operations (cluster_id, namespace, release) where state in ('Queued', 'Running', 'Observing')`,
  );

  await knex.schema.createTable('helm_operation_lines', table => {
    table.comment('What happened in an operation on a Helm release');
    table
      .string('operation_id', 26)
      .notNullable()
      .references('id')
      .inTable('helm_operations')
      .onDelete('CASCADE');
    table.integer('seq').notNullable();
    table.string('at', 24).notNullable();
    table.string('level', 8).notNullable();
    table
      .text('text')
      .notNullable()
      .comment('As a JWE where helm wrote it (level Output)');
    table.primary(['operation_id', 'seq']);
  });
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('helm_operation_lines');
  await knex.schema.dropTable('helm_operations');
};
