import { NotFoundError } from '@backstage/errors';
import {
  berthQuotaUpdatePermission,
  SetQuotaResponse,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { writeNamespace } from '../../access/auditedWrites';
import {
  checkPrecondition,
  sendEntityTag,
} from '../../validation/preconditions';
import { quotaTag } from '../entityTags';
import { presentQuota } from '../presentNamespace';
import { excess } from '../quota/excess';
import { parseQuotaRequest } from '../../validation/parseBounds';
import { TenancyRouterOptions } from './options';

/** `/clusters/{name}/namespaces/{namespace}/quota` and `/size-classes`. */
export function createQuotaRouter(options: TenancyRouterOptions): Router {
  const { access, auditor, changes, namespaceAccess } = options;
  const { sizeClasses, tenancy } = options;
  const path = '/clusters/:cluster/namespaces/:namespace/quota';
  const router = PromiseRouter();

  router.get('/size-classes', async (request, response) => {
    await access.caller(request);
    response.json({ items: sizeClasses, totalItems: sizeClasses.length });
  });

  router.get(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    const caller = await access.caller(request);
    const { cluster } = await namespaceAccess.get(caller, clusterName, name);
    const key = { clusterId: cluster.id, name };
    const [quota] = await tenancy.quotas.list(key);
    if (!quota) {
      throw new NotFoundError(`${name} has no quota: nothing bounds its use`);
    }
    const presented = presentQuota(quota);
    sendEntityTag(response, presented.etag);
    response.json(presented);
  });

  router.put(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    const answer = await writeNamespace<SetQuotaResponse>(
      { access, auditor, namespaceAccess },
      {
        request,
        eventId: 'quota-set',
        severityLevel: 'medium',
        permission: berthQuotaUpdatePermission,
        cluster: clusterName,
        namespace: name,
      },
      async ({ cluster }) => {
        const bounds = parseQuotaRequest(request.body, sizeClasses);
        const key = { clusterId: cluster.id, name };
        const { before, after } = await tenancy.transaction(async inside => {
          await inside.grants.lock(key);
          const [current] = await inside.quotas.list(key);
          checkPrecondition(
            request,
            current && quotaTag(current),
            `The quota of ${name}`,
            current !== undefined,
          );
          return {
            before: current,
            after: await inside.quotas.set(key, bounds),
          };
        });
        changes.changed(cluster.id);
        return {
          result: {
            ...presentQuota(after),
            exceeded: excess(after.hard, after.used),
          },
          meta: {
            from: before?.hard ?? null,
            to: after.hard,
            sizeClass: after.sizeClass ?? null,
          },
        };
      },
    );
    sendEntityTag(response, answer.etag);
    response.json(answer);
  });

  router.delete(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    await writeNamespace(
      { access, auditor, namespaceAccess },
      {
        request,
        eventId: 'quota-delete',
        severityLevel: 'medium',
        permission: berthQuotaUpdatePermission,
        cluster: clusterName,
        namespace: name,
      },
      async ({ cluster }) => {
        const key = { clusterId: cluster.id, name };
        await tenancy.transaction(async inside => {
          await inside.grants.lock(key);
          const [current] = await inside.quotas.list(key);
          checkPrecondition(
            request,
            current && quotaTag(current),
            `The quota of ${name}`,
            current !== undefined,
          );
          await inside.quotas.remove(key);
        });
        changes.changed(cluster.id);
        return { result: undefined };
      },
    );
    response.status(204).end();
  });

  return router;
}
