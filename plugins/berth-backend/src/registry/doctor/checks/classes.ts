import { isKubeError, KubeClient, KubeResource } from '../../../kube';
import { ClusterRecord } from '../../types';
import { RUNTIME_CLASSES, STORAGE_CLASSES } from '../resources';
import { skipped } from '../runChecks';
import { Check } from '../types';

export interface ClassesCheckOptions {
  /** Speaks as somebody who is in no group but the one of everybody's tokens. */
  asAnybody: (cluster: ClusterRecord) => KubeClient;
}

/** Whether people with access to the cluster can choose among its storage and runtime classes. */
export function classesCheck({ asAnybody }: ClassesCheckOptions): Check {
  return {
    id: 'classes',
    title: 'Storage and runtime classes',
    needs: ['token'],
    async run({ cluster, signal }) {
      if (cluster.connection !== 'oidc') {
        return skipped(
          "People come to this cluster with other credentials than the portal's",
        );
      }
      const client = asAnybody(cluster);
      try {
        const storage = await count(client, STORAGE_CLASSES, signal);
        const runtime = await count(client, RUNTIME_CLASSES, signal);
        return {
          status: 'Passed',
          message: `Everybody with access can read them: ${storage} and ${runtime}`,
        };
      } catch (error) {
        if (isKubeError(error, 'Forbidden')) {
          return {
            status: 'Failed',
            cause: 'Forbidden',
            message: `People with access cannot read them: ${error.message}`,
            hint: 'Apply the onboarding manifest again: the group cluster-scope is not bound to the ClusterRole berth:cluster-scope',
          };
        }
        throw error;
      }
    },
  };
}

/** In words, because a group of the API that a version does not have is a fact about it and no error. */
async function count(
  client: KubeClient,
  resource: KubeResource,
  signal: AbortSignal,
): Promise<string> {
  let found = 0;
  try {
    for await (const _ of client.list(resource, {}, { signal })) {
      found += 1;
    }
  } catch (error) {
    if (isKubeError(error, 'NotFound')) {
      return `no ${resource.plural} in this version`;
    }
    throw error;
  }
  return `${found} ${resource.plural}`;
}
