/**
 * An operation that only waits for the objects of its revision does not hold the release.
 */

/** @typedef {import('knex').Knex} Knex */

const INDEX = 'helm_operations_one_per_release';

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(`drop index ${INDEX}`);
  await knex.raw(
    `create unique index ${INDEX} on helm_operations (cluster_id, namespace, release) where state in ('Queued', 'Running') or (state = 'Observing' and revision is null)`,
  );
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  await knex('helm_operations')
    .where({ state: 'Observing' })
    .whereNotNull('revision')
    .update({
      state: 'Succeeded',
      message: 'The release is changed. Its objects were not awaited',
      sealed: null,
      ended_at: new Date().toISOString(),
    });
  await knex.raw(`drop index ${INDEX}`);
  await knex.raw(
    `create unique index ${INDEX} on helm_operations (cluster_id, namespace, release) where state in ('Queued', 'Running', 'Observing')`,
  );
};
