import { NotFoundError } from '@backstage/errors';
import {
  berthQuotaUpdatePermission,
  SetQuotaResponse,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../../access/audited';
import { checkIfMatch, sendEntityTag } from '../../validation/preconditions';
import { presentQuota } from '../presentNamespace';
import { excess } from '../quota/excess';
import { parseQuotaRequest } from '../quota/parseBounds';
import { QuotaBounds } from '../types';
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
    sendEntityTag(response, essence(quota));
    response.json(presentQuota(quota));
  });

  router.put(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    const answer = await audited<SetQuotaResponse>(
      auditor,
      {
        eventId: 'quota-set',
        severityLevel: 'medium',
        request,
        meta: { cluster: clusterName, namespace: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster } = await namespaceAccess.administer(
          caller,
          clusterName,
          name,
          berthQuotaUpdatePermission,
        );
        const bounds = parseQuotaRequest(request.body, sizeClasses);
        const key = { clusterId: cluster.id, name };
        const { before, after } = await tenancy.atOnce(async inside => {
          await inside.grants.lock(key);
          const [current] = await inside.quotas.list(key);
          checkIfMatch(
            request,
            current && essence(current),
            `The quota of ${name}`,
          );
          return {
            before: current,
            after: await inside.quotas.set(key, bounds),
          };
        });
        changes.changed(cluster.id);
        sendEntityTag(response, essence(after));
        return {
          result: {
            ...presentQuota(after),
            exceeded: excess(after.hard, after.used),
          },
          meta: {
            clusterId: cluster.id,
            from: before?.hard ?? null,
            to: after.hard,
            sizeClass: after.sizeClass ?? null,
          },
        };
      },
    );
    response.json(answer);
  });

  router.delete(path, async (request, response) => {
    const { cluster: clusterName, namespace: name } = request.params;
    await audited(
      auditor,
      {
        eventId: 'quota-delete',
        severityLevel: 'medium',
        request,
        meta: { cluster: clusterName, namespace: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster } = await namespaceAccess.administer(
          caller,
          clusterName,
          name,
          berthQuotaUpdatePermission,
        );
        await tenancy.quotas.remove({ clusterId: cluster.id, name });
        changes.changed(cluster.id);
        return { result: undefined, meta: { clusterId: cluster.id } };
      },
    );
    response.status(204).end();
  });

  return router;
}

/** What admins decide on; use changes by itself. */
function essence({ sizeClass, hard, limits, priorityClasses }: QuotaBounds) {
  return [sizeClass ?? null, hard, limits, priorityClasses];
}
