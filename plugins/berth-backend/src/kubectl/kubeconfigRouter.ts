import { InputError } from '@backstage/errors';
import {
  berthTokenCreatePermission,
  createExecKubeconfig,
  kubeconfigQuerySchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Caller } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import { withoutAudit } from '../access/readsEverything';
import { atField } from '../text/fieldProblems';
import { parseBody } from '../validation/parseBody';
import { KubectlClusters } from './KubectlClusters';

export interface KubeconfigRouterOptions {
  access: Pick<ClusterAccess, 'caller' | 'get'>;
  clusters: KubectlClusters;
  /** The address of the portal that people open. */
  app: string;
  /** The address below which `/api/berth` is. */
  portal: string;
}

/** Serves a kubeconfig without any secret, for kubectl-berth. */
export function createKubeconfigRouter({
  access,
  app,
  clusters,
  portal,
}: KubeconfigRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/kubeconfig', async (request, response) => {
    const { cluster, namespace, execVersion } = parseBody(
      kubeconfigQuerySchema,
      request.query,
    );
    const caller = withoutAudit(await access.caller(request));
    if (namespace !== undefined && cluster === undefined) {
      throw atField(
        new InputError(`namespace "${namespace}" needs the field cluster`),
        'namespace',
      );
    }
    const entries = await entriesOf(caller, cluster);
    response.type('application/yaml').send(
      createExecKubeconfig(
        entries.map(entry =>
          namespace === undefined ? entry : { ...entry, namespace },
        ),
        {
          portal,
          installPage: `${app}/berth/kubectl`,
          portalCaData: clusters.portalCaData,
          execVersion,
        },
      ),
    );
  });

  async function entriesOf(caller: Caller, name: string | undefined) {
    if (name !== undefined) {
      await access.get(caller, name, berthTokenCreatePermission);
    }
    const items = await clusters.list(caller);
    return name === undefined
      ? items
      : items.filter(entry => entry.name === name);
  }

  return router;
}
