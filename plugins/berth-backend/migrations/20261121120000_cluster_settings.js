const COLUMNS = [
  'namespace_prefix',
  'default_storage_class',
  'ingress',
  'node_placement',
  'labels',
  'links',
  'owner',
  'revision',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('clusters', table => {
    table.string('namespace_prefix', 63);
    table.string('default_storage_class', 253);
    table.text('ingress').comment('IngressDefaults as JSON');
    table.text('node_placement').comment('NodePlacement as JSON');
    table.text('labels').comment('JSON');
    table.text('links').comment('ClusterLink[] as JSON');
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
  });
};

/**
 * Column by column and by hand: SQLite's way in knex creates the table again, and its rows' shares would go
 * with the old one.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const column of COLUMNS) {
    await knex.raw('alter table ?? drop column ??', ['clusters', column]);
  }
};
