import { ConflictError, NotFoundError } from '@backstage/errors';
import { GrantAsk, NamespaceAsk, QuotaAsk } from '@berth/plugin-berth-common';
import {
  GrantWish,
  NamespaceKey,
  NamespaceRecord,
  QuotaBounds,
  TenancyStores,
} from '../tenancy/types';
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
  { ask, clusterId, requester, applied }: RequestRecord,
  { bounds, group }: Prepared,
): Promise<AppliedMark> {
  const key = { clusterId, name: ask.namespace };
  const at = new Date().toISOString();
  switch (ask.kind) {
    case 'namespace': {
      const wish = wishOf(ask, group);
      const { createdAt } = await ownNamespace(tenancy, key, ask, {
        requester,
        applied,
      });
      const grantId = await addGrant(tenancy, key, wish, requester);
      await tenancy.quotas.set(key, assertBounds(ask, bounds));
      return { at, namespaceCreatedAt: createdAt, grantId };
    }
    case 'quota': {
      const { createdAt } = await existing(tenancy, key);
      await tenancy.grants.lock(key);
      await tenancy.quotas.set(key, assertBounds(ask, bounds));
      return { at, namespaceCreatedAt: createdAt };
    }
    default: {
      const { createdAt } = await existing(tenancy, key);
      const wish = wishOf(ask, group);
      const grantId = await addGrant(tenancy, key, wish, requester);
      return { at, namespaceCreatedAt: createdAt, grantId };
    }
  }
}

/** A new namespace, or the one that this request made before. */
async function ownNamespace(
  { namespaces }: TenancyStores,
  key: NamespaceKey,
  { group, system, purpose }: NamespaceAsk,
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

async function existing(
  { namespaces }: TenancyStores,
  key: NamespaceKey,
): Promise<NamespaceRecord> {
  const namespace = await namespaces.get(key);
  if (!namespace || namespace.deletingSince !== undefined) {
    throw new NotFoundError(
      `There is no namespace ${key.name} on the cluster that Berth manages`,
    );
  }
  return namespace;
}

/** Beside the others' grants, and in place of what the group was granted before. */
async function addGrant(
  { grants }: TenancyStores,
  key: NamespaceKey,
  wish: GrantWish,
  by: string,
): Promise<string | undefined> {
  await grants.lock(key);
  const group = wish.group.toLowerCase();
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
      wish,
    ],
    by,
  );
  return after.find(one => one.group === group)?.id;
}

function wishOf(
  ask: NamespaceAsk | GrantAsk,
  group: Prepared['group'],
): GrantWish {
  return {
    group: group?.ref ?? ask.group,
    uid: group?.uid,
    role: ask.kind === 'grant' ? ask.role : 'admin',
    expiresAt: ask.expiresAt,
  };
}

function assertBounds(
  { namespace }: NamespaceAsk | QuotaAsk,
  bounds: QuotaBounds | undefined,
): QuotaBounds {
  if (!bounds) {
    throw new ConflictError(`It is not known what ${namespace} may use`);
  }
  return bounds;
}
