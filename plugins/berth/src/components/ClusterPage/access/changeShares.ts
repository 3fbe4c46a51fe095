import { BerthApi } from '@berth/plugin-berth-common';

/*
 * The API takes the whole set of groups. Each change here starts from the set as it is at that moment,
 * not from what the page last saw, so that what another admin has just done is not undone.
 */

/**
 * Shares a cluster with one more group.
 *
 * @param options - `kubernetesName`: only where the group's own name cannot serve; `takeOver`: whether a
 *   group that was made again in the catalog may have what the former one of its name had
 */
export async function addShare(
  api: BerthApi,
  cluster: string,
  group: string,
  options: { kubernetesName?: string; takeOver?: boolean } = {},
): Promise<void> {
  const { kubernetesName, takeOver } = options;
  const groups = await currentGroups(api, cluster);
  await api.setShares(cluster, {
    groups: [...new Set([...groups, group])],
    ...(kubernetesName && { names: { [group]: kubernetesName } }),
    ...(takeOver && { takeOver: [group] }),
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

async function currentGroups(
  api: BerthApi,
  cluster: string,
): Promise<string[]> {
  const { items } = await api.getShares(cluster);
  return items.map(({ group }) => group);
}
