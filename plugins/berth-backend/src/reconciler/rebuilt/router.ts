import { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  berthClusterUpdatePermission,
  confirmRebuiltRequestSchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { ClusterAccess } from '../../access/ClusterAccess';
import { writeCluster } from '../../access/auditedWrites';
import { isKubeError } from '../../kube';
import {
  ClusterChanges,
  ClusterConnector,
  ClusterProbes,
} from '../../model/clusters';
import { parseBody } from '../../validation/parseBody';
import { confirmRebuilt } from './confirmRebuilt';

export interface RebuiltRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  changes: ClusterChanges;
  connect: ClusterConnector;
  database: Knex;
  probes: ClusterProbes;
}

/** `/clusters/{name}/rebuilt`. */
export function createRebuiltRouter(options: RebuiltRouterOptions): Router {
  const { access, auditor, changes, connect, database, probes } = options;
  const router = PromiseRouter();

  router.post('/clusters/:name/rebuilt', async (request, response) => {
    const { name } = request.params;
    await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-rebuilt',
        severityLevel: 'high',
        permission: berthClusterUpdatePermission,
        cluster: name,
      },
      async ({ cluster }) => {
        const { kubeSystemUid } = parseBody(
          confirmRebuiltRequestSchema,
          request.body,
        );
        try {
          await confirmRebuilt(
            database,
            connect(cluster),
            cluster,
            kubeSystemUid,
          );
        } catch (error) {
          if (isKubeError(error)) {
            throw new ConflictError(
              `The namespace kube-system of ${name} cannot be read, so nothing was changed: ${error.message}`,
            );
          }
          throw error;
        }
        changes.changed(cluster.id);
        await probes.probe(cluster.id);
        return {
          result: undefined,
          meta: {
            from: cluster.kubeSystemUid,
            to: kubeSystemUid,
          },
        };
      },
    );
    response.status(204).end();
  });

  return router;
}
