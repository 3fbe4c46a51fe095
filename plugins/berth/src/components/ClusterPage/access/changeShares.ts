import { BerthApi } from '@berth/plugin-berth-common';

/*
 * The API takes the whole set of groups. Each change here starts from the set as it is at that moment,
 * not from what the page last saw, so that what another admin has just done is not undone.
 */

/**
 * Shares a cluster with one more group.
 *
 * @param options - `kubernetesName`: only where the group's own name cannot serve; `takeOver`: whether
 *   groups that were created again in the catalog get what the former groups of their names had. A refusal names
 *   all of them, as a catalog that was emptied and came back gives every group another UID
 */
export async function addShare(
  api: BerthApi,
  cluster: string,
  group: string,
  options: { kubernetesName?: string; takeOver?: boolean } = {},
): Promise<void> {
  const { kubernetesName, takeOver } = options;
  const groups = await currentGroups(api, cluster);
  const wanted = [...new Set([...groups, group])];
  await api.setShares(cluster, {
    groups: wanted,
    ...(kubernetesName && { names: { [group]: kubernetesName } }),
    ...(takeOver && { takeOver: wanted }),
  });
}

/** Takes a cluster from one group. */
export async function removeShare(
  api: BerthApi,
  cluster: string,
  group: string,
): Promise<void> {
  const groups = await currentGroups(api, cluster);
  await api.setShares(cluster, {
    groups: groups.filter(other => other !== group),
  });
}

/** Gives groups that were created again in the catalog what the former groups of their names had. */
export async function takeOverGroups(
  api: BerthApi,
  cluster: string,
  takeOver: string[],
): Promise<void> {
  const groups = await currentGroups(api, cluster);
  await api.setShares(cluster, {
    groups,
    takeOver: takeOver.filter(group => groups.includes(group)),
  });
}

async function currentGroups(
  api: BerthApi,
  cluster: string,
): Promise<string[]> {
  const { items } = await api.getShares(cluster);
  return items.map(({ group }) => group);
}
