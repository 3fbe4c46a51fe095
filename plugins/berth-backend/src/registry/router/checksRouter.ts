import { AuditorService } from '@backstage/backend-plugin-api';
import {
  berthClusterUpdatePermission,
  ClusterCheck,
  List,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../../access/audited';
import { ClusterAccess } from '../../access/ClusterAccess';
import { connectionCheck } from '../probe/connectionCheck';
import { ClusterProbes } from '../types';

export interface ChecksRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  probes: ClusterProbes;
}

/** `/clusters/{name}/checks`. */
export function createChecksRouter({
  access,
  auditor,
  probes,
}: ChecksRouterOptions): Router {
  const router = PromiseRouter();

  router.post('/clusters/:name/checks', async (request, response) => {
    const { name } = request.params;
    const checks = await audited(
      auditor,
      {
        eventId: 'cluster-check',
        severityLevel: 'low',
        request,
        meta: { cluster: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster } = await access.administer(
          caller,
          name,
          berthClusterUpdatePermission,
        );
        const result = await probes.probe(cluster.id);
        return {
          result: [connectionCheck(result)],
          meta: { clusterId: cluster.id, state: result.state },
        };
      },
    );
    const list: List<ClusterCheck> = {
      items: checks,
      totalItems: checks.length,
    };
    response.json(list);
  });

  return router;
}
