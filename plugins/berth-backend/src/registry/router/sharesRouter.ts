import { AuditorService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { InputError } from '@backstage/errors';
import {
  berthClusterSharePermission,
  largeTokenBytes,
  ShareList,
  MAX_GROUPS,
} from '@berth/plugin-berth-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { normalizeGroupRef } from '../../validation/groupRef';
import { CatalogGroup, findCatalogGroups } from '../../catalog/catalogGroups';
import { ClusterAccess } from '../../access/ClusterAccess';
import { writeCluster } from '../../access/auditedWrites';
import { Caller } from '../../access/Callers';
import {
  checkPrecondition,
  entityTag,
  sendEntityTag,
} from '../../validation/preconditions';
import { presentShare } from '../presentCluster';
import {
  ClusterChanges,
  ClusterProbes,
  GroupIdentities,
  ShareRecord,
  ShareStore,
} from '../../model/clusters';
import {
  parseAddShare,
  parseRemoveShare,
  parseSetShares,
} from '../validation/shareRequest';
import { atField } from '../../text/fieldProblems';

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
    send(response, visible.shares);
  });

  router.put('/clusters/:name/shares', async (request, response) => {
    const after = await change(request, async caller => {
      const wanted = parseSetShares(request.body);
      const groups = await find(caller, wanted.groups);
      const refs = groups.map(({ ref }) => ref);
      const kept = new Set(refs.map(normalizeGroupRef));
      return {
        groups: current => {
          checkPrecondition(
            request,
            sharesTag(current),
            `Who shares the cluster ${request.params.name}`,
            current.some(({ group }) => !kept.has(group)),
          );
          return refs;
        },
        names: wanted.names,
        identities: { uids: uidsOf(groups), takeOver: wanted.takeOver },
      };
    });
    send(response, after, warningsOf(after));
  });

  router.post('/clusters/:name/shares', async (request, response) => {
    const after = await change(request, async caller => {
      const wanted = parseAddShare(request.body);
      const added = await find(caller, wanted.groups);
      return {
        groups: current => {
          const others = current
            .map(({ group }) => group)
            .filter(group => !wanted.groups.includes(group));
          if (others.length >= MAX_GROUPS) {
            throw atField(
              new InputError(
                `group ${wanted.groups[0]} is refused: a cluster can be shared with at most ${MAX_GROUPS} groups`,
              ),
              'group',
            );
          }
          return [...others, ...added.map(({ ref }) => ref)];
        },
        names: wanted.names,
        identities: {
          uids: uidsOf(added),
          takeOver: wanted.takeOver,
          only: wanted.groups,
        },
      };
    });
    send(response, after, warningsOf(after));
  });

  router.delete('/clusters/:name/shares', async (request, response) => {
    const after = await change(request, async () => {
      // The catalog is not read, so that a group that has left the catalog can lose its share.
      const removed = parseRemoveShare(request.query);
      return {
        groups: current =>
          current.map(({ group }) => group).filter(group => group !== removed),
        names: {},
        identities: { only: [] },
      };
    });
    send(response, after, warningsOf(after));
  });

  function find(caller: Caller, groups: string[]) {
    return findCatalogGroups(catalog, groups, caller.credentials);
  }

  async function change(
    request: Request,
    plan: (caller: Caller) => Promise<SharesChange>,
  ): Promise<ShareRecord[]> {
    const { name } = request.params;
    return writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-share',
        severityLevel: 'medium',
        permission: berthClusterSharePermission,
        cluster: name,
      },
      async ({ caller, cluster }) => {
        const { groups, names, identities } = await plan(caller);
        let before: ShareRecord[] = [];
        const after = await shares.replace(
          cluster.id,
          current => {
            before = current;
            return groups(current);
          },
          names,
          identities,
        );
        changes.recorded(cluster.id);
        probes.request(cluster.id);
        const { takeOver = [] } = identities;
        return {
          result: after,
          meta: {
            added: groupsMissing(after, before),
            removed: groupsMissing(before, after),
            ...(takeOver.length > 0 && { takeOver }),
          },
        };
      },
    );
  }

  return router;
}

/** The requested change to the shares of a cluster. */
interface SharesChange {
  /** Computes the new set of groups from the current shares, which no one else can change meanwhile. */
  groups: (current: ShareRecord[]) => string[];
  /** Kubernetes names that an admin gave, by group ref. */
  names: Record<string, string>;
  identities: GroupIdentities;
}

function send(
  response: Response,
  shares: ShareRecord[],
  warnings: Pick<ShareList, 'warnings'> = {},
): void {
  const list: ShareList = {
    items: shares.map(presentShare),
    totalItems: shares.length,
    ...warnings,
    etag: sharesTag(shares),
  };
  sendEntityTag(response, list.etag);
  response.json(list);
}

/** Computes the tag of the groups that a cluster is shared with, without the progress on the cluster. */
function sharesTag(shares: ShareRecord[]): string {
  return entityTag(
    shares.map(({ group, kubernetesName }) => [group, kubernetesName]),
  );
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
