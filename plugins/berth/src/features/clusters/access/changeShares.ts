import { BerthApi } from '@berth/plugin-berth-common';

/**
 * Gives groups that were created again in the catalog what the former groups of their names had.
 *
 * @throws if someone else changes the shares at the same time: nothing is saved then
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
