import { GrantRecord, NamespaceRecord, QuotaRecord } from '../tenancy/types';
import { RequestRecord } from './types';

/** What is there of something that is being provisioned. */
export interface Provisioned {
  /** Whether the cluster is still registered. */
  cluster: boolean;
  namespace?: NamespaceRecord;
  /** Of the namespace. */
  grants: GrantRecord[];
  quota?: QuotaRecord;
}

export type Settled =
  | { state: 'Provisioning' }
  | { state: 'Ready' }
  | {
      state: 'Failed';
      /** For people. */
      reason: string;
      /** Nothing of it was made on the cluster, so it need not stay wanted. */
      undo?: boolean;
    };

/**
 * Says how far something is that was provisioned.
 *
 * What the reconciler could not do it tries again, so most of what fails may still become ready within the
 * time; what can only be mended by people fails at once.
 */
export function settle(
  { ask, applied, bounds, updatedAt }: RequestRecord,
  { cluster, namespace, grants, quota }: Provisioned,
  { now, timeoutMs }: { now: Date; timeoutMs: number },
): Settled {
  if (!cluster) {
    return failed(`The cluster ${ask.cluster} was deleted from the portal`);
  }
  if (
    !namespace ||
    namespace.createdAt !== applied?.namespaceCreatedAt ||
    namespace.deletingSince !== undefined
  ) {
    return failed(`The namespace ${ask.namespace} was deleted meanwhile`);
  }
  const grant = grants.find(({ id }) => id === applied.grantId);
  if (applied.grantId !== undefined && !grant) {
    return failed('The grant ended, or was taken away, meanwhile');
  }
  if (ask.kind !== 'grant' && !quota) {
    return failed('The quota was taken away meanwhile');
  }
  if (
    ask.kind !== 'grant' &&
    JSON.stringify(quota?.hard) !== JSON.stringify(bounds?.hard)
  ) {
    return failed('The quota was set to something else meanwhile');
  }
  const subjects = [
    ...(ask.kind === 'namespace' ? [namespace] : []),
    ...(grant ? [grant] : []),
    ...(ask.kind !== 'grant' && quota ? [quota] : []),
  ];
  if (
    namespace.phase === 'Active' &&
    subjects.every(({ state }) => state === 'Ready')
  ) {
    return { state: 'Ready' };
  }
  const problem = subjects.find(({ state }) => state === 'Failed');
  const cause = problem && `${problem.cause}: ${problem.message}`;
  if (ask.kind === 'namespace' && namespace.cause === 'NamespaceExists') {
    return { ...failed(cause ?? namespace.cause), undo: true };
  }
  const since = new Date(updatedAt).getTime();
  if (now.getTime() - since < timeoutMs) {
    return { state: 'Provisioning' };
  }
  const minutes = Math.round(timeoutMs / 60_000);
  return failed(
    `It was not ready on the cluster after ${minutes} min${
      cause ? ` (${cause})` : ''
    }. It stays wanted; look again with a retry`,
  );
}

function failed(reason: string): { state: 'Failed'; reason: string } {
  return { state: 'Failed', reason };
}
