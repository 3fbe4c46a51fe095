import { isNameTaken } from '../model/foreignNamespace';
import { GrantRecord, NamespaceRecord, QuotaRecord } from '../model/tenancy';
import { RequestRecord } from './types';

/** The current state of what a request provisions. */
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
      /** Nothing was created on the cluster, so Berth removes its own entry. */
      undo?: boolean;
    };

/**
 * Computes how far provisioning is.
 *
 * The reconciler tries again after a failure, so most failures may still recover within the time; a failure that only
 * people can fix ends the request at once.
 */
export function settle(
  request: RequestRecord,
  provisioned: Provisioned,
  { now, timeoutMs }: { now: Date; timeoutMs: number },
): Settled {
  const { spec, applied, updatedAt } = request;
  const { cluster, namespace, grants, quota } = provisioned;
  if (!cluster) {
    return failed(`The cluster ${spec.cluster} was deleted from the portal`);
  }
  const changed = changedSince(request, provisioned);
  if (changed !== undefined) {
    return failed(changed);
  }
  const grant = grants.find(({ id }) => id === applied?.grantId);
  const subjects = [
    ...(spec.kind === 'namespace' && namespace ? [namespace] : []),
    ...(grant ? [grant] : []),
    ...(spec.kind !== 'grant' && quota ? [quota] : []),
  ];
  if (
    namespace?.phase === 'Active' &&
    subjects.every(({ state }) => state === 'Ready')
  ) {
    return { state: 'Ready' };
  }
  const problem = subjects.find(({ state }) => state === 'Failed');
  const cause = problem && `${problem.cause}: ${problem.message}`;
  if (spec.kind === 'namespace' && isNameTaken(namespace?.cause)) {
    return { ...failed(cause ?? 'NamespaceExists'), undo: true };
  }
  const since = new Date(updatedAt).getTime();
  if (now.getTime() - since < timeoutMs) {
    return { state: 'Provisioning' };
  }
  const minutes = Math.round(timeoutMs / 60_000);
  return failed(
    `It was not ready on the cluster after ${minutes} min${
      cause ? ` (${cause})` : ''
    }. Berth keeps trying; try again within a day to check`,
  );
}

/** What of that which was written is not there any more, or is something else; undefined if all of it stands. */
export function changedSince(
  { spec, applied, bounds }: Pick<RequestRecord, 'spec' | 'applied' | 'bounds'>,
  { namespace, grants, quota }: Omit<Provisioned, 'cluster'>,
): string | undefined {
  if (
    !namespace ||
    namespace.createdAt !== applied?.namespaceCreatedAt ||
    namespace.deletingSince !== undefined
  ) {
    return `The namespace ${spec.namespace} was deleted meanwhile`;
  }
  if (
    applied.grantId !== undefined &&
    !grants.some(({ id }) => id === applied.grantId)
  ) {
    return 'The grant ended, or was taken away, meanwhile';
  }
  if (spec.kind === 'grant') {
    return undefined;
  }
  if (!quota) {
    return 'The quota was taken away meanwhile';
  }
  return JSON.stringify(quota.hard) === JSON.stringify(bounds?.hard)
    ? undefined
    : 'The quota was set to something else meanwhile';
}

function failed(reason: string): { state: 'Failed'; reason: string } {
  return { state: 'Failed', reason };
}
