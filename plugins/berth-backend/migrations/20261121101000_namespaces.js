/**
 * Times are ISO 8601 text, so that both databases hold and order the same value.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('namespaces', table => {
    table.comment('The namespaces that Berth manages on clusters');
    table
      .string('cluster_id', 26)
      .notNullable()
      .references('id')
      .inTable('clusters')
      .onDelete('CASCADE');
    table.string('name', 63).notNullable();
    table.string('owner_ref').comment('Entity ref of the responsible group');
    table
      .string('origin')
      .notNullable()
      .comment(
        'share: the home namespace of its owner; request: created on request',
      );
    table.text('purpose');
    table.string('phase').notNullable().comment('As last seen on the cluster');
    table.text('terminating').comment('What holds it while Terminating, JSON');
    table.string('uid').comment('As last seen on the cluster');
    table
      .string('deleting_since', 24)
      .comment('When its deletion was requested');
    table.string('state').notNullable();
    table.string('cause');
    table.text('message');
    table.string('since', 24).notNullable();
    table.string('created_at', 24).notNullable();
    table.string('created_by');
    table.primary(['cluster_id', 'name']);
    // The orders in which people list them.
    for (const column of ['owner_ref', 'phase', 'created_at']) {
      table.index([column, 'name', 'cluster_id']);
    }
    table.index(['name', 'cluster_id']);
  });

  await knex.schema.createTable('grants', table => {
    table.comment('Which group holds which role in which namespace');
    table.string('id', 26).primary().comment('ULID');
    table.string('cluster_id', 26).notNullable();
    table.string('namespace', 63).notNullable();
    table
      .string('group_ref')
      .notNullable()
      .references('group_ref')
      .inTable('kubernetes_groups');
    table.string('role').notNullable();
    table
      .string('source')
      .notNullable()
      .comment(
        'share: exists as long as the share; grant: independent of shares',
      );
    table.string('expires_at', 24);
    table.string('state').notNullable();
    table.string('cause');
    table.text('message');
    table.string('since', 24).notNullable();
    table.string('created_at', 24).notNullable();
    table.string('created_by');
    table.unique(['cluster_id', 'namespace', 'group_ref']);
    table.index(['group_ref']);
    table
      .foreign(['cluster_id', 'namespace'])
      .references(['cluster_id', 'name'])
      .inTable('namespaces')
      .onDelete('CASCADE');
  });

  await knex.schema.createTable('quotas', table => {
    table.comment('The ResourceQuota and LimitRange of a namespace');
    table.string('cluster_id', 26).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('size_class');
    table.text('hard').notNullable().comment('Quantities by resource, JSON');
    table.text('limits').notNullable().comment('QuotaLimits[], JSON');
    table.text('priority_classes').notNullable().comment('JSON');
    table.text('used').comment('Quantities by resource, JSON');
    table.string('observed_at', 24).comment('Of used');
    table.string('state').notNullable();
    table.string('cause');
    table.text('message');
    table.string('since', 24).notNullable();
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.primary(['cluster_id', 'namespace']);
    table
      .foreign(['cluster_id', 'namespace'])
      .references(['cluster_id', 'name'])
      .inTable('namespaces')
      .onDelete('CASCADE');
  });

  await addHomes(knex);
};

/** Shares from before have home namespaces, too. */
async function addHomes(knex) {
  const { ulid } = require('ulid');
  const shares = await knex('shares')
    .join(
      'kubernetes_groups',
      'kubernetes_groups.group_ref',
      'shares.group_ref',
    )
    .select('shares.*', 'kubernetes_groups.name');
  for (const share of shares) {
    const { cluster_id, group_ref, state, cause, message, since } = share;
    const shared = { cluster_id, state, cause, message, since };
    await knex('namespaces').insert({
      ...shared,
      name: share.name,
      owner_ref: group_ref,
      origin: 'share',
      phase: state === 'Ready' ? 'Active' : 'Pending',
      created_at: share.created_at,
    });
    await knex('grants').insert({
      ...shared,
      id: ulid(),
      namespace: share.name,
      group_ref,
      role: 'admin',
      source: 'share',
      created_at: share.created_at,
    });
  }
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('quotas');
  await knex.schema.dropTable('grants');
  await knex.schema.dropTable('namespaces');
};
