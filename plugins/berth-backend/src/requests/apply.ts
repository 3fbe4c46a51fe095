import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  GrantRequestSpec,
  NamespaceRequestSpec,
  QuotaRequestSpec,
} from '@berth/plugin-berth-common';
import { isNameTaken } from '../model/foreignNamespace';
import {
  GrantRecord,
  GrantSpec,
  NamespaceKey,
  NamespaceRecord,
  QuotaBounds,
  QuotaRecord,
  TenancyStores,
} from '../model/tenancy';
import { grantTakesAway, holdingOf, quotaTakesAway } from './limits';
import { AppliedMark, RequestRecord } from './model';

/** The data that is read before the transaction. */
export interface Prepared {
  bounds?: QuotaBounds;
  /** The group in the spelling of the catalog. */
  group?: { ref: string; uid?: string };
}

/**
 * Writes an approved request into the tenancy, in a transaction. A repeated call completes what is missing.
 *
 * @throws ConflictError, NotFoundError or InputError if the request cannot be applied any more
 */
export async function applyRequest(
  tenancy: TenancyStores,
  request: RequestRecord,
  { bounds, group }: Prepared,
): Promise<AppliedMark> {
  const { spec, clusterId, requester, applied } = request;
  const key = { clusterId, name: spec.namespace };
  const at = new Date().toISOString();
  switch (spec.kind) {
    case 'namespace': {
      const newGrant = newGrantOf(spec, group);
      const { createdAt } = await ownNamespace(tenancy, key, spec, {
        requester,
        applied,
      });
      const grantId = await addGrant(tenancy, key, newGrant, requester);
      await tenancy.quotas.set(key, assertBounds(spec, bounds));
      return { at, namespaceCreatedAt: createdAt, grantId };
    }
    case 'quota': {
      const { createdAt } = await approvedNamespace(tenancy, key, request);
      const wanted = assertBounds(spec, bounds);
      const [held] = await tenancy.quotas.list(key);
      assertOnlyGains(request, quotaTakesAway(wanted, held));
      await tenancy.quotas.set(key, wanted);
      return { at, namespaceCreatedAt: createdAt };
    }
    default: {
      const { createdAt } = await approvedNamespace(tenancy, key, request);
      const held = await tenancy.grants.list(key);
      const holding = holdingOf(held, spec.group, new Date());
      assertOnlyGains(request, grantTakesAway(spec, holding));
      const newGrant = newGrantOf(spec, group);
      const grantId = await addGrant(tenancy, key, newGrant, requester);
      return { at, namespaceCreatedAt: createdAt, grantId };
    }
  }
}

/** Returns a new namespace, or the one that this request created before. */
async function ownNamespace(
  { namespaces }: TenancyStores,
  key: NamespaceKey,
  { group, system, purpose }: NamespaceRequestSpec,
  {
    requester,
    applied,
  }: { requester: string; applied: AppliedMark | undefined },
): Promise<NamespaceRecord> {
  const known = await namespaces.get(key);
  const own =
    known &&
    known.createdAt === applied?.namespaceCreatedAt &&
    known.owner === group &&
    known.deletingSince === undefined;
  return own
    ? known
    : namespaces.create({
        ...key,
        owner: group,
        system,
        purpose,
        createdBy: requester,
      });
}

/**
 * Locks and reads the namespace that the approval is for. The approval is only for the namespace that the approver or
 * the rule saw: not for another one of the same name, and not after a change of the owner.
 */
async function approvedNamespace(
  { grants, namespaces }: TenancyStores,
  key: NamespaceKey,
  { approvedFor }: RequestRecord,
): Promise<NamespaceRecord> {
  await grants.lock(key);
  const namespace = await namespaces.get(key);
  if (!namespace || namespace.deletingSince !== undefined) {
    throw new NotFoundError(`The namespace ${key.name} is being deleted`);
  }
  if (namespace.createdAt !== approvedFor?.createdAt) {
    throw new ConflictError(
      `The namespace ${key.name} was deleted and created again since this was approved; make a new request`,
    );
  }
  if (namespace.owner !== approvedFor.owner) {
    throw new ConflictError(
      `The namespace ${key.name} has another owner than when this was approved; make a new request`,
    );
  }
  return namespace;
}

/** A rule approves a request only if the group gains by it, so a loss needs another approval. */
function assertOnlyGains({ steps }: RequestRecord, loss: string | undefined) {
  const approval = steps.findLast(({ state }) =>
    ['AutoApproved', 'Approved'].includes(state),
  );
  if (approval?.state === 'AutoApproved' && loss !== undefined) {
    throw new ConflictError(
      `${loss}. That was not so when the rule approved it; make a new request`,
    );
  }
}

/** Keeps the grants of other groups, and replaces the grant of the group. */
async function addGrant(
  { grants }: TenancyStores,
  key: NamespaceKey,
  newGrant: GrantSpec,
  by: string,
): Promise<string | undefined> {
  await grants.lock(key);
  const group = newGrant.group.toLowerCase();
  const held = await grants.list(key);
  if (held.some(one => one.group === group && one.source === 'share')) {
    throw new ConflictError(
      `${group} is admin of ${key.name} by the share of the cluster already`,
    );
  }
  const others = held.filter(
    one => one.source === 'grant' && one.group !== group,
  );
  const after = await grants.replace(
    key,
    [
      ...others.map(other => ({
        group: other.group,
        uid: other.groupUid,
        role: other.role,
        expiresAt: other.expiresAt,
      })),
      newGrant,
    ],
    by,
  );
  return after.find(one => one.group === group)?.id;
}

function newGrantOf(
  spec: NamespaceRequestSpec | GrantRequestSpec,
  group: Prepared['group'],
): GrantSpec {
  return {
    group: group?.ref ?? spec.group,
    uid: group?.uid,
    role: spec.kind === 'grant' ? spec.role : 'admin',
    expiresAt: spec.expiresAt,
  };
}

function assertBounds(
  { namespace }: NamespaceRequestSpec | QuotaRequestSpec,
  bounds: QuotaBounds | undefined,
): QuotaBounds {
  if (!bounds) {
    throw new ConflictError(`It is not known what ${namespace} may use`);
  }
  return bounds;
}

/** The current state of what a request provisions. */
export interface Provisioned {
  /** Whether the cluster is still registered. */
  cluster: boolean;
  namespace?: NamespaceRecord;
  /** The grants in the namespace. */
  grants: GrantRecord[];
  quota?: QuotaRecord;
}

export type Settled =
  | { state: 'Provisioning' }
  | { state: 'Ready' }
  | {
      state: 'Failed';
      /** The reason, for people. */
      reason: string;
      /** Nothing was created on the cluster, so Berth removes its own entry. */
      undo?: boolean;
    };

/**
 * Computes the state of provisioning.
 *
 * The reconciler retries after a failure, so most failures may still recover before the timeout. A failure that only
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

/** Returns what was changed or removed since the request was applied; undefined if all of it still exists. */
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

/** Frees the name of a namespace that was never created on the cluster. */
export async function takeBack(
  { namespaces }: TenancyStores,
  { spec, applied, clusterId }: RequestRecord,
): Promise<void> {
  const key = { clusterId, name: spec.namespace };
  const namespace = await namespaces.get(key);
  if (
    namespace &&
    isNameTaken(namespace.cause) &&
    namespace.createdAt === applied?.namespaceCreatedAt
  ) {
    await namespaces.remove(key);
  }
}
