import { AuditorService } from '@backstage/backend-plugin-api';
import {
  berthClusterCreatePermission,
  berthClusterDeletePermission,
  berthClusterUpdatePermission,
  Cluster,
  List,
} from '@berth/plugin-berth-common';
import { createHash } from 'node:crypto';
import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AddressPolicy } from '../../kube';
import { audited } from '../../access/audited';
import { ClusterAccess } from '../../access/ClusterAccess';
import { presentCluster } from '../presentCluster';
import { parseIfMatch } from '../revision';
import { ClusterChanges, ClusterProbes, ClusterStore } from '../types';
import {
  parseCreateCluster,
  parseUpdateCluster,
} from '../validation/clusterRequests';

export interface ClustersRouterOptions {
  access: ClusterAccess;
  addressPolicy: AddressPolicy;
  auditor: AuditorService;
  changes: ClusterChanges;
  clusters: ClusterStore;
  probes: ClusterProbes;
}

/** `/clusters` and `/clusters/{name}`. */
export function createClustersRouter({
  access,
  addressPolicy,
  auditor,
  changes,
  clusters,
  probes,
}: ClustersRouterOptions): Router {
  const router = PromiseRouter();

  function announce(clusterId: string) {
    changes.changed(clusterId);
    probes.request(clusterId);
  }

  router.get('/clusters', async (request, response) => {
    const caller = await access.caller(request);
    const visible = await access.list(caller);
    const list: List<Cluster> = {
      items: visible.map(({ cluster, shares }) =>
        presentCluster(cluster, shares, caller.person),
      ),
      totalItems: visible.length,
    };
    response.json(list);
  });

  router.post('/clusters', async (request, response) => {
    const created = await audited(
      auditor,
      { eventId: 'cluster-create', severityLevel: 'medium', request },
      async () => {
        const { person } = await access.admin(
          request,
          berthClusterCreatePermission,
        );
        const settings = parseCreateCluster(request.body, addressPolicy);
        const cluster = await clusters.create(settings);
        announce(cluster.id);
        return {
          result: presentCluster(cluster, [], person),
          meta: {
            cluster: cluster.name,
            clusterId: cluster.id,
            apiServer: cluster.apiServer,
            caSha256: fingerprint(cluster.caPem),
          },
        };
      },
    );
    send(response.status(201), created);
  });

  router.get('/clusters/:name', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster, shares } = await access.get(caller, request.params.name);
    send(response, presentCluster(cluster, shares, caller.person));
  });

  router.patch('/clusters/:name', async (request, response) => {
    const { name } = request.params;
    const updated = await audited(
      auditor,
      {
        eventId: 'cluster-update',
        severityLevel: 'medium',
        request,
        meta: { cluster: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster, shares } = await access.administer(
          caller,
          name,
          berthClusterUpdatePermission,
        );
        const changed = parseUpdateCluster(request.body, addressPolicy);
        const after = await clusters.update(
          cluster.id,
          changed,
          parseIfMatch(request.headers['if-match']),
        );
        announce(cluster.id);
        return {
          result: presentCluster(after, shares, caller.person),
          meta: {
            clusterId: cluster.id,
            fields: Object.keys(changed),
            ...(changed.apiServer !== undefined && {
              apiServer: { from: cluster.apiServer, to: after.apiServer },
            }),
            ...(changed.caPem !== undefined && {
              caSha256: {
                from: fingerprint(cluster.caPem),
                to: fingerprint(after.caPem),
              },
            }),
          },
        };
      },
    );
    send(response, updated);
  });

  // What Berth made on the cluster stays there: without its record there is no credential to remove it
  // with, and the groups' work must not depend on the portal's bookkeeping.
  router.delete('/clusters/:name', async (request, response) => {
    const { name } = request.params;
    await audited(
      auditor,
      {
        eventId: 'cluster-delete',
        severityLevel: 'high',
        request,
        meta: { cluster: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster, shares } = await access.administer(
          caller,
          name,
          berthClusterDeletePermission,
        );
        await clusters.delete(cluster.id);
        changes.changed(cluster.id);
        return {
          result: undefined,
          meta: {
            clusterId: cluster.id,
            apiServer: cluster.apiServer,
            groups: shares.map(share => share.group),
          },
        };
      },
    );
    response.status(204).end();
  });

  return router;
}

/** The ETag is that of the settings only, so nobody may take a stored answer for the status of now. */
function send(response: Response, cluster: Cluster) {
  response
    .set('ETag', cluster.etag)
    .set('Cache-Control', 'no-store')
    .json(cluster);
}

/** Tells CA bundles apart in the audit log without writing them there. */
function fingerprint(caPem: string): string {
  return createHash('sha256').update(caPem).digest('hex');
}
