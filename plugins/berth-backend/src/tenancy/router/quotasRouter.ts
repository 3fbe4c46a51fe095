import {
  ClusterQuotas,
  clusterQuotasQuerySchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseBody } from '../../validation/parseBody';
import { presentNamespace } from '../presentNamespace';
import { quotaTotals } from '../quota/totals';
import { TenancyRouterOptions } from './options';

const MAX_ITEMS = 500;

/** `GET /quotas?cluster=`: the promised and used amounts of a cluster. Platform admins and auditors only. */
export function createQuotasRouter(options: TenancyRouterOptions): Router {
  const { access, namespaceAccess, tenancy } = options;
  const router = PromiseRouter();

  router.get('/quotas', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster: name } = parseBody(
      clusterQuotasQuerySchema,
      request.query,
    );
    const { cluster } = await access.inspect(caller, name);
    const search = { clusters: [name], orderBy: 'name' as const };
    const [visible, unbounded, quotas] = await Promise.all([
      namespaceAccess.list(caller, search, { limit: MAX_ITEMS }),
      namespaceAccess.list(
        caller,
        { ...search, unbounded: true },
        { limit: 1 },
      ),
      tenancy.quotas.list({ clusterId: cluster.id }),
    ]);
    const answer: ClusterQuotas = {
      cluster: name,
      totals: quotaTotals(quotas, cluster.status),
      unbounded: unbounded.totalItems,
      items: visible.items.map(presentNamespace),
      totalItems: visible.totalItems,
    };
    response.json(answer);
  });

  return router;
}
