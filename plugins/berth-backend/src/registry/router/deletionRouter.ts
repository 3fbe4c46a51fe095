import { AuditorService } from '@backstage/backend-plugin-api';
import {
  berthClusterDeletePermission,
  deleteClusterQuerySchema,
  LeftoverResource,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ClusterAccess } from '../../access/ClusterAccess';
import { writeCluster } from '../../access/auditedWrites';
import { assertDeletable } from '../ClusterRegistrar';
import {
  ClusterChanges,
  LeftoverResources,
  ClusterStore,
} from '../../model/clusters';
import { parseBody } from '../../validation/parseBody';

export interface DeletionRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  changes: ClusterChanges;
  clusters: ClusterStore;
  leftovers: LeftoverResources;
}

/** `DELETE /clusters/{name}` and `/clusters/{name}/leftovers`. */
export function createDeletionRouter({
  access,
  auditor,
  changes,
  clusters,
  leftovers,
}: DeletionRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/clusters/:name/leftovers', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.administer(
      caller,
      request.params.name,
      berthClusterDeletePermission,
    );
    response.json(await leftovers.list(cluster));
  });

  // Without clean-up, the objects that Berth created stay on the cluster: the groups' work must not depend on the
  // portal, and the cluster may not exist any more.
  router.delete('/clusters/:name', async (request, response) => {
    const { name } = request.params;
    const { cleanUp = false } = parseBody(
      deleteClusterQuerySchema,
      request.query,
    );
    await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-delete',
        severityLevel: 'high',
        permission: berthClusterDeletePermission,
        cluster: name,
        meta: { cleanUp },
      },
      async ({ cluster, shares }) => {
        assertDeletable(cluster);
        const forget = async () => {
          await clusters.delete(cluster.id);
          changes.changed(cluster.id);
        };
        let removed: LeftoverResource[] = [];
        if (cleanUp) {
          removed = await leftovers.cleanUp(cluster, forget);
        } else {
          await forget();
        }
        return {
          result: undefined,
          meta: {
            apiServer: cluster.apiServer,
            groups: shares.map(share => share.group),
            removed: removed.length,
          },
        };
      },
    );
    response.status(204).end();
  });

  return router;
}
