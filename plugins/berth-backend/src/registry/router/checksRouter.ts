import { AuditorService } from '@backstage/backend-plugin-api';
import {
  berthClusterUpdatePermission,
  CheckRun,
  List,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ClusterAccess } from '../../access/ClusterAccess';
import { writeCluster } from '../../access/auditedWrites';
import { CheckRunStore, ClusterDoctor } from '../doctor';
import { ClusterProbes } from '../../model/clusters';

export interface ChecksRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  checkRuns: CheckRunStore;
  doctor: ClusterDoctor;
  probes: ClusterProbes;
}

/** `/clusters/{name}/checks`, for admins. */
export function createChecksRouter({
  access,
  auditor,
  checkRuns,
  doctor,
  probes,
}: ChecksRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/clusters/:name/checks', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.inspect(caller, request.params.name);
    const items = await checkRuns.list(cluster.id);
    const list: List<CheckRun> = { items, totalItems: items.length };
    response.json(list);
  });

  router.post('/clusters/:name/checks', async (request, response) => {
    const { name } = request.params;
    const run = await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-check',
        severityLevel: 'low',
        permission: berthClusterUpdatePermission,
        cluster: name,
      },
      async ({ cluster }) => {
        // Updates the status, so that it is as recent as the run.
        const [result, { state }] = await Promise.all([
          doctor.run(cluster.id, 'Request'),
          probes.probe(cluster.id),
        ]);
        return {
          result,
          meta: {
            state,
            failed: result.items
              .filter(({ status }) => status === 'Failed')
              .map(({ id }) => id),
          },
        };
      },
    );
    response.json(run);
  });

  return router;
}
