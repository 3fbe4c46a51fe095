import { Knex } from 'knex';
import { Tenants } from '../backend';
import { groups } from './tenants';

/** The number of rows that fit into one statement of either database. */
const CHUNK = 400;
const NOW = '2026-01-01T00:00:00.000Z';

/**
 * Writes tenants directly to the database. Writing a whole fleet one by one through the stores would take an
 * hour.
 */
export async function insertTenants(
  knex: Knex,
  { namespaces, grants, quotas }: Tenants,
  holders = groups,
): Promise<void> {
  await knex('kubernetes_groups')
    .insert(
      holders.map(({ group, kubernetesName }) => ({
        group_ref: group,
        name: kubernetesName,
        created_at: NOW,
      })),
    )
    .onConflict('group_ref')
    .ignore();
  await insertRows(
    knex,
    'namespaces',
    namespaces.map(one => ({
      cluster_id: one.clusterId,
      name: one.name,
      owner_ref: one.owner,
      origin: one.origin,
      phase: one.phase,
      state: one.state,
      since: one.since,
      created_at: one.createdAt,
    })),
  );
  await insertRows(
    knex,
    'grants',
    grants.map(one => ({
      id: one.id,
      cluster_id: one.clusterId,
      namespace: one.namespace,
      group_ref: one.group,
      role: one.role,
      source: one.source,
      state: one.state,
      since: one.since,
      created_at: one.createdAt,
    })),
  );
  await insertRows(
    knex,
    'quotas',
    quotas.map(one => ({
      cluster_id: one.clusterId,
      namespace: one.namespace,
      hard: JSON.stringify(one.hard),
      limits: JSON.stringify(one.limits),
      priority_classes: JSON.stringify(one.priorityClasses),
      state: one.state,
      since: one.since,
      created_at: NOW,
      updated_at: NOW,
    })),
  );
}

/** Inserts many rows in one transaction. */
export async function insertRows(
  knex: Knex,
  table: string,
  rows: object[],
): Promise<void> {
  await knex.batchInsert(table, rows, CHUNK);
}
