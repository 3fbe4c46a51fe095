import { berthGrantUpdatePermission } from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { writeNamespace } from '../../access/auditedWrites';
import {
  checkPrecondition,
  sendEntityTag,
} from '../../validation/preconditions';
import { grantsTag } from '../entityTags';
import { normalizeGroupRef } from '../../validation/groupRef';
import { presentGrants } from '../presentNamespace';
import { parseSetGrants } from '../requests';
import { GrantRecord, GrantSpec } from '../../model/tenancy';
import { TenancyRouterOptions } from './options';
import { resolveGrants } from './resolveGrants';

/** `/clusters/{name}/namespaces/{namespace}/grants`. */
export function createGrantsRouter(options: TenancyRouterOptions): Router {
  const { access, auditor, catalog, changes } = options;
  const { namespaceAccess, tenancy } = options;
  const path = '/clusters/:cluster/namespaces/:namespace/grants';
  const router = PromiseRouter();

  router.get(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    const caller = await access.caller(request);
    const { cluster, grants } = await namespaceAccess.get(
      caller,
      clusterName,
      name,
    );
    const list = presentGrants(grants, cluster);
    sendEntityTag(response, list.etag);
    response.json(list);
  });

  router.put(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    const list = await writeNamespace(
      { access, auditor, namespaceAccess },
      {
        request,
        eventId: 'namespace-grant',
        severityLevel: 'medium',
        permission: berthGrantUpdatePermission,
        cluster: clusterName,
        namespace: name,
      },
      async ({ caller, cluster }) => {
        const specs = await resolveGrants(
          catalog,
          parseSetGrants(request.body),
          caller.credentials,
        );
        const key = { clusterId: cluster.id, name };
        const { before, after } = await tenancy.transaction(
          async ({ grants }) => {
            await grants.lock(key);
            const current = await grants.list(key);
            checkPrecondition(
              request,
              grantsTag(current),
              `Access to ${name}`,
              current.some(grant => !isKept(grant, specs)),
            );
            return {
              before: current,
              after: await grants.replace(key, specs, caller.person.userRef),
            };
          },
        );
        changes.changed(cluster.id);
        return {
          result: presentGrants(after, cluster),
          meta: {
            added: missingFrom(after, before),
            removed: missingFrom(before, after),
          },
        };
      },
    );
    sendEntityTag(response, list.etag);
    response.json(list);
  });

  return router;
}

/** Returns whether a grant stays unchanged. Grants of shares always do. */
function isKept(grant: GrantRecord, specs: GrantSpec[]): boolean {
  return (
    grant.source === 'share' ||
    specs.some(
      ({ group, role, expiresAt }) =>
        normalizeGroupRef(group) === grant.group &&
        role === grant.role &&
        expiresAt === grant.expiresAt,
    )
  );
}

function missingFrom(of: GrantRecord[], others: GrantRecord[]): string[] {
  const known = new Set(others.map(({ id }) => id));
  return of
    .filter(({ id }) => !known.has(id))
    .map(({ group, role, expiresAt }) =>
      expiresAt ? `${group} ${role} until ${expiresAt}` : `${group} ${role}`,
    );
}
