import { RepeatedDeletion } from '@berth/plugin-berth-common';
import { ActivityLog, ActivityReader } from '../../audit/types';
import { KubeKey } from '../../kube';
import { ClusterRecord } from '../../model/clusters';

const EVENT = 'binding-deleted-repeatedly';
const SHOWN_MS = 20 * 60_000;
const MAX_SHOWN = 10;

/** Records that a role binding is deleted again and again. */
export async function recordRepeatedDeletion(
  activity: Pick<ActivityLog, 'record'>,
  { id, name: cluster }: Pick<ClusterRecord, 'id' | 'name'>,
  { namespace, name }: KubeKey,
): Promise<void> {
  await activity.record({
    actor: 'system:reconciler',
    event: EVENT,
    clusterId: id,
    cluster,
    ...(namespace && { namespace }),
    outcome: 'Failed',
    error: `The RoleBinding ${name} is deleted again and again. Find out in the audit log of the API server who deletes it`,
    meta: { binding: name },
  });
}

/** Reads the recent records from the activity log, because another replica may follow the cluster. */
export async function readRepeatedDeletions(
  activity: Pick<ActivityReader, 'list'>,
  clusterId: string,
): Promise<RepeatedDeletion[]> {
  const { items } = await activity.list(
    { clusterId, events: [EVENT], since: new Date(Date.now() - SHOWN_MS) },
    { limit: MAX_SHOWN },
  );
  const latest = new Map<string, RepeatedDeletion>();
  for (const { namespace, meta, at } of items) {
    const name = String(meta?.binding);
    const key = `${namespace}/${name}`;
    if (!latest.has(key)) {
      latest.set(key, { ...(namespace && { namespace }), name, at });
    }
  }
  return [...latest.values()];
}
