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
 * Changes the owner, system and purpose of a namespace.
 *
 * @throws InputError if the body is invalid or names entities that the catalog lacks; PreconditionFailedError if the
 *   namespace was changed since the caller read it; as `NamespaceStore.update` does
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
      await assertInCatalog(change, visible, caller, options);
      const { cluster } = visible;
      const key = { clusterId: cluster.id, name };
      const { before, after } = await tenancy.transaction(async inside => {
        await inside.grants.lock(key);
        const current = await inside.namespaces.get(key);
        // No precondition is required, because fields that the body leaves out stay unchanged.
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

/** Checks only new values, because the old ones may have left the catalog since. */
async function assertInCatalog(
  { owner, system }: NamespaceChange,
  { cluster, namespace: before }: VisibleNamespace,
  { credentials }: Caller,
  { catalog, names }: TenancyRouterOptions,
): Promise<void> {
  if (owner && owner !== before.owner) {
    await assertCatalogOwner(catalog, owner, credentials);
  }
  // The store checks the owner of a home namespace.
  const isOther = owner !== undefined && owner !== before.owner;
  if (isOther && before.origin !== 'share') {
    await names.assertMayOwn(cluster, before.name, owner ?? undefined);
  }
  if (system && system !== before.system) {
    await assertCatalogSystem(catalog, system, credentials);
  }
}

/** Quotes the purpose, because one that begins like a group ref would be read as a ref. */
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
