/**
 * The first tables. Databases in use have them, so a later change is a migration of its own. If you change this one
 * all the same, also give the file a new name, so that the backend refuses a database that has the earlier schema.
 *
 * Times are ISO 8601 text, so that both databases hold and order the same value. Comments of texts that hold JSON
 * end with "JSON".
 */

/** @typedef {import('knex').Knex} Knex */
/** @typedef {import('knex').Knex.CreateTableBuilder} Table */

/** @param {Knex} knex */
exports.up = async function up(knex) {
  await createIssuer(knex);
  await createClusters(knex);
  await createShares(knex);
  await createNamespaces(knex);
  await createReconciler(knex);
  await createActivity(knex);
  await createRequests(knex);
  await createKubectlDevices(knex);
  await createTerminalTickets(knex);
};

/** @param {Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'terminal_tickets',
    'kubectl_devices',
    'request_budgets',
    'request_steps',
    'requests',
    'activity_groups',
    'activity',
    'leftover_holds',
    'deletion_holds',
    'inventory',
    'cluster_leases',
    'reconciler_replicas',
    'quotas',
    'grants',
    'namespaces',
    'shares',
    'kubernetes_groups',
    'check_runs',
    'cluster_credentials',
    'former_clusters',
    'clusters',
    'signing_keys',
  ]) {
    await knex.schema.dropTable(table);
  }
};

/** @param {Knex} knex */
async function createIssuer(knex) {
  await knex.schema.createTable('signing_keys', table => {
    table.comment('The key ring of the OIDC issuer');
    table.string('kid').primary().comment('RFC 7638 thumbprint');
    table
      .integer('generation')
      .notNullable()
      .unique()
      .comment('Replicas that make a key at the same time race for it');
    table.string('algorithm').notNullable();
    table.text('public_jwk').notNullable();
    table
      .text('private_jwk_encrypted')
      .comment('JWE (dir, A256GCM), never in clear; empty once revoked');
    time(table, 'created_at').notNullable();
    time(table, 'activates_at').comment(
      'When the key starts to sign; empty for the standby key',
    );
    time(table, 'revoked_at');
  });
}

/** @param {Knex} knex */
async function createClusters(knex) {
  await knex.schema.createTable('clusters', table => {
    table.comment('The registered Kubernetes API servers');
    table.string('id', 26).primary().comment('ULID, the token audience');
    table.string('name', 63).notNullable().unique();
    table.string('title', 200);
    table.text('api_server').notNullable();
    table.text('ca_pem').notNullable();
    table.string('connection').notNullable();
    table
      .string('kubectl_via', 6)
      .notNullable()
      .defaultTo('direct')
      .comment('direct or portal: what kubectl calls');
    table.string('username_prefix').notNullable();
    table.string('groups_prefix').notNullable();
    table.string('namespace_prefix', 63);
    table.string('default_storage_class', 253);
    table.text('ingress').comment('IngressDefaults, JSON');
    table.text('node_placement').comment('NodePlacement, JSON');
    table.text('labels').comment('JSON');
    table.text('links').comment('ClusterLink[], JSON');
    table
      .string('owner')
      .notNullable()
      .defaultTo('api')
      .comment('config: berth.clusters holds the settings');
    table
      .integer('revision')
      .notNullable()
      .defaultTo(1)
      .comment('Grows with each change of the settings; the ETag');
    table.text('status').notNullable().comment('ClusterStatus, JSON');
    table
      .string('kube_system_uid')
      .comment('UID of the namespace kube-system; never changes once known');
    time(table, 'config_missing_since').comment(
      'Since when berth.clusters lacks a cluster that it owns',
    );
    time(table, 'created_at').notNullable();
    time(table, 'updated_at').notNullable();
  });

  await knex.schema.createTable('former_clusters', table => {
    table.comment(
      'Deleted registrations: a new registration of the same cluster takes over what they made',
    );
    table.string('id', 26).primary();
    table.string('name').notNullable();
    table.string('kube_system_uid').notNullable().index();
    time(table, 'deleted_at').notNullable();
  });

  await knex.schema.createTable('cluster_credentials', table => {
    table.comment(
      'The credentials of connection strategies; at most one per cluster',
    );
    ofCluster(table).primary();
    table.string('strategy').notNullable();
    table
      .text('encrypted')
      .notNullable()
      .comment('JWE (dir, A256GCM), never in clear');
    time(table, 'issued_at');
    time(table, 'expires_at');
    time(table, 'renew_at').comment('Empty if it never expires');
    time(table, 'failing_since').comment('Since when its renewal fails');
    table.text('message').comment('Why its renewal fails');
    time(table, 'updated_at').notNullable();
  });

  await knex.schema.createTable('check_runs', table => {
    table.comment('The last runs of the checks of each cluster');
    table.string('id', 26).primary().comment('ULID');
    ofCluster(table).notNullable();
    table.string('reason').notNullable().comment('CheckTrigger');
    time(table, 'started_at').notNullable();
    time(table, 'finished_at').notNullable();
    table.text('checks').notNullable().comment('ClusterCheck[], JSON');
    table.index(['cluster_id', 'id']);
  });
}

/** @param {Knex} knex */
async function createShares(knex) {
  await knex.schema.createTable('kubernetes_groups', table => {
    table.comment('The one Kubernetes group name of each catalog group');
    table.string('group_ref').primary();
    table
      .string('entity_uid')
      .comment(
        'metadata.uid of the catalog entity that has the name; another entity of the same ref inherits nothing',
      );
    table.string('name', 63).notNullable().unique();
    time(table, 'created_at').notNullable();
  });

  await knex.schema.createTable('shares', table => {
    table.comment('The groups that each cluster is shared with');
    ofCluster(table).notNullable();
    ofGroup(table);
    outcome(table);
    time(table, 'created_at').notNullable();
    table.primary(['cluster_id', 'group_ref']);
    table.index(['group_ref']);
  });
}

/** @param {Knex} knex */
async function createNamespaces(knex) {
  await knex.schema.createTable('namespaces', table => {
    table.comment('The namespaces that Berth manages on clusters');
    ofCluster(table).notNullable();
    table.string('name', 63).notNullable();
    table.string('owner_ref').comment('Entity ref of the responsible group');
    table
      .string('system_ref')
      .comment('Entity ref of the catalog system that it is part of');
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
    time(table, 'deleting_since').comment('When its deletion was requested');
    outcome(table);
    time(table, 'created_at').notNullable();
    table.string('created_by');
    table.primary(['cluster_id', 'name']);
    // The orders in which people list them.
    for (const column of ['owner_ref', 'phase', 'created_at']) {
      table.index([column, 'name', 'cluster_id']);
    }
    table.index(['name', 'cluster_id']);
    table.index(['cluster_id', 'created_at', 'name']);
  });
  // Pages by owner compare owners, and null cannot be compared.
  await knex.raw(
    `create index namespaces_owner_or_none_index
     on namespaces ((coalesce(owner_ref, '')), name, cluster_id)`,
  );

  await knex.schema.createTable('grants', table => {
    table.comment('Which group holds which role in which namespace');
    table.string('id', 26).primary().comment('ULID');
    ofNamespace(table);
    ofGroup(table);
    table.string('role').notNullable();
    table
      .string('source')
      .notNullable()
      .comment(
        'share: exists as long as the share; grant: independent of shares',
      );
    time(table, 'expires_at');
    outcome(table);
    time(table, 'created_at').notNullable();
    table.string('created_by');
    table.unique(['cluster_id', 'namespace', 'group_ref']);
    table.index(['group_ref', 'cluster_id', 'namespace']);
  });

  await knex.schema.createTable('quotas', table => {
    table.comment('The ResourceQuota and LimitRange of a namespace');
    ofNamespace(table);
    table.string('size_class');
    table.text('hard').notNullable().comment('Quantities by resource, JSON');
    table.text('limits').notNullable().comment('QuotaLimits[], JSON');
    table.text('priority_classes').notNullable().comment('JSON');
    table.text('used').comment('Quantities by resource, JSON');
    time(table, 'observed_at').comment('When the use was observed');
    outcome(table);
    time(table, 'created_at').notNullable();
    time(table, 'updated_at').notNullable();
    table.primary(['cluster_id', 'namespace']);
  });
}

/** @param {Knex} knex */
async function createReconciler(knex) {
  await knex.schema.createTable('reconciler_replicas', table => {
    table.comment('The replicas of the backend that share the clusters');
    table.string('id', 26).primary().comment('ULID, new with each start');
    table
      .integer('heartbeat')
      .notNullable()
      .comment(
        'Grows while the replica lives; one that stands still loses its clusters',
      );
    time(table, 'started_at').notNullable();
  });

  await knex.schema.createTable('cluster_leases', table => {
    table.comment('Which replica works on which cluster');
    ofCluster(table).primary();
    table
      .string('holder', 26)
      .references('id')
      .inTable('reconciler_replicas')
      .onDelete('SET NULL')
      .index();
    table
      .integer('token')
      .notNullable()
      .comment('Grows with each holder; a write with an earlier one fails');
    table
      .integer('revision')
      .notNullable()
      .comment('Grows with each change of the desired state');
    time(table, 'next_try_at').comment(
      'The next pass, if something failed or is pending',
    );
  });

  await knex.schema.createTable('inventory', table => {
    table.comment(
      'The objects that Berth made on clusters: the only list that pruning reads',
    );
    ofCluster(table).notNullable();
    table.string('kind').notNullable();
    table.string('namespace', 63).notNullable().comment('"" if unscoped');
    table.string('name').notNullable();
    table
      .string('uid')
      .comment('Empty between the intent to create and its result');
    time(table, 'created_at').notNullable();
    table.primary(['cluster_id', 'kind', 'namespace', 'name']);
  });

  await knex.schema.createTable('deletion_holds', table => {
    table.comment('Deletions that wait because they look like an accident');
    hold(table);
  });

  await knex.schema.createTable('leftover_holds', table => {
    table.comment(
      'Deletions of leftovers that wait because they are many; apart, so that they delay nothing else',
    );
    hold(table);
  });
}

/**
 * Entries outlive what they describe, so they refer to no other table.
 *
 * @param {Knex} knex
 */
async function createActivity(knex) {
  await knex.schema.createTable('activity', table => {
    table.comment('Who did what, where and when; ordered by id');
    table.string('id', 26).primary().comment('ULID, which holds the time');
    time(table, 'at').notNullable();
    table.string('actor').notNullable().comment('Entity ref, or system:<part>');
    table
      .string('actor_uid')
      .comment(
        'Of a person in the catalog; a user who is made again is another',
      );
    table.string('event', 63).notNullable();
    table.string('outcome', 9).notNullable();
    table.text('error').comment('Redacted, only of a failure');
    table.string('cluster_id', 26);
    table.string('cluster_name', 100);
    table.string('namespace', 100);
    table.string('jti', 64);
    table.text('meta').comment('Small and redacted, JSON');
    table.index(['cluster_id', 'id']);
    table.index(['cluster_name', 'id']);
    table.index(['actor', 'id']);
    table.index(['event', 'id']);
    table.index(['jti']);
  });

  await knex.schema.createTable('activity_groups', table => {
    table.comment('The groups whose access an entry concerns');
    table
      .string('entry_id', 26)
      .notNullable()
      .references('id')
      .inTable('activity')
      .onDelete('CASCADE');
    table.string('group_ref').notNullable();
    table
      .string('group_uid')
      .comment('metadata.uid of the catalog entity at that time');
    table.primary(['entry_id', 'group_ref']);
    table.index(['group_ref', 'entry_id']);
  });
}

/**
 * Requests outlive the clusters and namespaces that they are for, so they refer to no other table.
 *
 * @param {Knex} knex
 */
async function createRequests(knex) {
  await knex.schema.createTable('requests', table => {
    table.comment('The requests for namespaces, quotas and access');
    table.string('id', 26).primary().comment('ULID; the order of requests');
    table.string('kind', 20).notNullable();
    table.string('cluster_id', 26).notNullable();
    table.string('cluster_name', 63).notNullable();
    table.string('namespace', 63).notNullable();
    table.text('spec').notNullable().comment('JSON');
    table.string('group_uid').comment('metadata.uid of the requesting group');
    table.text('bounds').comment('The quota when the request was made, JSON');
    table
      .string('decider_ref')
      .comment('Entity ref of the group whose owners decide');
    table.text('verdict').comment('The result of the rules, JSON');
    table.text('applied').comment('What was written to provision it, JSON');
    table
      .text('approved_for')
      .comment('The namespace when the request was approved, JSON');
    table.string('requester').notNullable();
    table
      .string('requester_uid')
      .notNullable()
      .defaultTo('')
      .comment('metadata.uid of the requester; empty if unknown');
    table.string('idempotency_key', 200);
    table.string('state', 20).notNullable();
    table
      .string('open_target', 500)
      .comment('Its target while it is open: one open request per target');
    table.integer('retries').notNullable().defaultTo(0);
    table.integer('revision').notNullable();
    time(table, 'created_at').notNullable();
    time(table, 'updated_at').notNullable();
    table.unique(['open_target']);
    table.unique(['requester', 'requester_uid', 'idempotency_key']);
    table.index(['state', 'id']);
    table.index(['decider_ref', 'id']);
    table.index(['cluster_id', 'namespace', 'id']);
    table.index(['requester', 'created_at']);
  });

  await knex.schema.createTable('request_steps', table => {
    table.comment('The state changes of each request');
    table
      .string('request_id', 26)
      .notNullable()
      .references('id')
      .inTable('requests')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('state', 20).notNullable();
    time(table, 'at').notNullable();
    table.string('by').notNullable().comment('Entity ref, or system:requests');
    table.text('reason');
    table.primary(['request_id', 'number']);
  });

  await knex.schema.createTable('request_budgets', table => {
    table.comment('A row per group, locked while its use is counted');
    table.string('group_ref').primary();
  });
}

/** @param {Knex} knex */
async function createKubectlDevices(knex) {
  await knex.schema.createTable('kubectl_devices', table => {
    table.comment('Computers that are signed in with kubectl');
    table.string('id', 26).primary().comment('ULID');
    table.string('user_ref').notNullable();
    table
      .string('user_uid')
      .notNullable()
      .comment('metadata.uid of the catalog entity at the confirmation');
    table.string('name', 64).notNullable();
    table.string('system', 40).notNullable();
    table.string('version', 40).notNullable();
    table.text('public_jwk').notNullable().comment('JSON');
    table
      .string('thumbprint', 43)
      .notNullable()
      .unique()
      .comment('RFC 7638; a key belongs to one device for ever');
    table.string('state', 7).notNullable().comment('Pending, Active or Ended');
    table.string('code_hash', 64).comment('SHA-256, until the code is used');
    time(table, 'code_expires_at');
    table
      .text('policy')
      .notNullable()
      .comment("The permission policy's decision at the confirmation, JSON");
    time(table, 'created_at').notNullable();
    table.string('created_address', 45);
    time(table, 'ends_at').notNullable();
    time(table, 'last_used_at').comment('Exact to a minute');
    table.string('last_address', 45);
    time(table, 'ended_at');
    table.text('ended_why').comment('For people');
    table.index(['user_ref', 'state']);
    table.index(['state', 'ends_at']);
  });
}

/** @param {Knex} knex */
async function createTerminalTickets(knex) {
  await knex.schema.createTable('terminal_tickets', table => {
    table.comment('Tickets that were not used; each opens one terminal');
    table.string('ticket_hash', 64).primary().comment('SHA-256');
    table
      .text('sealed')
      .notNullable()
      .comment('What the ticket opens, as a JWE that only the ticket decrypts');
    time(table, 'expires_at').notNullable();
    table.index(['expires_at']);
  });
}

/** @param {Table} table @param {string} name */
function time(table, name) {
  return table.string(name, 24);
}

/**
 * The cluster that a row belongs to and is deleted with.
 *
 * @param {Table} table
 */
function ofCluster(table) {
  return table
    .string('cluster_id', 26)
    .references('id')
    .inTable('clusters')
    .onDelete('CASCADE');
}

/**
 * The namespace that a row belongs to and is deleted with.
 *
 * @param {Table} table
 */
function ofNamespace(table) {
  table.string('cluster_id', 26).notNullable();
  table.string('namespace', 63).notNullable();
  table
    .foreign(['cluster_id', 'namespace'])
    .references(['cluster_id', 'name'])
    .inTable('namespaces')
    .onDelete('CASCADE');
}

/** @param {Table} table */
function ofGroup(table) {
  return table
    .string('group_ref')
    .notNullable()
    .references('group_ref')
    .inTable('kubernetes_groups');
}

/**
 * The reconciler's result for a row.
 *
 * @param {Table} table
 */
function outcome(table) {
  table.string('state').notNullable();
  table.string('cause');
  table.text('message');
  time(table, 'since').notNullable();
}

/**
 * Deletions that wait until an admin confirms them.
 *
 * @param {Table} table
 */
function hold(table) {
  ofCluster(table).primary();
  table.text('objects').notNullable().comment('JSON');
  time(table, 'since').notNullable();
  time(table, 'confirmed_at').comment('When an admin confirmed the deletions');
}
