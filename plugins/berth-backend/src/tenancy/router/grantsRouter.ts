import {
  berthGrantUpdatePermission,
  Grant,
  List,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../../access/audited';
import { ClusterName } from '../../registry/types';
import { checkIfMatch, sendEntityTag } from '../../validation/preconditions';
import { presentGrant } from '../presentNamespace';
import { parseSetGrants } from '../requests';
import { GrantRecord, HeldGrant } from '../types';
import { TenancyRouterOptions } from './options';
import { wishGrants } from './wishGrants';

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
    sendEntityTag(response, essence(grants));
    response.json(present(grants, cluster));
  });

  router.put(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    const list = await audited(
      auditor,
      {
        eventId: 'namespace-grant',
        severityLevel: 'medium',
        request,
        meta: { cluster: clusterName, namespace: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster, grants: before } = await namespaceAccess.administer(
          caller,
          clusterName,
          name,
          berthGrantUpdatePermission,
        );
        const wishes = await wishGrants(
          catalog,
          parseSetGrants(request.body, new Date()),
          caller.credentials,
        );
        const key = { clusterId: cluster.id, name };
        const after = await tenancy.atOnce(async ({ grants }) => {
          await grants.lock(key);
          checkIfMatch(
            request,
            essence(await grants.list(key)),
            `Access to ${name}`,
          );
          return grants.replace(key, wishes, caller.person.userRef);
        });
        changes.changed(cluster.id);
        sendEntityTag(response, essence(after));
        return {
          result: present(after, cluster),
          meta: {
            clusterId: cluster.id,
            added: missingFrom(after, before),
            removed: missingFrom(before, after),
          },
        };
      },
    );
    response.json(list);
  });

  return router;
}

function present(grants: HeldGrant[], { name }: ClusterName): List<Grant> {
  return {
    items: grants.map(grant => presentGrant(grant, { name })),
    totalItems: grants.length,
  };
}

/** What admins decide on; how far the cluster is changes by itself. */
function essence(grants: GrantRecord[]) {
  return grants.map(({ group, role, expiresAt, source }) => [
    group,
    role,
    expiresAt ?? null,
    source,
  ]);
}

function missingFrom(of: GrantRecord[], others: GrantRecord[]): string[] {
  const known = new Set(others.map(({ id }) => id));
  return of
    .filter(({ id }) => !known.has(id))
    .map(({ group, role, expiresAt }) =>
      expiresAt ? `${group} ${role} until ${expiresAt}` : `${group} ${role}`,
    );
}
