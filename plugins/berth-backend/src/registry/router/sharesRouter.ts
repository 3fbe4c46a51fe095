import { AuditorService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  berthClusterSharePermission,
  largeTokenBytes,
  ShareList,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../../access/audited';
import { normalizeGroupRef } from '../../tenancy/groupRef';
import { CatalogGroup, findCatalogGroups } from '../catalogGroups';
import { ClusterAccess } from '../../access/ClusterAccess';
import { presentShare } from '../presentCluster';
import {
  ClusterChanges,
  ClusterProbes,
  ShareRecord,
  ShareStore,
} from '../types';
import { parseSetShares } from '../validation/shareRequest';

export interface SharesRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  catalog: CatalogService;
  changes: ClusterChanges;
  probes: ClusterProbes;
  shares: ShareStore;
}

/** `/clusters/{name}/shares`. */
export function createSharesRouter({
  access,
  auditor,
  catalog,
  changes,
  probes,
  shares,
}: SharesRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/clusters/:name/shares', async (request, response) => {
    const caller = await access.caller(request);
    const visible = await access.get(caller, request.params.name);
    response.json(presentShares(visible.shares));
  });

  router.put('/clusters/:name/shares', async (request, response) => {
    const { name } = request.params;
    const after = await audited(
      auditor,
      {
        eventId: 'cluster-share',
        severityLevel: 'medium',
        request,
        meta: { cluster: name },
      },
      async () => {
        const caller = await access.caller(request);
        const { cluster, shares: before } = await access.administer(
          caller,
          name,
          berthClusterSharePermission,
        );
        const wanted = parseSetShares(request.body);
        const groups = await findCatalogGroups(
          catalog,
          wanted.groups,
          caller.credentials,
        );
        const result = await shares.replace(
          cluster.id,
          groups.map(({ ref }) => ref),
          wanted.names,
          { uids: uidsOf(groups), takeOver: wanted.takeOver },
        );
        changes.changed(cluster.id);
        probes.request(cluster.id);
        return {
          result,
          meta: {
            clusterId: cluster.id,
            added: groupsMissing(result, before),
            removed: groupsMissing(before, result),
            ...(wanted.takeOver.length > 0 && { takeOver: wanted.takeOver }),
          },
        };
      },
    );
    response.json({ ...presentShares(after), ...warningsOf(after) });
  });

  return router;
}

function presentShares(shares: ShareRecord[]): ShareList {
  return { items: shares.map(presentShare), totalItems: shares.length };
}

function warningsOf(shares: ShareRecord[]): Pick<ShareList, 'warnings'> {
  const bytes = largeTokenBytes(
    shares.map(({ kubernetesName }) => kubernetesName),
  );
  return bytes === undefined
    ? {}
    : {
        warnings: [
          `The token of a person who is in all ${
            shares.length
          } groups is about ${Math.round(
            bytes / 1024,
          )} KB. kubectl works with it, but proxies often refuse headers above 8 KB, and then the Kubernetes tab does not show this cluster to that person`,
        ],
      };
}

function uidsOf(groups: CatalogGroup[]): Record<string, string> {
  return Object.fromEntries(
    groups.flatMap(({ ref, uid }) =>
      uid === undefined ? [] : [[normalizeGroupRef(ref), uid]],
    ),
  );
}

function groupsMissing(from: ShareRecord[], others: ShareRecord[]): string[] {
  const known = new Set(others.map(share => share.group));
  return from.map(share => share.group).filter(group => !known.has(group));
}
