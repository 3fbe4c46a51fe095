import { AuditorService } from '@backstage/backend-plugin-api';
import {
  berthClusterSharePermission,
  confirmIdentityRequestSchema,
  confirmPlanRequestSchema,
  confirmPodSecurityRequestSchema,
  PlannedObject,
  removeLeftoversRequestSchema,
  takeOverRequestSchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ClusterAccess } from '../../access/ClusterAccess';
import { writeCluster } from '../../access/auditedWrites';
import { ClusterChanges } from '../../model/clusters';
import { parseBody } from '../../validation/parseBody';
import { PlanActions } from './PlanActions';
import { PlanPreviewer } from './PlanPreviewer';

export interface PlanRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  changes: ClusterChanges;
  plans: PlanPreviewer;
  actions: PlanActions;
}

/** `/clusters/{name}/plan`. */
export function createPlanRouter({
  access,
  auditor,
  changes,
  plans,
  actions,
}: PlanRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/clusters/:name/plan', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.inspect(caller, request.params.name);
    response.json(await plans.preview(cluster));
  });

  router.post('/clusters/:name/plan/confirm', async (request, response) => {
    const { name } = request.params;
    await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-plan-confirm',
        severityLevel: 'high',
        permission: berthClusterSharePermission,
        cluster: name,
      },
      async ({ cluster }) => {
        const { held } = parseBody(confirmPlanRequestSchema, request.body);
        await actions.confirm(cluster, held);
        changes.changed(cluster.id);
        return { result: undefined, meta: { held } };
      },
    );
    response.status(204).end();
  });

  router.post(
    '/clusters/:name/plan/pod-security',
    async (request, response) => {
      const { name } = request.params;
      await writeCluster(
        { access, auditor },
        {
          request,
          eventId: 'cluster-pod-security-confirm',
          severityLevel: 'high',
          permission: berthClusterSharePermission,
          cluster: name,
        },
        async ({ caller, cluster }) => {
          const wanted = parseBody(
            confirmPodSecurityRequestSchema,
            request.body,
          );
          const by = caller.person.userRef;
          await actions.confirmPodSecurity(cluster, wanted, by);
          changes.changed(cluster.id);
          return { result: undefined, meta: wanted };
        },
      );
      response.status(204).end();
    },
  );

  router.post('/clusters/:name/plan/identity', async (request, response) => {
    const { name } = request.params;
    await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-identity-confirm',
        severityLevel: 'high',
        permission: berthClusterSharePermission,
        cluster: name,
      },
      async ({ caller, cluster }) => {
        const wanted = parseBody(confirmIdentityRequestSchema, request.body);
        const by = caller.person.userRef;
        const clusterIds = await actions.confirmIdentity(cluster, wanted, by);
        clusterIds.forEach(id => changes.changed(id));
        return { result: undefined, meta: wanted };
      },
    );
    response.status(204).end();
  });

  router.post(
    '/clusters/:name/plan/leftovers/remove',
    async (request, response) => {
      const { name } = request.params;
      await writeCluster(
        { access, auditor },
        {
          request,
          eventId: 'cluster-leftovers-remove',
          severityLevel: 'high',
          permission: berthClusterSharePermission,
          cluster: name,
        },
        async ({ cluster }) => {
          const { uids } = parseBody(
            removeLeftoversRequestSchema,
            request.body,
          );
          const removed = await actions.removeLeftovers(cluster, uids);
          changes.changed(cluster.id);
          return {
            result: undefined,
            meta: { removed: removed.map(objectText) },
          };
        },
      );
      response.status(204).end();
    },
  );

  router.post('/clusters/:name/plan/take-over', async (request, response) => {
    const { name } = request.params;
    const taken = await writeCluster(
      { access, auditor },
      {
        request,
        eventId: 'cluster-take-over',
        severityLevel: 'high',
        permission: berthClusterSharePermission,
        cluster: name,
      },
      async ({ cluster }) => {
        const { formerId } = parseBody(takeOverRequestSchema, request.body);
        const result = await actions.takeOver(cluster, formerId);
        changes.changed(cluster.id);
        return {
          result,
          meta: {
            formerId,
            namespaces: result.namespaces,
            removed: result.removed.map(objectText),
          },
        };
      },
    );
    response.json(taken);
  });

  return router;
}

function objectText({ kind, namespace, name }: PlannedObject): string {
  return [kind, namespace, name].filter(Boolean).join('/');
}
