import { Knex } from 'knex';
import { DatabaseClusterStore, DatabaseShareStore } from '../backend';
import { Progress } from '../harness/types';
import { insertTenants } from './insertTenants';
import { makeGroups, makeTenants } from './tenants';

const GRANTS = 3;
/** Every cluster has its own groups: in a portal with many teams, a person is in only a few of the groups. */
export const GROUPS_OF_A_CLUSTER = 20;

/** Registers clusters, shares them and adds namespaces with grants and quotas, as if created long ago. */
export async function fillPortal(
  knex: Knex,
  sizes: { clusters: number; namespaces: number },
  progress: Progress,
): Promise<void> {
  const clusters = DatabaseClusterStore.create(knex);
  const shares = DatabaseShareStore.create(knex);
  const groups = makeGroups(sizes.clusters * GROUPS_OF_A_CLUSTER);
  for (let index = 0; index < sizes.clusters; index += 1) {
    progress(`cluster ${index + 1} of ${sizes.clusters}`);
    const { id } = await clusters.create({
      name: clusterName(index),
      apiServer: `https://${clusterName(index)}.example.com`,
      caPem: 'unused',
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
    });
    const holders = groups.slice(
      index * GROUPS_OF_A_CLUSTER,
      (index + 1) * GROUPS_OF_A_CLUSTER,
    );
    await insertTenants(
      knex,
      makeTenants({
        holders,
        clusterId: id,
        namespaces: sizes.namespaces,
        grants: GRANTS,
        prefix: clusterName(index),
        state: 'Ready',
      }),
      holders,
    );
    await shares.replace(
      id,
      holders.map(({ group }) => group),
    );
  }
  await knex.raw('analyze');
}

/** Returns the name of one of the clusters. */
export function clusterName(index: number): string {
  return `c${`${index}`.padStart(3, '0')}`;
}
