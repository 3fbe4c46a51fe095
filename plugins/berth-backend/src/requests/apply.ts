import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  GrantRequestSpec,
  NamespaceRequestSpec,
  QuotaRequestSpec,
} from '@berth/plugin-berth-common';
import {
  GrantSpec,
  NamespaceKey,
  NamespaceRecord,
  QuotaBounds,
  TenancyStores,
} from '../model/tenancy';
import { grantTakesAway, holdingOf, quotaTakesAway } from './takesAway';
import { AppliedMark, RequestRecord } from './types';

/** What was found out before the transaction. */
export interface Prepared {
  bounds?: QuotaBounds;
  /** The group as the catalog has it. */
  group?: { ref: string; uid?: string };
}

/**
 * Writes what was approved into the tenancy, as part of a transaction. Done again, it completes what is
 * missing.
 *
 * @throws ConflictError, NotFoundError or InputError if it cannot be any more
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

/** A new namespace, or the one that this request made before. */
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
 * The namespace that was approved, locked. An approval is for the namespace that the approver, or the rule, saw:
 * another one of its name, or one that changed its owner, is for its owner to give.
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

/** A rule that approved what was a gain does not approve what has become a loss. */
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

/** Keeps the grants of other groups, and replaces what the group had. */
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
