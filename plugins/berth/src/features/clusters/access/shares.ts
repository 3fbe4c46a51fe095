import { BerthApi, Share } from '@berth/plugin-berth-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogApi } from '@backstage/plugin-catalog-react';

/**
 * Gives groups that were created again in the catalog the shares of the former groups of the same names.
 *
 * @throws if another person changes the shares at the same time; then nothing is saved
 */
export async function takeOverGroups(
  api: BerthApi,
  cluster: string,
  takeOver: string[],
): Promise<void> {
  const { items, etag } = await api.getShares(cluster);
  const groups = items.map(({ group }) => group);
  await api.setShares(
    cluster,
    { groups, takeOver: takeOver.filter(group => groups.includes(group)) },
    { etag },
  );
}

const BATCH = 100;

/**
 * Finds the groups of shares that were deleted and created again in the catalog: they have the same name and
 * another UID, so their members get no access until an admin decides.
 *
 * @returns entity refs, without groups that are not in the catalog
 */
export async function findFormerGroups(
  catalogApi: CatalogApi,
  shares: Pick<Share, 'group' | 'groupUid'>[],
): Promise<string[]> {
  const known = shares.filter(({ groupUid }) => groupUid !== undefined);
  const uids = new Map<string, string | undefined>();
  for (let start = 0; start < known.length; start += BATCH) {
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: known.slice(start, start + BATCH).map(({ group }) => group),
      fields: ['kind', 'metadata.name', 'metadata.namespace', 'metadata.uid'],
    });
    for (const entity of items) {
      if (entity) {
        uids.set(stringifyEntityRef(entity), entity.metadata.uid);
      }
    }
  }
  return known
    .filter(({ group, groupUid }) => {
      const uid = uids.get(group);
      return uid !== undefined && uid !== groupUid;
    })
    .map(({ group }) => group);
}
