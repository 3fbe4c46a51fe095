import { berthNamespaceUpdatePermission } from '@berth/plugin-berth-common';
import { JsonObject } from '@backstage/types';
import { Request } from 'express';
import { Caller } from '../../access/Callers';
import { writeNamespace } from '../../access/auditedWrites';
import { VisibleNamespace } from '../../access/NamespaceAccess';
import { assertCatalogOwner } from '../../catalog/catalogGroups';
import { assertCatalogSystem } from '../../catalog/catalogSystem';
import { checkPrecondition } from '../../validation/preconditions';
import { namespaceTag } from '../entityTags';
import { parseUpdateNamespace } from '../requests';
import { NamespaceChange, NamespaceRecord } from '../../model/tenancy';
import { TenancyRouterOptions } from './options';

const FIELDS = ['owner', 'system', 'purpose'] as const;

/**
 * Changes who owns a namespace, which system it is part of, and what it is for.
 *
 * @throws InputError if the body is wrong or the catalog lacks what it names; PreconditionFailedError if it
 *   was changed since the caller looked; as `NamespaceStore.update` does
 */
export async function updateNamespace(
  request: Request,
  options: TenancyRouterOptions,
): Promise<VisibleNamespace> {
  const { access, auditor, changes, namespaceAccess, tenancy } = options;
  const { cluster: clusterName, namespace: name } = request.params;
  return writeNamespace(
    { access, auditor, namespaceAccess },
    {
      request,
      eventId: 'namespace-update',
      severityLevel: 'medium',
      permission: berthNamespaceUpdatePermission,
      cluster: clusterName,
      namespace: name,
    },
    async visible => {
      const { caller } = visible;
      const change = parseUpdateNamespace(request.body);
      await assertInCatalog(change, visible.namespace, caller, options);
      const { cluster } = visible;
      const key = { clusterId: cluster.id, name };
      const { before, after } = await tenancy.transaction(async inside => {
        await inside.grants.lock(key);
        const current = await inside.namespaces.get(key);
        // Without a precondition, as what the body leaves out stays.
        checkPrecondition(
          request,
          current && namespaceTag(current),
          name,
          false,
        );
        return inside.namespaces.update(key, change);
      });
      changes.changed(cluster.id);
      return {
        result: { ...visible, namespace: after },
        meta: { changed: changedFields(before, after) },
      };
    },
  );
}

/** Only what is new: what it had may have left the catalog since. */
async function assertInCatalog(
  { owner, system }: NamespaceChange,
  before: NamespaceRecord,
  { credentials }: Caller,
  { catalog, names }: TenancyRouterOptions,
): Promise<void> {
  if (owner && owner !== before.owner) {
    await assertCatalogOwner(catalog, owner, credentials);
  }
  // The owner of a home namespace is another rule, and the store's.
  const isOther = owner !== undefined && owner !== before.owner;
  if (isOther && before.origin !== 'share') {
    await names.assertMayOwn(before.name, owner ?? undefined);
  }
  if (system && system !== before.system) {
    await assertCatalogSystem(catalog, system, credentials);
  }
}

/** A purpose is quoted, as one that begins like the ref of a group would be taken for one. */
function changedFields(
  before: NamespaceRecord,
  after: NamespaceRecord,
): JsonObject {
  const said = (value: string | undefined, field: string) =>
    field === 'purpose' && value !== undefined
      ? JSON.stringify(value)
      : value ?? null;
  return Object.fromEntries(
    FIELDS.filter(field => before[field] !== after[field]).map(field => [
      field,
      { from: said(before[field], field), to: said(after[field], field) },
    ]),
  );
}
