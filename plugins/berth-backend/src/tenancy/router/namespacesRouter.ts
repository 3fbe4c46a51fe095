import {
  berthNamespaceCreatePermission,
  CountedPage,
  ManagedNamespace,
} from '@berth/plugin-berth-common';
import { ConflictError } from '@backstage/errors';
import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Caller } from '../../access/Callers';
import { writeCluster } from '../../access/auditedWrites';
import { assertCatalogOwner } from '../../catalog/catalogGroups';
import { assertCatalogSystem } from '../../catalog/catalogSystem';
import { assertAdmin, VisibleCluster } from '../../access/ClusterAccess';
import { pagingOf } from '../../validation/pageCursor';
import { sendEntityTag } from '../../validation/preconditions';
import { ClusterRecord } from '../../model/clusters';
import { NamespaceKey } from '../../model/tenancy';
import { atField } from '../../text/fieldProblems';
import { presentNamespace } from '../presentNamespace';
import { parseAvailabilityQuery, parseNamespaceQuery } from '../query';
import { checkQuota } from '../../validation/parseBounds';
import { parseCreateNamespace } from '../requests';
import { asCaller } from './asCaller';
import { deleteNamespace } from './deleteNamespace';
import { TenancyRouterOptions } from './options';
import { updateNamespace } from './updateNamespace';
import { resolveGrants } from './resolveGrants';

/** `/namespaces`, `/clusters/{name}/namespaces` and `/clusters/{name}/namespaces/{namespace}`. */
export function createNamespacesRouter(options: TenancyRouterOptions): Router {
  const { access, auditor, catalog, changes, names, namespaceAccess } = options;
  const { sizeClasses, tenancy } = options;
  const router = PromiseRouter();

  router.get('/namespaces', async (request, response) => {
    const caller = await access.caller(request);
    const { filter, page, present } = pagingOf(
      'namespaces',
      parseNamespaceQuery(request.query),
    );
    const found = await namespaceAccess.list(caller, filter, page);
    const answer: CountedPage<ManagedNamespace> = present(
      found,
      found.items.map(presentNamespace),
    );
    response.json(answer);
  });

  router.post('/clusters/:cluster/namespaces', async (request, response) => {
    const { cluster: clusterName } = request.params;
    const created = await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'namespace-create',
        severityLevel: 'medium',
        permission: berthNamespaceCreatePermission,
        cluster: clusterName,
      },
      async administered => {
        const { caller, cluster } = administered;
        const spec = parseCreateNamespace(request.body);
        const bounds =
          spec.quota && checkQuota(spec.quota, sizeClasses, 'quota.hard');
        if (spec.owner !== undefined) {
          await assertCatalogOwner(catalog, spec.owner, caller.credentials);
        }
        if (spec.system !== undefined) {
          await assertCatalogSystem(catalog, spec.system, caller.credentials);
        }
        const grants = await resolveGrants(
          catalog,
          spec.grants,
          caller.credentials,
        );
        const { owner, adopt: adopting } = spec;
        const name = names.nameFor({
          cluster,
          name: spec.name,
          adopt: adopting,
        });
        await names.assertFree({ cluster, name, owner, adopt: adopting });
        const by = caller.person.userRef;
        const key = { clusterId: cluster.id, name };
        await tenancy.transaction(async inside => {
          await inside.namespaces.create({
            ...key,
            owner: spec.owner,
            system: spec.system,
            purpose: spec.purpose,
            createdBy: by,
            // Saved with the entry, because the reconciler may process the entry at any time from then on.
            ...(spec.adopt && { origin: 'adopted' as const }),
          });
          await inside.grants.replace(key, grants, by);
          if (bounds) {
            await inside.quotas.set(key, bounds);
          }
        });
        const adopted = spec.adopt
          ? await adopt(caller, administered, name)
          : undefined;
        if (spec.adopt && adopted === undefined) {
          await createInstead(key, cluster);
        }
        changes.changed(cluster.id);
        const visible = await namespaceAccess.get(caller, clusterName, name);
        return {
          result: presentNamespace(visible),
          meta: {
            namespace: name,
            owner: spec.owner ?? null,
            system: spec.system ?? null,
            adopted: adopted ?? null,
            grants: grants.map(({ group, role }) => `${group} ${role}`),
          },
        };
      },
    );
    response.status(201).json(created);
  });

  router.get(
    '/clusters/:cluster/namespaces/:namespace',
    async (request, response) => {
      const { cluster, namespace } = request.params;
      const caller = await access.caller(request);
      const visible = await namespaceAccess.get(caller, cluster, namespace);
      send(response, presentNamespace(visible));
    },
  );

  router.get(
    '/clusters/:cluster/namespaces/:namespace/availability',
    async (request, response) => {
      const { cluster: clusterName, namespace: name } = request.params;
      const caller = await access.caller(request);
      const { cluster } = await access.get(caller, clusterName);
      const query = parseAvailabilityQuery(request.query);
      if (query.adopt) {
        // Only admins take namespaces over, and the answer is about namespaces that Berth does not show.
        assertAdmin(caller.person);
      }
      response
        .set('Cache-Control', 'no-store')
        .json(await names.checkAvailability({ cluster, name, ...query }));
    },
  );

  router.patch(
    '/clusters/:cluster/namespaces/:namespace',
    async (request, response) => {
      const visible = await updateNamespace(request, options);
      send(response, presentNamespace(visible));
    },
  );

  router.delete(
    '/clusters/:cluster/namespaces/:namespace',
    async (request, response) => {
      await deleteNamespace(request, options);
      response.status(202).end();
    },
  );

  function send(response: Response, namespace: ManagedNamespace) {
    sendEntityTag(response, namespace.etag);
    response.json(namespace);
  }

  /** The cluster has no namespace to take over, so the reconciler creates one, whose name needs the prefix. */
  async function createInstead(key: NamespaceKey, cluster: ClusterRecord) {
    const { name } = key;
    const prefixed = names.nameFor({ cluster, name });
    if (prefixed !== name) {
      await tenancy.namespaces.remove(key);
      throw atField(
        new ConflictError(
          `name "${name}" is refused: ${cluster.name} has no namespace of this name to take over, and a new one is called "${prefixed}", with the namespace prefix of the cluster`,
        ),
        'name',
      );
    }
    await tenancy.namespaces.markCreated(key);
  }

  /** If the namespace cannot be adopted, its entry is removed again. */
  async function adopt(caller: Caller, visible: VisibleCluster, name: string) {
    const { cluster } = visible;
    try {
      return await asCaller(caller, visible, options, client =>
        options.adopt(client, cluster, name),
      );
    } catch (error) {
      await tenancy.namespaces.remove({ clusterId: cluster.id, name });
      throw error;
    }
  }

  return router;
}
