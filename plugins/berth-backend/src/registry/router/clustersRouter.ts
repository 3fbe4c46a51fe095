import { AuditorService } from '@backstage/backend-plugin-api';
import {
  berthClusterCreatePermission,
  berthClusterUpdatePermission,
  Cluster,
  ClusterPreview,
  dryRunQuerySchema,
  List,
} from '@berth/plugin-berth-common';
import { createHash } from 'node:crypto';
import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AddressPolicy } from '../../kube';
import { audited } from '../../audit/audited';
import { ClusterAccess } from '../../access/ClusterAccess';
import { writeCluster } from '../../access/auditedWrites';
import { ClusterRegistrar, nameTaken } from '../ClusterRegistrar';
import { ConnectionStrategies } from '../connection/ConnectionStrategies';
import { CredentialStore } from '../../model/credentials';
import { clusterTag, presentCluster } from '../presentCluster';
import {
  checkPrecondition,
  namesState,
  sendEntityTag,
} from '../../validation/preconditions';
import {
  ClusterChanges,
  ClusterProbes,
  ClusterStore,
} from '../../model/clusters';
import { parseUpdateCluster } from '../validation/clusterRequests';
import { parseBody } from '../../validation/parseBody';
import {
  checkRegistration,
  parseRegistration,
} from '../validation/registration';

export interface ClustersRouterOptions {
  access: ClusterAccess;
  addressPolicy: AddressPolicy;
  auditor: AuditorService;
  changes: ClusterChanges;
  clusters: ClusterStore;
  credentials: CredentialStore;
  probes: ClusterProbes;
  /** Whether the portal passes requests on. */
  proxy: boolean;
  registrar: ClusterRegistrar;
  strategies: ConnectionStrategies;
}

/** `/clusters` and `/clusters/{name}`, except for deletions. */
export function createClustersRouter({
  access,
  addressPolicy,
  auditor,
  changes,
  clusters,
  credentials,
  probes,
  proxy,
  registrar,
  strategies,
}: ClustersRouterOptions): Router {
  const router = PromiseRouter();
  const rules = { policy: addressPolicy, proxy, strategies };

  function announce(clusterId: string) {
    changes.changed(clusterId);
    probes.request(clusterId);
  }

  async function credentialOf(clusterId: string) {
    const all = await credentials.list();
    return all.find(credential => credential.clusterId === clusterId);
  }

  router.get('/clusters', async (request, response) => {
    const caller = await access.caller(request);
    const [visible, kept] = await Promise.all([
      access.list(caller),
      credentials.list(),
    ]);
    const list: List<Cluster> = {
      items: visible.map(({ cluster, shares }) =>
        presentCluster(
          cluster,
          shares,
          caller.person,
          kept.find(({ clusterId }) => clusterId === cluster.id),
        ),
      ),
      totalItems: visible.length,
    };
    response.json(list);
  });

  router.post('/clusters', async (request, response, next) => {
    if (!parseBody(dryRunQuerySchema, request.query).dryRun) {
      next();
      return;
    }
    await access.admin(request, berthClusterCreatePermission);
    const { preview } = checkRegistration(request.body, rules);
    const taken = await clusters.get(preview.name);
    const answer: ClusterPreview = {
      ...preview,
      problems: [
        ...preview.problems,
        ...(taken ? nameTaken(preview.name).problems : []),
      ],
    };
    response.json(answer);
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
        const cluster = await registrar.create(
          parseRegistration(request.body, rules),
        );
        announce(cluster.id);
        return {
          result: presentCluster(
            cluster,
            [],
            person,
            await credentialOf(cluster.id),
          ),
          meta: {
            cluster: cluster.name,
            clusterId: cluster.id,
            apiServer: cluster.apiServer,
            caSha256: fingerprint(cluster.caPem),
            connection: cluster.connection,
          },
        };
      },
    );
    send(response.status(201), created);
  });

  router.get('/clusters/:name', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster, shares } = await access.get(caller, request.params.name);
    send(
      response,
      presentCluster(
        cluster,
        shares,
        caller.person,
        await credentialOf(cluster.id),
      ),
    );
  });

  router.patch('/clusters/:name', async (request, response) => {
    const { name } = request.params;
    const updated = await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-update',
        severityLevel: 'medium',
        permission: berthClusterUpdatePermission,
        cluster: name,
      },
      async ({ caller, cluster, shares }) => {
        // No precondition is required, because fields that the body leaves out stay unchanged.
        checkPrecondition(
          request,
          clusterTag(cluster),
          `The cluster "${name}"`,
          false,
        );
        const parsed = parseUpdateCluster(request.body, rules, cluster);
        const after = await registrar.update(
          cluster,
          parsed,
          'api',
          namesState(request),
        );
        announce(cluster.id);
        const { change, credential } = parsed;
        return {
          result: presentCluster(
            after,
            shares,
            caller.person,
            await credentialOf(cluster.id),
          ),
          meta: {
            fields: [
              ...Object.keys(change),
              ...(credential ? ['credential'] : []),
            ],
            ...(change.apiServer !== undefined && {
              apiServer: { from: cluster.apiServer, to: after.apiServer },
            }),
            ...(change.caPem !== undefined && {
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

  return router;
}

function send(response: Response, cluster: Cluster) {
  sendEntityTag(response, cluster.etag);
  response.json(cluster);
}

/** Distinguishes CA bundles in the audit log without logging them. */
function fingerprint(caPem: string): string {
  return createHash('sha256').update(caPem).digest('hex');
}
